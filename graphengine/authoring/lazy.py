"""Inputs that are made only if the node asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


class InputNeeded(BaseException):  # noqa: N818 - a request, not an error; no `except Exception` may swallow it
    """A node asked for a lazy input that isn't there yet: the engine makes it and calls the node again."""


class Lazy(Generic[T_co]):
    """An input that is made only if the node asks for it: `mask: Lazy[Mask]`, `mask.get()`.

    The first `get` of an input that isn't there yet ends the call; once the input is there, the node is called
    again from its beginning. So ask first, then work. A node may also return a `Lazy` in place of the value:
    the value is passed on, and made only if somebody reads it.
    """

    def __init__(self, get: Callable[[], T_co]) -> None:
        self._get = get

    @classmethod
    def of(cls, value: T_co) -> Lazy[T_co]:
        """One whose value is there already, to call a node in a test."""
        return cls(lambda: value)

    def get(self) -> T_co:
        """The value."""
        return self._get()
