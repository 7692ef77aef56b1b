"""A line in the log and a count in the metrics for every run that ends."""

from __future__ import annotations

import json
import logging

from graphengine.server.models import ENDED
from graphengine.server.site import Site

logger = logging.getLogger(__name__)
STATE = '"event":"state"'


async def keep_journal(site: Site) -> None:
    """Follow the events until cancelled."""
    async with site.core.events.subscribe() as following:
        while True:
            for event in (await following.next()).events:
                if STATE in event.json:
                    note(site, json.loads(event.json))


def note(site: Site, event: dict[str, str]) -> None:
    """Note a run's new state."""
    state = event["state"]
    ended = state in ENDED
    if ended:
        site.metrics.runs.labels(state).inc()
    level = logging.INFO if ended else logging.DEBUG
    logger.log(level, "a run is %s", state, extra={"run": event["run"], "state": state})
