"""The engine: a graph in, events on the way, a result out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Listener
from graphengine.execution.cache import Cache, MemoryCache
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.lanes import Lanes
from graphengine.execution.limits import Limits
from graphengine.execution.plan import Plan, plan
from graphengine.execution.prepared import Prepared
from graphengine.execution.result import RunResult
from graphengine.execution.run import Run
from graphengine.execution.timings import Timings
from graphengine.graph import Graph

if TYPE_CHECKING:
    from graphengine.home import Home


MOST_NODES = 1_000_000


class Engine:
    """Runs graphs, and keeps their results between runs in its cache.

    services: what nodes may ask for by type through `Context.service`.
    most_nodes: how many a run may have, with those that its nodes expand into.
    verify: find out by hashes whether a node wrote into an input; slow, to look for such nodes. Without it
    only what is cheap is done: arrays are read-only, tensors tell their version.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: Home,
        cache: Cache | None = None,
        services: Mapping[type, Any] | None = None,
        *,
        most_nodes: int = MOST_NODES,
        verify: bool = False,
    ) -> None:
        self.catalogue = catalogue
        self.home = home
        self.cache: Cache = cache if cache is not None else MemoryCache()
        self.services: Mapping[type, Any] = services if services is not None else {}
        self.most_nodes = most_nodes
        self.verify = verify
        self.lanes = Lanes()
        self.timings = Timings()
        self._prepared: dict[str, Prepared] = {}

    def run(
        self,
        what: Graph | Plan,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
        services: Mapping[type, Any] | None = None,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        rerun: Iterable[str] = (),
        retry: RunResult | None = None,
    ) -> RunResult:
        """Run a plan, or a graph's outputs; never raises for what a workflow or node does wrong: see `error`.

        services: for this run alone, in place of the engine's own.
        rerun: nodes that run although they are cached, and with them what follows from them.
        retry: the result of an earlier run of this plan; what its fingerprint hooks said counts again, so
        that it goes on from where it failed.
        """
        chosen = what if isinstance(what, Plan) else plan(what)
        services = self.services if services is None else services
        return Run(self, chosen, listener, cancel or CancelToken(), services, limits, rerun, retry).go()

    def prepared(self, type: str) -> Prepared:
        """The code of a node type; imported at the first use."""
        known = self._prepared.get(type)
        if known is None:
            known = self._prepared[type] = Prepared.of(self.catalogue.definition(type))
        return known

    def close(self) -> None:
        """End the engine's threads."""
        self.lanes.close()
