"""Running a graph: plan, keys, cache, events, result."""

from graphengine.execution.cache import Cache, DiskCache, MemoryCache, TieredCache
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.engine import Engine
from graphengine.execution.limits import Limits
from graphengine.execution.plan import Plan, plan
from graphengine.execution.result import RunResult

__all__ = [
    "Cache",
    "CancelToken",
    "DiskCache",
    "Engine",
    "Limits",
    "MemoryCache",
    "Plan",
    "RunResult",
    "TieredCache",
    "plan",
]
