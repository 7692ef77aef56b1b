"""Inputs that are made only if the node asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
Value = TypeVar("Value")


class InputNeeded(BaseException):  # no `except Exception` of a node may swallow it
    """A node asked for a lazy input that isn't there yet: the engine makes it and calls the node again."""


class Lazy(Generic[T_co]):
    """An input that is made only if the node asks for it: `mask: Lazy[Mask]`, `mask.get()`.

    The first `get` of an input that isn't there yet ends the call; once the input is there, the node is
    called again from its beginning. So ask first, then work. A node may also return a `Lazy` in place of the
    value: the value is passed on, and made only if somebody reads it.
    """

    def __init__(self, get: Callable[[], T_co]) -> None:
        self._get = get

    @staticmethod
    def of(value: Value) -> Lazy[Value]:
        """One whose value is there already."""
        return Lazy(lambda: value)

    def get(self) -> T_co:
        """The value."""
        return self._get()
