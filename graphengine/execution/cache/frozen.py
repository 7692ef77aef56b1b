"""Catching nodes that write into their inputs, which are results that others read too.

Nothing here imports torch or numpy: tensors and arrays are known by what they can do.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

_SCALARS = (str, int, float, bool, bytes, type(None))
_CONTAINERS = (list, tuple, dict, set, frozenset)


def needs_seal(value: Any) -> bool:
    """Whether a node could write into the value, as far as its type tells."""
    return not isinstance(value, _SCALARS)


def freeze(values: Iterable[Any]) -> None:
    """Make the arrays in a result read-only, so that writing into them raises."""
    for value in values:
        if needs_seal(value):
            for leaf in _leaves(value):
                if hasattr(leaf, "setflags") and getattr(leaf, "base", None) is None:
                    leaf.setflags(write=False)


def hand_out(value: Any) -> Any:
    """The value as a node gets it: lists and objects of JSON copied, everything else as it is."""
    if not isinstance(value, list | dict):
        return value
    if all(isinstance(leaf, _SCALARS) for leaf in _leaves(value)):
        return copy.deepcopy(value)
    return copy.copy(value)


class Seal:
    """What a value was like before a node got it.

    Cheaply: the versions of its tensors, which torch counts up at each write in place. By hash: the contents.
    """

    __slots__ = ("_hash", "_leaves", "_versions")

    def __init__(self, leaves: list[Any], versions: list[int | None], hashed: bytes | None) -> None:
        self._leaves = leaves
        self._versions = versions
        self._hash = hashed

    @classmethod
    def of(cls, value: Any, *, by_hash: bool = False) -> Seal:
        """The seal of a value."""
        leaves = [leaf for leaf in _leaves(value) if not isinstance(leaf, _SCALARS)]
        hashed = _hash_of(leaves) if by_hash else None
        return cls(leaves, [_version(leaf) for leaf in leaves], hashed)

    def intact(self) -> bool:
        """Whether the value is as it was."""
        if any(_version(leaf) != version for leaf, version in zip(self._leaves, self._versions, strict=True)):
            return False
        return self._hash is None or _hash_of(self._leaves) == self._hash


def _version(leaf: Any) -> int | None:
    """How often a tensor was written into; None for what doesn't count, such as tensors of inference mode,
    which torch lets nobody write into outside of it."""
    try:
        version = leaf._version
    except (AttributeError, RuntimeError):
        return None
    return version if isinstance(version, int) else None


def _leaves(value: Any) -> Iterator[Any]:
    """The values within containers and dataclasses; each object once."""
    seen: set[int] = set()
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, _SCALARS):
            yield item
            continue
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, _CONTAINERS):
            stack.extend(item)
        elif is_dataclass(item) and not isinstance(item, type):
            stack.extend(getattr(item, field.name, None) for field in fields(item))
        else:
            yield item


def _hash_of(leaves: Iterable[Any]) -> bytes:
    digest = blake2b(digest_size=16)
    for leaf in leaves:
        contents = _bytes_of(leaf)
        if contents is not None:
            digest.update(contents)
    return digest.digest()


def _bytes_of(leaf: Any) -> Any:
    """The contents of a tensor or array; None for anything else."""
    if hasattr(leaf, "detach") and hasattr(leaf, "untyped_storage"):
        torch: Any = sys.modules["torch"]
        flat = leaf.detach().to("cpu").contiguous().reshape(-1)
        return flat.view(torch.uint8).numpy().tobytes()
    if hasattr(leaf, "tobytes"):
        return leaf.tobytes()
    return None
