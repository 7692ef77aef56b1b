"""A subgraph of the document that a node runs as often as it likes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, eq=False)
class Body:
    """What an input of type `Body` gives the node: the subgraph that the document names there.

    inputs: the names that it takes; `required` those that have no default. outputs: the names that it gives.
    graph: its checked graph, which only the engine reads.
    """

    name: str
    inputs: tuple[str, ...]
    required: tuple[str, ...]
    outputs: tuple[str, ...]
    graph: Any = field(repr=False)


class Gets:
    """What a node gives its body beside the inputs wired to it: `Annotated[Body, Gets(item=T, index=int)]`.

    Each is an annotation, and may use the type variables of the node's other inputs.
    """

    def __init__(self, **inputs: Any) -> None:
        self.inputs: Mapping[str, Any] = inputs

    @property
    def names(self) -> Mapping[str, Any]:
        """The annotations by name."""
        return self.inputs


class Gives:
    """What a body must give, among all that it gives: `Annotated[Body, Gives(again=bool)]`."""

    def __init__(self, **outputs: Any) -> None:
        self.outputs: Mapping[str, Any] = outputs

    @property
    def names(self) -> Mapping[str, Any]:
        """The annotations by name."""
        return self.outputs


Turns = Literal["last", "every", "carried"]


@dataclass(frozen=True)
class GivesOfBody:
    """Marks a return annotation: the node's outputs are those of its bodies.

    turns: `last` gives them as they are; `every` gives lists, an item per turn; `carried` gives those that
    are also inputs of the body, and that the node doesn't give anew each turn, as they are, since they go
    from turn to turn, and the others as lists. Of several bodies, all that any of them gives.
    """

    turns: Turns
