from pathlib import Path

import pytest

from graphengine.errors import InvalidWorkflow
from graphengine.graph import load, parse

EMPTY = '{"format": "graphengine/1", "nodes": {}}'


def messages(text: str) -> list[str]:
    with pytest.raises(InvalidWorkflow) as caught:
        parse(text)
    return [str(problem) for problem in caught.value.problems]


def test_from_a_file_text_and_decoded_json(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text(EMPTY)
    assert load(path) == load(str(path)) == load(EMPTY) == load({"format": "graphengine/1", "nodes": {}})


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text(EMPTY, encoding="utf-8-sig")
    assert load(path) == load("\ufeff" + EMPTY)


def test_unreadable_json_gives_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text('{\n  "format" "graphengine/1"\n}')
    with pytest.raises(InvalidWorkflow) as caught:
        load(path)
    assert str(caught.value) == f"{path} is no JSON: expecting ':' delimiter at line 2, column 12"
    assert caught.value.kind == "unreadable"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorkflow, match=r"there is no file .*nothing\.json"):
        load(tmp_path / "nothing.json")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(b"\x89PNG\xff")
    with pytest.raises(InvalidWorkflow, match="is no JSON text: byte 0 isn't UTF-8"):
        load(path)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidWorkflow, match="can't be read: Is a directory"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the document is no JSON: expecting value at line 1, column 1"),
        ("[]", "expected an object, got []"),
        ("3", "expected an object, got 3"),
        ('{"a": NaN}', "the document is no JSON: NaN is no JSON number"),
        ("[" * 100_000, "the document is nested too deeply to be a workflow"),
        (
            '{"format": "graphengine/1", "nodes": {"a": {"type": 3}}}',
            "node 'a', 'type': expected a string, got 3",
        ),
        (
            '{"format": "graphengine/1", "nodes": {"a": {}}}',
            "node 'a', 'type': expected a value, got nothing",
        ),
        ('{"format": "graphengine/1", "nodes": {"a": []}}', "node 'a': expected an object, got []"),
        ('{"format": "graphengine/1", "nodes": []}', "document, 'nodes': expected an object, got []"),
        (
            '{"format": "graphengine/1", "parameters": {"p": 1}}',
            "document, 'parameters.p': expected a string, got 1",
        ),
        (
            '{"format": "graphengine/1", "nodes": {"a": {"type": "t", "input": {}}}}',
            "node 'a', 'input': expected one of 'type', 'inputs', 'mode', got 'input'; "
            "did you mean 'inputs'?",
        ),
        (
            '{"format": "graphengine/1", "nodez": {}}',
            "document, 'nodez': expected one of 'format', 'name', 'parameters', 'inputs', 'outputs', "
            "'nodes', 'subgraphs', 'layout', got 'nodez'; did you mean 'nodes'?",
        ),
    ],
)
def test_what_is_wrong_with_the_form(text: str, message: str) -> None:
    assert messages(text) == [message]


def test_names_that_are_no_unicode() -> None:
    assert messages('{"\\ud800": 1}')
    assert messages('{"nodes": {"\\ud800": {"type": "t"}}}')


def test_two_nodes_of_one_name() -> None:
    text = '{"format": "graphengine/1", "nodes": {"a": {"type": "t"}, "a": {"type": "u"}}}'
    assert messages(text) == ["two nodes are named 'a'"]


def test_any_name_given_twice() -> None:
    text = '{"format": "graphengine/1", "nodes": {"a": {"type": "t", "inputs": {"x": 1, "x": 2}}}}'
    assert messages(text) == ["the name 'x' appears twice in one JSON object"]


def test_everything_wrong_with_the_form_is_told_at_once() -> None:
    text = '{"format": "graphengine/1", "name": 1, "nodes": {"a": {"type": 1}, "b": 2, "b": 3}}'
    assert messages(text) == [
        "the name 'b' appears twice in one JSON object",
        "document, 'name': expected a string, got 1",
        "node 'a', 'type': expected a string, got 1",
        "node 'b': expected an object, got 3",
    ]
