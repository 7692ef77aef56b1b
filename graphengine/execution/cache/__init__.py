"""Results that are kept between runs."""

from graphengine.execution.cache.entry import Entry, Origin
from graphengine.execution.cache.memory import MemoryCache
from graphengine.execution.cache.protocol import Cache

__all__ = ["Cache", "Entry", "MemoryCache", "Origin"]
