"""What the server's core can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CoreSettings:
    """Limits and budgets; times in seconds, sizes in bytes.

    max_queued: runs that may wait. max_nodes: nodes that a document may have, with those in its subgraphs.
    keep_runs: the last runs that are kept with all that they told, see `run_retention`.
    memory_budget: of model weights; None for as much as the device has to spare. cache, cache_budget: which
    results stay in memory, and what they may take; None for as much as usual. disk_cache: of results on disk.
    preload: whether the worker imports the nodes' modules, and so torch, before the first run needs them.
    cancel_grace: how long a cancelled run may take to end before its worker is killed.
    stop_grace: how long a run may take to finish when the server is stopped, before it is put back.
    """

    max_queued: int = 10_000
    keep_runs: int = 10_000
    max_nodes: int = 10_000
    memory_budget: int | None = None
    cache: str = "cost"
    cache_budget: int | None = None
    disk_cache: int = 4 * 10**9
    preload: bool = True
    cancel_grace: float = 5.0
    stop_grace: float = 10.0
