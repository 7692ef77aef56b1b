"""Which documents are checked at once."""

from typing import Any

import pytest

from graphengine.server.core.small_documents import MOST_NODES, is_small

NODE = {"type": "add", "inputs": {"a": 1, "text": "x"}}


@pytest.mark.parametrize(
    ("document", "small"),
    [
        ({"nodes": {"a": NODE}}, True),
        ({"nodes": {}}, True),
        ({"nodes": {str(number): NODE for number in range(MOST_NODES + 1)}}, False),
        ({"nodes": {"a": {"type": "saved.json"}}}, False),
        ({"nodes": {"a": {"type": "repeat", "inputs": {"body": "saved.json"}}}}, False),
        ({"nodes": {"a": NODE}, "subgraphs": {"s": {"nodes": {}}}}, False),
        ({"nodes": 3}, False),
        ({"nodes": {"a": 3}}, False),
        ({"nodes": {"a": {"type": 3, "inputs": 4}}}, True),
        ({}, False),
    ],
)
def test_few_nodes_and_no_saved_workflows(document: dict[str, Any], small: bool) -> None:
    assert is_small(document) is small
