"""Annotations that say more about an input than its type: a slider's range, a seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

MAX_SEED = 2**64 - 1


def Slider(lo: float, hi: float, step: float | None = None, description: str | None = None) -> Any:  # noqa: N802
    """A range from `lo` to `hi`, both included, shown as a slider: `Annotated[float, Slider(0, 1)]`."""
    extra: dict[str, Any] = {"widget": "slider"}
    if step is not None:
        extra["step"] = step
    return Field(ge=lo, le=hi, description=description, json_schema_extra=extra)


@dataclass(frozen=True)
class SeedMark:
    """Marks an integer as a seed, so that editors offer to draw a new one."""


Seed = Annotated[int, Field(ge=0, le=MAX_SEED), SeedMark()]
"""The seed of a random stream: an integer from 0 to 2**64 - 1."""
