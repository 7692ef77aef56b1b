"""Which inputs of a workflow are its seeds."""

from collections.abc import Iterator

from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError
from graphengine.graph import Document, input_at
from graphengine.graph.parameters import input_names

SEEDS = 2**64
"""How many there are; after the last comes the first."""


def seed_inputs(document: Document, catalogue: Catalogue) -> list[str]:
    """Where the seed goes: what the parameter `seed` names, else every seed that isn't linked."""
    if "seed" in document.parameters:
        return [document.parameters["seed"]]
    return [
        f"{name}.{input}"
        for name, node in document.nodes.items()
        for input in _seeds_of(document, catalogue, name)
        if not isinstance(node.inputs.get(input), dict)
    ]


def _seeds_of(document: Document, catalogue: Catalogue, node: str) -> Iterator[str]:
    type = document.nodes[node].type
    schema = catalogue.get(type)
    if type not in document.subgraphs:
        yield from (each.name for each in schema.inputs if each.seed) if schema else ()
        return
    for name in input_names(document, catalogue, node) or ():
        try:
            if input_at(document, catalogue, f"{node}.{name}").seed:
                yield name
        except GraphEngineError:  # the graph's check tells
            continue
