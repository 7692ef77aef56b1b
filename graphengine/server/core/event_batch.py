"""Events as they are handed to those who follow them: serialised once, however many they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event that is in the store; `json` is its whole JSON text, with its number in it."""

    sequence: int
    run: str | None
    json: str


@dataclass(frozen=True, slots=True)
class PreviewEvent:
    """A picture of work under way, as the bytes of a PNG file; it is never stored and has no number."""

    run: str
    node: str
    image: bytes


class EventBatch:
    """Events in order, then the newest previews; subscribers without a filter all get the same object."""

    def __init__(self, events: tuple[StoredEvent, ...], previews: tuple[PreviewEvent, ...] = ()) -> None:
        self.events = events
        self.previews = previews
        self._encoded: dict[object, bytes] = {}
        self._stored: EventBatch | None = None if previews else self

    @property
    def stored(self) -> EventBatch:
        """The same without the previews."""
        if self._stored is None:
            self._stored = EventBatch(self.events)
        return self._stored

    def encoded(self, encode: Callable[[EventBatch], bytes]) -> bytes:
        """What `encode` makes of this batch; made once for all subscribers that use the same function."""
        found = self._encoded.get(encode)
        if found is None:
            found = self._encoded[encode] = encode(self)
        return found
