from typing import Any

import pytest

from graphengine.errors import InvalidWorkflow
from graphengine.graph import migrate
from graphengine.graph.migrations import CURRENT, MIGRATIONS


def rename_steps(data: dict[str, Any]) -> dict[str, Any]:
    data["nodes"] = {name: "renamed" for name in data["nodes"]}
    return data


def add_layout(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "layout": {}}


def test_today_s_format_is_left_alone() -> None:
    data = {"format": f"graphengine/{CURRENT}", "nodes": {}}
    assert migrate(data) == data


def test_there_is_a_way_from_every_format() -> None:
    assert sorted(MIGRATIONS) == list(range(1, CURRENT))


def test_steps_are_taken_one_by_one() -> None:
    data = {"format": "graphengine/1", "nodes": {"a": "old"}}
    migrated = migrate(data, {1: rename_steps, 2: add_layout}, current=3)
    assert migrated == {"format": "graphengine/3", "nodes": {"a": "renamed"}, "layout": {}}
    assert data == {"format": "graphengine/1", "nodes": {"a": "old"}}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {},
            "document, 'format': expected 'graphengine/1', got nothing; "
            'write "format": "graphengine/1" into the document',
        ),
        (
            {"format": "graphengine/2"},
            "document, 'format': expected 'graphengine/1', got 'graphengine/2'; "
            "this document is newer than the program: update graphengine",
        ),
        (
            {"format": "graphengine/0"},
            "document, 'format': expected 'graphengine/1', got 'graphengine/0'; "
            "there is no way from that format to this one",
        ),
        ({"format": "comfy"}, "document, 'format': expected 'graphengine/1', got 'comfy'"),
        ({"format": 1}, "document, 'format': expected 'graphengine/1', got 1"),
    ],
)
def test_formats_that_are_not_known(data: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidWorkflow) as caught:
        migrate(data)
    assert str(caught.value) == message
    assert caught.value.kind == "format"
