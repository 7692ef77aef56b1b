"""Reading one node of a document: which inputs it has, its literals, and whether its links lead anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import describe, show
from graphengine.authoring.literal import convert
from graphengine.authoring.schema import InputSchema, NodeSchema, OutputSchema
from graphengine.authoring.wrong import LiteralError, Wrong, not_a_choice, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import Link, Mode, link_text
from graphengine.graph.links import LinkCheck
from graphengine.graph.subgraphs import Placed, Scope
from graphengine.graph.suggestions import Suggestions

if TYPE_CHECKING:
    from graphengine.home import Home

Foreign = Mapping[str, Mapping[str, OutputSchema]]
"""Outputs by name, of nodes that links may lead to although they aren't in the document."""


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A node whose names and literals are sound; its types are still to be checked.

    bodies: per input of type `Body` the name of a subgraph, a dict of names, or bodies that exist already.
    """

    name: str
    schema: NodeSchema
    literals: dict[str, Any]
    links: dict[str, Link]
    bodies: Mapping[str, Any]
    mode: Mode
    scope: Scope


class NodeReading:
    """Reads the nodes of one flat graph.

    ignored: muted nodes of types that aren't known. excused: nodes and inputs that may be missing.
    """

    def __init__(
        self,
        nodes: Mapping[str, Placed],
        foreign: Foreign,
        catalogue: Catalogue,
        home: Home,
        suggestions: Suggestions,
        excused: Collection[tuple[str, str]] = (),
    ) -> None:
        self._excused = excused
        self.problems: list[GraphEngineError] = []
        self.ignored: list[str] = []
        self.suggestions = suggestions
        self.links = LinkCheck(nodes, foreign, catalogue, suggestions)
        self._catalogue = catalogue
        self._home = home
        self._options: dict[str, tuple[list[str], str | None]] = {}

    def read(self, name: str, placed: Placed) -> Read | None:
        """The node; None if its type isn't known. What is wrong with it is added to the problems."""
        if placed.mode == "run":
            return self._read(name, placed)
        before = len(self.problems)
        read = self._read(name, placed)
        del self.problems[before:]  # what doesn't run needn't be sound
        if read is None:
            self.ignored.append(name)
        return read

    def _read(self, name: str, placed: Placed) -> Read | None:
        schema = self._catalogue.get(placed.type)
        if schema is None:
            known = (*self._catalogue.types, *placed.scope)
            hint = self.suggestions.nearest(placed.type, known)
            wrong = Wrong("unknown_node", "a known node type", show(placed.type), hint)
            self.problems.append(wrong.at(name, placed.type, None))
            return None
        literals = dict(schema.defaults)
        links: dict[str, Link] = {}
        bodies: dict[str, Any] = {}
        known_inputs = schema.inputs_by_name
        for key, value in placed.inputs.items():
            input = known_inputs.get(key)
            if input is None or input.many:
                input = self._of_many(schema, key)
            if input is None:
                self._unknown_input(name, schema, key)
                continue
            if input.gets is not None:
                literals.pop(key, None)
                bodies[key] = value
                continue
            text = link_text(value)
            if text is None:
                self._literal(name, schema, key, input, value, literals)
                continue
            link = self.links.find(name, schema, key, text)
            if isinstance(link, Link):
                links[key] = link
                literals.pop(key, None)
            elif link is not None:
                self.problems.append(link)
        for input in schema.required:
            if input.name not in placed.inputs and (name, input.name) not in self._excused:
                self.problems.append(self._missing(name, schema, input))
        for input in schema.many:
            if input.many == "list":
                self._sort_numbered(name, schema, input, literals, links)
        return Read(name, schema, literals, links, bodies, placed.mode, placed.scope)

    def _of_many(self, schema: NodeSchema, key: str) -> InputSchema | None:
        """The input `*images` or `**values` that the name belongs to."""
        found = schema.input(key)
        if found is not None and found.many == "named" and not re.fullmatch(r"[^\W\d]\w*|\d+", key):
            return None
        return found

    def _sort_numbered(
        self,
        name: str,
        schema: NodeSchema,
        input: InputSchema,
        literals: dict[str, Any],
        links: dict[str, Link],
    ) -> None:
        """Put `images.10` after `images.9`; at least one must be there."""
        prefix = f"{input.name}."
        found = False
        for holder in (literals, links):
            numbered = sorted((int(key[len(prefix) :]), key) for key in holder if key.startswith(prefix))
            found = found or bool(numbered)
            if len(numbered) > 1:
                values: list[tuple[str, Any]] = [(key, holder.pop(key)) for _, key in numbered]
                holder.update(values)
        if not found:
            expected = f"at least one {input.display}"
            hint = f'write "{input.name}.0", "{input.name}.1" and so on'
            self.problems.append(
                Wrong("missing_input", expected, "nothing", hint).at(name, schema.type, input.name)
            )

    def _literal(
        self,
        name: str,
        schema: NodeSchema,
        key: str,
        input: InputSchema,
        value: Any,
        literals: dict[str, Any],
    ) -> None:
        try:
            converted = convert(input, value)
            if input.choices is not None and isinstance(converted, str):
                self._check_choice(input, converted)
            literals[key] = converted
        except LiteralError as error:
            wrong = error.wrong
            if input.literal is None:
                offer = self.links.offer(input, name)
                wrong = Wrong("wrong_type", f"a link to {input.display}", wrong.got, offer)
            self.problems.append(wrong.at(name, schema.type, key))
        except GraphEngineError as error:
            error.locate(name, schema.type)
            self.problems.append(error)

    def _check_choice(self, input: InputSchema, value: str) -> None:
        provider = input.choices or ""
        if provider not in self._options:
            self._options[provider] = self._catalogue.options(input, self._home)
        options, hint = self._options[provider]
        if value not in options:
            raise LiteralError(not_a_choice(value, options, self.suggestions.near(value, options), hint))

    def _unknown_input(self, name: str, schema: NodeSchema, key: str) -> None:
        names = [f"{each.name}.0" if each.many == "list" else each.name for each in schema.inputs]
        expected = one_of(names) if names else "no input"
        several = next((each for each in schema.many if each.many == "list" and each.name == key), None)
        hint = f"write {key}.0, {key}.1 and so on" if several else self.suggestions.nearest(key, names)
        wrong = Wrong("unknown_input", expected, show(key), hint)
        self.problems.append(wrong.at(name, schema.type, key))

    def _missing(self, name: str, schema: NodeSchema, input: InputSchema) -> GraphEngineError:
        expected = input.display if input.literal is None else describe(input.literal)
        if input.gets is not None:
            expected = "the name of a subgraph"
        hint = self.links.offer(input, name) if input.literal is None else None
        return Wrong("missing_input", expected, "nothing", hint).at(name, schema.type, input.name)
