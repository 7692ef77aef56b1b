import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from graphengine.errors import InvalidWorkflow
from graphengine.graph import Document, DocumentNode, Link, dump, json_schema, load
from graphengine.graph.document import link_text

VALIDATOR = jsonschema.Draft202012Validator(json_schema())

names = st.text(st.characters(exclude_characters=".", exclude_categories=["Cs"]), min_size=1, max_size=8)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
documents = st.builds(
    Document,
    name=st.text(max_size=8),
    parameters=st.dictionaries(names, st.text(max_size=8), max_size=3),
    nodes=st.dictionaries(
        names,
        st.builds(DocumentNode, type=names, inputs=st.dictionaries(names, json_values, max_size=3)),
        max_size=4,
    ),
    layout=st.dictionaries(names, json_values, max_size=2),
)


@settings(deadline=None)
@given(documents)
def test_a_dumped_document_loads_as_the_same(document: Document) -> None:
    text = dump(document)
    assert load(text) == document
    assert dump(load(text)) == text


@settings(deadline=None, max_examples=30)
@given(documents)
def test_the_published_schema_describes_what_is_dumped(document: Document) -> None:
    VALIDATOR.validate(json.loads(dump(document)))


@pytest.mark.parametrize(
    "data", [{}, {"format": "graphengine/1"}, {"format": "graphengine/1", "nodes": {"a": 1}}]
)
def test_the_published_schema_refuses(data: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(data)


def test_the_order_is_stable_and_one_node_is_one_block() -> None:
    text = (
        '{"nodes": {"b": {"inputs": {"z": 1, "a": 2}, "type": "t"}, "a": {"type": "t"}},'
        ' "name": "é", "format": "graphengine/1"}'
    )
    assert dump(load(text)) == (
        "{\n"
        '  "format": "graphengine/1",\n'
        '  "name": "é",\n'
        '  "parameters": {},\n'
        '  "nodes": {\n'
        '    "b": {\n'
        '      "type": "t",\n'
        '      "inputs": {\n'
        '        "z": 1,\n'
        '        "a": 2\n'
        "      }\n"
        "    },\n"
        '    "a": {\n'
        '      "type": "t",\n'
        '      "inputs": {}\n'
        "    }\n"
        "  },\n"
        '  "subgraphs": {},\n'
        '  "layout": {}\n'
        "}\n"
    )


def test_a_document_is_immutable() -> None:
    with pytest.raises(ValidationError):
        Document().name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"from": "a.b"}, "a.b"),
        ({"from": 3}, None),
        ({"from": "a.b", "to": "c"}, None),
        ({}, None),
        ("a.b", None),
        ([{"from": "a.b"}], None),
    ],
)
def test_a_link_is_exactly_that(value: Any, text: str | None) -> None:
    assert link_text(value) == text


def test_a_link_reads_as_documents_write_it() -> None:
    assert str(Link("sample", "latent")) == "sample.latent"


def test_subgraphs_and_layout_are_kept(tmp_path: Path) -> None:
    data = {
        "format": "graphengine/1",
        "nodes": {},
        "subgraphs": {"s": {"nodes": {}}},
        "layout": {"a": {"x": 1.5, "notes": ["hi"]}},
    }
    path = tmp_path / "w.json"
    path.write_text(json.dumps(data))
    kept = load(path).to_dict()
    assert kept["subgraphs"] == data["subgraphs"]
    assert kept["layout"] == data["layout"]


def test_not_json_inside_a_document_built_in_python() -> None:
    with pytest.raises(InvalidWorkflow, match="node 'a', input 'x': expected a JSON value, got object"):
        load({"format": "graphengine/1", "nodes": {"a": {"type": "t", "inputs": {"x": object()}}}})
