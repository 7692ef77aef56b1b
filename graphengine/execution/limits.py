"""How long a run may take, and a node of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Seconds; None is without limit. A node beyond its time stops where it next looks at its `Context`."""

    run_seconds: float | None = None
    node_seconds: float | None = None

    def __post_init__(self) -> None:
        """Check the range."""
        for name, value in (("run", self.run_seconds), ("node", self.node_seconds)):
            if value is not None and not value > 0:
                raise ValueError(f"expected a time limit per {name} > 0 seconds, got {value}")
