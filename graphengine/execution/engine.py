"""The engine: a graph in, events on the way, a result out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Listener
from graphengine.execution.cache import MemoryCache
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.plan import Plan, plan
from graphengine.execution.result import RunResult
from graphengine.execution.run import Run
from graphengine.graph import Graph

if TYPE_CHECKING:
    from graphengine.home import Home


class Engine:
    """Runs graphs one after another, and keeps their results between runs in its cache.

    services: what nodes may ask for by type through `Context.service`.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: Home,
        cache: MemoryCache | None = None,
        services: Mapping[type, Any] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.home = home
        self.cache = cache if cache is not None else MemoryCache()
        self.services: Mapping[type, Any] = services if services is not None else {}
        self._functions: dict[str, tuple[Callable[..., Any], str | None]] = {}

    def run(
        self,
        what: Graph | Plan,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
        services: Mapping[type, Any] | None = None,
    ) -> RunResult:
        """Run a plan, or a graph's outputs; never raises for what a workflow or node does wrong: see `error`.

        services: for this run alone, in place of the engine's own.
        """
        chosen = what if isinstance(what, Plan) else plan(what)
        services = self.services if services is None else services
        return Run(self, chosen, listener, cancel or CancelToken(), services).go()

    def function(self, type: str) -> tuple[Callable[..., Any], str | None]:
        """What to call for a node type, and its `Context` parameter's name; imported at the first use."""
        known = self._functions.get(type)
        if known is None:
            definition = self.catalogue.definition(type)
            known = self._functions[type] = (definition.bind(), definition.context)
        return known
