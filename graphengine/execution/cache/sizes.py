"""How many bytes a value keeps alive, as well as can be told without knowing its type."""

from __future__ import annotations

import sys
from dataclasses import fields, is_dataclass
from typing import Any

_SCALARS = (int, float, bool, complex, type(None))


def size_of(value: Any) -> int:
    """The bytes of the tensors, arrays, text and containers in a value; each object counts once.

    An object of any other type counts as small: what models weigh is the memory manager's business.
    """
    if isinstance(value, _SCALARS):
        return 32
    total = 0
    seen: set[int] = set()
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, _SCALARS):
            total += 32
            continue
        if id(item) in seen:
            continue
        seen.add(id(item))
        if isinstance(item, str | bytes | bytearray):
            total += sys.getsizeof(item)
        elif (tensor_bytes := _tensor_bytes(item)) is not None:
            total += tensor_bytes
        elif isinstance(item, dict):
            total += sys.getsizeof(item)
            stack.extend(item.keys())
            stack.extend(item.values())
        elif isinstance(item, tuple | list | set | frozenset):
            total += sys.getsizeof(item)
            stack.extend(item)
        elif is_dataclass(item) and not isinstance(item, type):
            total += 64
            stack.extend(getattr(item, field.name, None) for field in fields(item))
        else:
            total += 64
    return total


def _tensor_bytes(item: Any) -> int | None:
    size = getattr(item, "nbytes", None)
    return 128 + size if isinstance(size, int) else None
