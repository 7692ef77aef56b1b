"""Annotations that say more about an input than its type: a range, a seed, how editors show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

MAX_SEED = 2**64 - 1

WIDGET = "widget"
"""The keyword of a literal's JSON Schema that names its widget."""
WidgetName = Literal["colour", "curve", "mask", "multiline", "picture"]
"""What every editor draws: `#rrggbb`, falling or rising numbers, an uploaded mask, long text, a picture."""


def Widget(name: WidgetName, description: str | None = None) -> Any:  # noqa: N802
    """How editors show an input: `Annotated[str, Widget("multiline")]`."""
    return Field(description=description, json_schema_extra={WIDGET: name})


def OwnWidget(name: str, description: str | None = None) -> Any:  # noqa: N802
    """An input that the plugin draws itself: by `web/<name>.js` in its folder, see docs/widgets.md."""
    return Field(description=description, json_schema_extra={WIDGET: name})


def Slider(lo: float, hi: float, step: float | None = None, description: str | None = None) -> Any:  # noqa: N802
    """A range from `lo` to `hi`, both included, shown as a slider: `Annotated[float, Slider(0, 1)]`."""
    extra: dict[str, Any] = {WIDGET: "slider"}
    if step is not None:
        extra["step"] = step
    return Field(ge=lo, le=hi, description=description, json_schema_extra=extra)


@dataclass(frozen=True)
class SeedMark:
    """Marks an integer as a seed, so that editors offer to draw a new one."""


Seed = Annotated[int, Field(ge=0, le=MAX_SEED), SeedMark()]
"""The seed of a random stream: an integer from 0 to 2**64 - 1."""

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$"), Widget("colour")]
"""A colour as the web writes it: `#rrggbb`."""
