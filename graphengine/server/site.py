"""What the handlers of all routes work with."""

from __future__ import annotations

from dataclasses import dataclass

from graphengine.server.core.core import Core
from graphengine.server.files.thumbnails import Thumbnails
from graphengine.server.files.uploads import Uploads
from graphengine.server.listeners import Listeners
from graphengine.server.metrics import Metrics
from graphengine.server.security.hosts import Names
from graphengine.server.security.rate import Buckets
from graphengine.server.security.tokens import Doorkeeper
from graphengine.server.settings import ServerSettings

WRONG_TOKENS = 20
"""That a client may try at once; then one every ten seconds."""


@dataclass(frozen=True)
class Site:
    """The core, how the server is set up, and who may come in."""

    core: Core
    settings: ServerSettings
    names: Names
    doorkeeper: Doorkeeper
    rates: Buckets
    metrics: Metrics
    listeners: Listeners
    uploads: Uploads
    thumbnails: Thumbnails

    @classmethod
    def of(cls, core: Core, settings: ServerSettings) -> Site:
        """For a core, with the guards that the settings ask for."""
        token = settings.token.get_secret_value() if settings.token else None
        rate = settings.requests_per_second
        metrics = Metrics()
        return cls(
            core,
            settings,
            Names(settings.host, settings.allowed_hosts, settings.allowed_origins),
            Doorkeeper(token, Buckets(0.1, WRONG_TOKENS)),
            Buckets(rate, 2 * rate),
            metrics,
            Listeners(settings.max_listeners, metrics.listeners),
            Uploads(core.home.input, settings.max_pixels),
            Thumbnails(core.thumbnails, settings.max_pixels),
        )
