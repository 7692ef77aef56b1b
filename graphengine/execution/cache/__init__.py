"""Results that are kept between runs."""

from graphengine.execution.cache.entry import Entry, Origin
from graphengine.execution.cache.memory import MemoryCache

__all__ = ["Entry", "MemoryCache", "Origin"]
