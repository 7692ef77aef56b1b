"""Where results are kept: in memory, and on disk if asked for."""

from pathlib import Path
from typing import get_args

from graphengine.errors import GraphEngineError
from graphengine.execution import Cache, DiskCache, MemoryCache, TieredCache
from graphengine.execution.cache import PolicyName
from graphengine.execution.cache.memory import DEFAULT_BUDGET
from graphengine.nearest import did_you_mean
from graphengine.provenance import versions_in_use

RESULTS = "results"
"""In the cache folder: the disk tier."""
POLICIES: tuple[str, ...] = get_args(PolicyName)


def make_cache(policy: str, budget: int | None, disk_budget: int | None, folder: Path) -> Cache:
    """A cache in memory of that policy, before one on disk where that has a budget.

    budget: bytes in memory; None for as many as usual.
    """
    if policy not in POLICIES:
        listed = ", ".join(f"'{name}'" for name in POLICIES)
        hint = did_you_mean(policy, POLICIES)
        raise GraphEngineError(
            f"cache: expected one of {listed}, got '{policy}'" + (f"; {hint}" if hint else ""),
            kind="cache",
            expected=f"one of {listed}",
            got=f"'{policy}'",
            hint=hint,
        )
    memory = MemoryCache(DEFAULT_BUDGET if budget is None else budget, policy)  # type: ignore[arg-type]
    if not disk_budget:
        return memory
    from graphengine.storage import SafetensorsCodec

    return TieredCache(memory, DiskCache(folder / RESULTS, disk_budget, SafetensorsCodec(), _stamp()))


def clear_memory(cache: Cache) -> None:
    """Forget what is in memory; what is on disk stays."""
    memory, _ = _tiers(cache)
    if memory is not None:
        memory.clear()


def taken(cache: Cache) -> dict[str, int | None]:
    """Bytes that results take in memory and on disk, and may take; None where there is no such cache."""
    memory, disk = _tiers(cache)
    used, budget = (memory.used_bytes, memory.budget_bytes) if memory is not None else (None, None)
    on_disk, disk_budget = (disk.used_bytes, disk.budget_bytes) if disk is not None else (None, None)
    return {
        "results": used,
        "results_budget": budget,
        "disk_results": on_disk,
        "disk_results_budget": disk_budget,
    }


def _tiers(cache: Cache) -> tuple[MemoryCache | None, DiskCache | None]:
    if isinstance(cache, TieredCache):
        return cache.memory, cache.disk
    return (cache if isinstance(cache, MemoryCache) else None), None


def _stamp() -> str:
    """What results depend on beside their keys."""
    return " ".join(f"{package} {version}" for package, version in sorted(versions_in_use().items()))
