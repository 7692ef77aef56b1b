"""The one way that a run's events take to whoever listens."""

from __future__ import annotations

import logging

from graphengine.events import Event, Listener

logger = logging.getLogger(__name__)


class EventStream:
    """Passes events to the listener; one that raises is told nothing more, and the run goes on unharmed."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener
        self.error: Exception | None = None

    def emit(self, event: Event) -> None:
        """Tell the listener."""
        if self._listener is None:
            return
        try:
            self._listener(event)
        except Exception as error:
            logger.debug("the listener failed at %r", event.event, exc_info=True)
            self.error = error
            self._listener = None
