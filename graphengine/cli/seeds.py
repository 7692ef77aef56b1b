"""Which inputs of a workflow are seeds, and the seeds of one picture after the other."""

from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.literal import parse_text
from graphengine.cli.exit_codes import UsageError
from graphengine.graph import Document, input_at

SEEDS = 2**64


def seed_inputs(document: Document, catalogue: Catalogue) -> list[str]:
    """Where the seed goes: what the parameter `seed` names, else every seed that isn't linked."""
    if "seed" in document.parameters:
        return [document.parameters["seed"]]
    found = []
    for name, node in document.nodes.items():
        schema = catalogue.get(node.type)
        for input in schema.inputs if schema else ():
            if input.seed and not isinstance(node.inputs.get(input.name), dict):
                found.append(f"{name}.{input.name}")
    return found


def seeded_runs(
    document: Document, catalogue: Catalogue, settings: dict[str, Any], seed: str | None, count: int
) -> list[dict[str, Any]]:
    """The settings of each run: consecutive seeds, counted from `seed` or from what the workflow has."""
    places = seed_inputs(document, catalogue)
    if not places:
        if seed is not None or count > 1:
            option = "seed" if seed is not None else "count"
            raise UsageError(f"option '--{option}': this workflow has no seed", kind="usage")
        return [settings]
    if seed is None and count == 1:
        return [settings]
    first = {place: _first(document, catalogue, settings, place, seed) for place in places}
    for place, value in first.items():
        if type(value) is not int:
            message = f"option '--count': expected a number at '{place}' to count from, got {value!r}"
            raise UsageError(message, kind="usage")
    return [
        settings | {place: (value + number) % SEEDS for place, value in first.items()}
        for number in range(count)
    ]


def _first(
    document: Document, catalogue: Catalogue, settings: dict[str, Any], place: str, seed: str | None
) -> Any:
    node, _, name = place.partition(".")
    input = input_at(document, catalogue, place)
    if seed is not None:
        return parse_text(input, seed, node=node, node_type=document.nodes[node].type)
    return settings.get(place, document.nodes[node].inputs.get(name, input.default))
