"""What a run came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.errors import GraphEngineError
from graphengine.events import State
from graphengine.execution.plan import Plan


@dataclass(frozen=True, eq=False)
class RunResult:
    """The end of a run; `values` holds the outputs of the wanted nodes, by node and output name.

    executed, cached, skipped: numbers of nodes, those of expansions included.
    listener_error: what the listener raised; it got no more events after that.
    plan, keys: what was run, and the keys of its nodes as far as they came to be known.
    seconds_of: what each node that ran took, by name.
    fingerprints: what the hooks said. failed_at: the node that raised the error.
    """

    state: State
    executed: int
    cached: int
    seconds: float
    artifacts: tuple[Artifact, ...] = ()
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    error: GraphEngineError | None = None
    listener_error: Exception | None = None
    skipped: int = 0
    plan: Plan | None = None
    keys: Mapping[str, bytes] = field(default_factory=dict)
    seconds_of: Mapping[str, float] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    failed_at: str | None = None
