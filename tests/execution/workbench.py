"""An engine for nodes that a test defines itself, and documents in short."""

from collections.abc import Callable
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.events import Event
from graphengine.execution import Engine, MemoryCache, plan
from graphengine.graph import Graph, build, load
from graphengine.home import Home


class Workbench:
    """Runs workflows of these nodes; `events` are those of the last run."""

    def __init__(self, home: Home, *nodes: Callable[..., Any], cache: Any = None, **options: Any) -> None:
        self.home = home
        self.catalogue = Catalogue.of(*nodes)
        self.engine = Engine(self.catalogue, home, cache if cache is not None else MemoryCache(), **options)
        self.events: list[Event] = []

    def graph(self, nodes: dict[str, Any], **document: Any) -> Graph:
        """A graph of `{"name": ("type", {inputs})}`, where an input `"<node.output"` is a link."""
        return build(
            load({"format": "graphengine/1", "nodes": written(nodes), **document}), self.catalogue, self.home
        )

    def run(self, what: Graph | dict[str, Any], wanted: tuple[str, ...] | None = None, **options: Any) -> Any:
        self.events = []
        graph = what if isinstance(what, Graph) else self.graph(what)
        return self.engine.run(plan(graph, wanted), self.events.append, **options)

    def told(self, *kinds: str) -> list[str]:
        """The events in short: `started a`; of these kinds, or all."""
        return [
            f"{event.event} {getattr(event, 'node', '') or ''}".strip()
            for event in self.events
            if not kinds or event.event in kinds
        ]


def written(nodes: dict[str, Any]) -> dict[str, Any]:
    """Nodes as a document has them."""
    found = {}
    for name, (type, inputs) in nodes.items():
        linked = {
            key: {"from": value[1:]} if isinstance(value, str) and value.startswith("<") else value
            for key, value in inputs.items()
        }
        found[name] = {"type": type, "inputs": linked}
    return found
