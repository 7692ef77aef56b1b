"""Checking one link: the node and output exist, and what they give fits."""

from __future__ import annotations

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import show
from graphengine.authoring.schema import ANY, InputSchema, NodeSchema, OutputSchema
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import Document, Link
from graphengine.graph.suggestions import Suggestions
from graphengine.graph.types import accepts, converter


class LinkCheck:
    """The links of one document; each pair of types is compared once."""

    def __init__(self, document: Document, catalogue: Catalogue, suggestions: Suggestions) -> None:
        self._document = document
        self._catalogue = catalogue
        self._suggestions = suggestions
        # One string object per name, since a look-up by the same object is faster than by an equal one.
        self._names = {name: name for name in document.nodes}
        self._fits: dict[tuple[str, str, str, str], bool] = {}
        self._givers: dict[str, str] | None = None

    def check(
        self, name: str, schema: NodeSchema, input: InputSchema, text: str
    ) -> Link | GraphEngineError | None:
        """The link, or what is wrong with it; None where the node that it comes from is itself unknown."""
        written, dot, output_name = text.partition(".")
        source = self._names.get(written)
        if source is None or not dot:
            return self._to_nowhere(text).at(name, schema.type, input.name)
        node = self._document.nodes[source]
        giver = self._catalogue.get(node.type)
        if giver is None:
            return None
        output = giver.outputs_by_name.get(output_name)
        if output is None:
            return self._no_output(source, giver, text).at(name, schema.type, input.name)
        key = (node.type, output_name, schema.type, input.name)
        fits = self._fits.get(key)
        if fits is None:
            fits = self._fits[key] = accepts(input, output)
        if fits:
            return Link(source, output_name)
        return self._wrong_type(text, output, input).at(name, schema.type, input.name)

    def _to_nowhere(self, text: str) -> Wrong:
        source = text.partition(".")[0]
        if source in self._document.nodes:
            return self._no_output(source, self._catalogue.get(self._document.nodes[source].type), text)
        hint = self._suggestions.nearest_node(text, self._document.nodes)
        return Wrong("link_to_nowhere", "a link to a node of this workflow", show(text), hint)

    def _no_output(self, source: str, giver: NodeSchema | None, text: str) -> Wrong:
        names = list(giver.outputs_by_name) if giver else []
        if not names:
            return Wrong("link_to_nowhere", f"an output, and '{source}' has none", show(text))
        expected = one_of([f"{source}.{name}" for name in names])
        hint = self._suggestions.nearest_end(text, names)
        return Wrong("link_to_nowhere", expected, show(text), hint)

    def _wrong_type(self, text: str, output: OutputSchema, input: InputSchema) -> Wrong:
        hint = converter(self._catalogue, output, input)
        return Wrong("wrong_link", input.display, f"{output.display} from '{text}'", hint)

    def offer(self, input: InputSchema, name: str) -> str | None:
        """Where a value of the input's type can come from: a node of the document, else of the catalogue."""
        if ANY in input.types:
            return None
        if self._givers is None:
            self._givers = {}
            for name, node in self._document.nodes.items():
                schema = self._catalogue.get(node.type)
                for output in schema.outputs if schema else ():
                    self._givers.setdefault(output.display, f"{name}.{output.name}")
        here = next((self._givers[kind] for kind in input.types if kind in self._givers), None)
        if here is not None and not here.startswith(f"{name}."):
            return f'link it: {{"from": "{here}"}}'
        for schema in self._catalogue:
            for output in schema.outputs:
                if ANY not in output.types and accepts(input, output):
                    return f"link it from the output '{output.name}' of a {schema.type} node"
        return None
