"""A subgraph that a node returns, to run in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from graphengine.authoring.body import Body, GivesOfBody
from graphengine.errors import DefinitionError


@dataclass(frozen=True, slots=True, eq=False)
class Ref:
    """An output of a node that an expansion adds; a value that isn't there yet."""

    node: str
    output: str


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """A node that an expansion adds; its outputs are `added.image` or `added["image"]`."""

    name: str

    def __getattr__(self, output: str) -> Ref:
        """An output by its name."""
        if output.startswith("__"):
            raise AttributeError(output)
        return Ref(self.name, output)

    def __getitem__(self, output: str) -> Ref:
        """The same, for any name, such as `name` and `class`."""
        return Ref(self.name, output)


@dataclass(frozen=True, slots=True, eq=False)
class AddedNode:
    """What is added: a node type or a body, and its inputs: a `Ref`, a `Lazy`, or any value."""

    type: str | Body
    inputs: Mapping[str, Any]


class Expansion:
    """Nodes to run in place of the node that returns this, and where its outputs come from.

        graph = Expansion()
        small = graph.add(resize_image, image=image, scale=0.5)
        return graph.give(image=graph.add("blur", image=small.image).image)

    The node's return annotation says what comes out and that it may be expanded: `-> Image | Expansion`.
    """

    def __init__(self) -> None:
        self.nodes: dict[str, AddedNode] = {}
        self.outputs: dict[str, Any] | None = None

    def add(self, type: str | Body | Callable[..., Any], name: str | None = None, /, **inputs: Any) -> Added:
        """Add a node, by its type or its function, or a body.

        name: how events call it, below the node that is expanded; else its type and a number.
        inputs: outputs of nodes added before, the node's own inputs (also lazy ones), or any other value.
        """
        if not isinstance(type, str | Body):
            from graphengine.authoring.definition import (
                node_definition,
            )  # which reads annotations such as these

            definition = node_definition(type)
            if definition is None:
                raise DefinitionError(f"{type!r} is neither a node type, nor a node, nor a body")
            type = definition.schema.type
        if name is None:
            stem = type if isinstance(type, str) else type.name
            name = f"{stem}_{len(self.nodes)}"
        if name in self.nodes or not name or "." in name or "/" in name:
            raise DefinitionError(
                f"'{name}': the nodes of an expansion need different names, without . and /"
            )
        self.nodes[name] = AddedNode(type, inputs)
        return Added(name)

    def give(self, *only: Any, **outputs: Any) -> Expansion:
        """Say where the outputs come from: a `Ref`, a `Lazy`, any other value, or a list of these.

        only: the one output of a node that has just one.
        """
        if len(only) > 1 or (only and outputs):
            raise DefinitionError("give takes one output without a name, or all of them by name")
        self.outputs = {"": only[0]} if only else outputs
        return self


LastTurn = Annotated[Expansion, GivesOfBody("last")]
"""Return annotation of a node whose outputs are those of its body, at its last turn."""
EveryTurn = Annotated[Expansion, GivesOfBody("every")]
"""Return annotation of a node whose outputs are lists of its body's outputs, an item per turn."""
CarriedTurns = Annotated[Expansion, GivesOfBody("carried")]
"""Return annotation of a node that carries the outputs which its body takes again, and lists the others."""
