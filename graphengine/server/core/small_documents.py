"""Documents that are checked at once: to hand them to another thread would take longer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphengine.graph import Document

MOST_NODES = 30


def is_small(document: Mapping[str, Any]) -> bool:
    """Whether it has few nodes, no subgraphs, and nothing that may be the name of a saved workflow."""
    nodes = document.get("nodes")
    if not isinstance(nodes, Mapping) or len(nodes) > MOST_NODES or document.get("subgraphs"):
        return False
    return all(_is_plain(node) for node in nodes.values())


def no_saved_workflow(name: str) -> Document | None:
    """None: a small document names none."""
    return None


def _is_plain(node: Any) -> bool:
    if not isinstance(node, Mapping):
        return False
    inputs = node.get("inputs", {})
    texts = (node.get("type"), *(inputs.values() if isinstance(inputs, Mapping) else ()))
    return not any(isinstance(text, str) and text.endswith(".json") for text in texts)
