"""A value that says: what follows from here does not run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blocked:
    """Returned in place of a value: the nodes that read this output don't run, and the others do.

    reason: told with each node that doesn't run because of it.
    """

    reason: str
