"""The nodes there are, as the worker tells: the server imports no node's module."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.errors import GraphEngineError
from graphengine.home import Home
from graphengine.server.errors import NotFound, Unavailable

PATIENCE = 60.0
"""Seconds to wait for a worker that starts; the first one on a machine imports all nodes."""
REFRESH_PATIENCE = 1.0
logger = logging.getLogger(__name__)
Offers = Mapping[str, tuple[list[str], str | None]]


class ToldCatalogue(Catalogue):
    """A catalogue whose schemas and choices were told; the code behind them is elsewhere."""

    offers: Offers

    def __init__(self, schemas: list[NodeSchema], offers: Offers) -> None:
        super().__init__(schemas)
        self.offers = offers

    def options(self, schema: InputSchema, home: Home) -> tuple[list[str], str | None]:
        """What a `Choice` input may be, as far as it was told."""
        return self.offers.get(schema.choices or "", ([], None))


@dataclass(frozen=True)
class PluginPages:
    """What browsers may load of a plugin: the files in its folder; `widgets` are the inputs that it draws."""

    name: str
    folder: Path
    widgets: tuple[str, ...]


class Nodes:
    """The catalogue of the worker, with what its drop-downs offer now.

    remembered_in: a file with what the last worker told, which counts until there is another.
    ask: asks the worker what drop-downs offer; may raise `Unavailable`.
    found: by what the plugins were known when their nodes were read.
    """

    def __init__(self, remembered_in: Path, ask: Callable[[], Awaitable[Mapping[str, Any]]]) -> None:
        self._remembered_in = remembered_in
        self._ask = ask
        self._known = asyncio.Event()
        self._catalogue = ToldCatalogue([], {})
        self._problems: list[str] = []
        self._plugins: dict[str, PluginPages] = {}
        self.found: list[Mapping[str, Any]] = []
        self._described: tuple[list[dict[str, Any]], str] | None = None

    @property
    def ready(self) -> bool:
        """Whether the worker has told of its nodes yet."""
        return self._known.is_set()

    @property
    def version(self) -> str | None:
        """What `digest` gives; None before anything is known."""
        return self._description()[1] if self.ready else None

    def recall(self) -> None:
        """Begin with what was told before, so that runs are accepted while the worker starts."""
        try:
            self._take_in(json.loads(self._remembered_in.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError) as error:  # none, or of another version
            logger.debug("%s is no use: %s", self._remembered_in, error)

    def learn(self, told: Mapping[str, Any]) -> None:
        """Take in what a worker tells when it has started."""
        self._take_in(told)
        beside = self._remembered_in.with_name(f".{self._remembered_in.name}.part")
        try:
            self._remembered_in.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(told), encoding="ascii")
            os.replace(beside, self._remembered_in)
        except OSError as error:  # a full disk: the next start takes longer
            logger.debug("%s isn't written: %s", self._remembered_in, error)

    def _take_in(self, told: Mapping[str, Any]) -> None:
        schemas = [NodeSchema.from_dict(each) for each in told["schemas"]]
        self._catalogue = ToldCatalogue(schemas, _offers(told["choices"]))
        self._problems = list(told["problems"])
        self.found = list(told["found"])
        self._plugins = {
            each["name"]: PluginPages(each["name"], Path(each["folder"]), tuple(each["widgets"]))
            for each in reversed(told["plugins"])  # of two with one name, the first keeps it
        }
        self._described = None
        self._known.set()

    async def catalogue(self) -> Catalogue:
        """The schemas, for checking documents; waits for a worker that starts, or raises `Unavailable`."""
        if not self._known.is_set():
            try:
                await asyncio.wait_for(self._known.wait(), PATIENCE)
            except TimeoutError:
                raise Unavailable("the nodes aren't known yet, since no worker has started") from None
        return self._catalogue

    async def refresh(self) -> None:
        """Ask the worker what drop-downs offer now; keeps what is known if it can't be asked."""
        try:
            told = await asyncio.wait_for(self._ask(), REFRESH_PATIENCE)
        except (GraphEngineError, TimeoutError):
            return
        offers = _offers(told)
        if offers != self._catalogue.offers:
            self._catalogue.offers = offers
            self._described = None

    async def described(self) -> list[dict[str, Any]]:
        """All schemas as JSON, with `options` and `hint` of choices; changes only with `digest`."""
        await self.catalogue()
        return self._description()[0]

    async def digest(self) -> str:
        """A hash of what `described`, `plugins` and `problems` give, for an ETag."""
        await self.catalogue()
        return self._description()[1]

    async def problems(self) -> list[str]:
        """Why which plugin brings no nodes, a line each."""
        await self.catalogue()
        return self._problems

    async def plugins(self) -> list[PluginPages]:
        """The plugins that draw widgets of their own."""
        await self.catalogue()
        return list(self._plugins.values())

    async def plugin(self, name: str) -> PluginPages:
        """One of them; raises `NotFound`."""
        await self.catalogue()
        if name not in self._plugins:
            raise NotFound("plugin with widgets", name)
        return self._plugins[name]

    def _description(self) -> tuple[list[dict[str, Any]], str]:
        if self._described is None:
            schemas = [self._describe(schema) for schema in self._catalogue]
            plugins = [(each.name, each.widgets) for each in self._plugins.values()]
            digest = hashlib.sha256(
                json.dumps([schemas, plugins, self._problems], sort_keys=True).encode()
            ).hexdigest()
            self._described = schemas, digest
        return self._described

    def _describe(self, schema: NodeSchema) -> dict[str, Any]:
        found = schema.to_dict()
        for input, described in zip(schema.inputs, found["inputs"], strict=True):
            if input.choices is not None:
                described["options"], described["hint"] = self._catalogue.offers.get(
                    input.choices, ([], None)
                )
        return found


def _offers(told: Mapping[str, Any]) -> dict[str, tuple[list[str], str | None]]:
    return {provider: (list(offer["options"]), offer["hint"]) for provider, offer in told.items()}
