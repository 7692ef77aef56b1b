"""Where links lead: to a node and an output that exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import show
from graphengine.authoring.schema import ANY, VARIABLE, InputSchema, NodeSchema
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import INPUTS, Link
from graphengine.graph.subgraphs import Placed
from graphengine.graph.suggestions import Suggestions
from graphengine.graph.types import accepts, is_open

if TYPE_CHECKING:
    from graphengine.graph.node_reading import Foreign


class LinkCheck:
    """The links of one flat graph."""

    def __init__(
        self, nodes: Mapping[str, Placed], foreign: Foreign, catalogue: Catalogue, suggestions: Suggestions
    ) -> None:
        self._nodes = nodes
        self._foreign = foreign
        self._catalogue = catalogue
        self._suggestions = suggestions
        # One string object per name, since a look-up by the same object is faster than by an equal one.
        self._names = {name: name for name in nodes}
        self._givers: dict[str, str] | None = None

    def find(self, name: str, schema: NodeSchema, input: str, text: str) -> Link | GraphEngineError | None:
        """The link, or what is wrong with it; None where the node that it comes from is itself unknown."""
        written, dot, output = text.partition(".")
        source = self._names.get(written)
        if source is None:
            return self._to_foreign(written, output, text, name, schema, input)
        if not dot:
            giver = self._catalogue.get(self._nodes[source].type)
            names = list(giver.outputs_by_name) if giver else []
            return self.no_output(source, names, text).at(name, schema.type, input)
        giver = self._catalogue.get(self._nodes[source].type)
        if giver is None:
            return None if self._nodes[source].mode == "run" else Link(source, output)
        if giver.turns is None and output not in giver.output_index:
            return self.no_output(source, list(giver.outputs_by_name), text).at(name, schema.type, input)
        return Link(source, output)

    def _to_foreign(
        self, written: str, output: str, text: str, name: str, schema: NodeSchema, input: str
    ) -> Link | GraphEngineError:
        outputs = self._foreign.get(written)
        if outputs is None:
            if written == INPUTS:
                wrong = Wrong("link_to_nowhere", "a link to what the subgraph takes", show(text))
                return wrong.at(name, schema.type, input)
            hint = self._suggestions.nearest_node(text, self._nodes)
            wrong = Wrong("link_to_nowhere", "a link to a node of this workflow", show(text), hint)
            return wrong.at(name, schema.type, input)
        if output not in outputs:
            return self.no_output(written, list(outputs), text).at(name, schema.type, input)
        return Link(written, output)

    def no_output(self, source: str, names: list[str], text: str) -> Wrong:
        """What is wrong with a link to an output that a node doesn't have."""
        if not names:
            return Wrong("link_to_nowhere", f"an output, and '{source}' has none", show(text))
        expected = one_of([f"{source}.{name}" for name in names])
        return Wrong("link_to_nowhere", expected, show(text), self._suggestions.nearest_end(text, names))

    def offer(self, input: InputSchema, name: str) -> str | None:
        """Where a value of the input's type can come from: a node of the document, else of the catalogue."""
        if any(ANY in each or VARIABLE in each for each in input.types):
            return None
        if self._givers is None:
            self._givers = {}
            for each, node in self._nodes.items():
                schema = self._catalogue.get(node.type)
                for output in schema.outputs if schema else ():
                    self._givers.setdefault(output.display, f"{each}.{output.name}")
        here = next((self._givers[kind] for kind in input.types if kind in self._givers), None)
        if here is not None and not here.startswith(f"{name}."):
            return f'link it: {{"from": "{here}"}}'
        for schema in self._catalogue:
            for output in schema.outputs:
                if not is_open(output.types) and accepts(input, output):
                    return f"link it from the output '{output.name}' of a {schema.type} node"
        return None
