"""Running a graph: plan, keys, cache, events, result."""

from graphengine.execution.cache import MemoryCache
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.engine import Engine
from graphengine.execution.plan import Plan, plan
from graphengine.execution.result import RunResult

__all__ = ["CancelToken", "Engine", "MemoryCache", "Plan", "RunResult", "plan"]
