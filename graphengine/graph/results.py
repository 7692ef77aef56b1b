"""What a document gives when it is used as a subgraph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphengine.authoring.json_schema import show
from graphengine.authoring.schema import OutputSchema
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.graph.document import Link, link_text
from graphengine.graph.graph import BodyResult, GraphNode
from graphengine.graph.suggestions import Suggestions

Source = Callable[[Link, Mapping[str, GraphNode]], OutputSchema | None]


def results_of(
    outputs: Mapping[str, Any],
    built: Mapping[str, GraphNode],
    source: Source,
    around: Callable[[Link], Link],
    suggestions: Suggestions,
) -> tuple[dict[str, BodyResult], list[GraphEngineError]]:
    """Each declared output that comes from a node, and what is wrong with the others.

    outputs: links and literals by name. around: leads links around bypassed nodes.
    """
    results: dict[str, BodyResult] = {}
    problems: list[GraphEngineError] = []
    for name, written in outputs.items():
        text = link_text(written)
        if text is None:
            continue
        node, dot, output = text.partition(".")
        link = around(Link(node, output))
        found = source(link, built) if dot else None
        if found is not None:
            results[name] = BodyResult(link, found)
            continue
        known = [each.name for each in built[node].outputs] if node in built else []
        hint = suggestions.nearest_end(text, known) if known else suggestions.nearest_node(text, built)
        expected = one_of([f"{node}.{each}" for each in known]) if known else "an output, as 'node.output'"
        wrong = Wrong("link_to_nowhere", expected, show(text), hint)
        problem = wrong.at(None, None, None)
        problem.message = f"output '{name}': {problem.message}"
        problems.append(problem)
    return results, problems
