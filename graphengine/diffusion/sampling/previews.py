"""Look at the work under way, seldom enough not to slow it down."""

import time
from collections.abc import Callable

from graphengine.diffusion.sampling.samplers import Step

INTERVAL = 0.1
"""Seconds between two previews, at least."""
SHARE = 0.02
"""Of the time, how much previews may take."""


class PacedPreviews:
    """Shows the first step and some later ones: after each it waits 0.1 s, and 49 times as long as it took.

    show: makes the picture of a step and hands it out. clock: seconds, from any start.
    """

    def __init__(self, show: Callable[[Step], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._show = show
        self._clock = clock
        self._next = clock()

    def __call__(self, step: Step) -> None:
        """Show this step, or let it pass."""
        start = self._clock()
        if start < self._next:
            return
        self._show(step)
        end = self._clock()
        self._next = max(start + INTERVAL, end + (end - start) * (1 / SHARE - 1))
