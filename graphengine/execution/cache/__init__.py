"""Results that are kept between runs."""

from graphengine.execution.cache.disk import Codec, DiskCache
from graphengine.execution.cache.entry import Entry, Origin
from graphengine.execution.cache.frozen import Seal, freeze, hand_out, needs_seal
from graphengine.execution.cache.memory import MemoryCache
from graphengine.execution.cache.policies import PolicyName
from graphengine.execution.cache.protocol import Cache
from graphengine.execution.cache.tiers import TieredCache

__all__ = [
    "Cache",
    "Codec",
    "DiskCache",
    "Entry",
    "MemoryCache",
    "Origin",
    "PolicyName",
    "Seal",
    "TieredCache",
    "freeze",
    "hand_out",
    "needs_seal",
]
