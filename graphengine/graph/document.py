"""The workflow document: what a person or the editor writes, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, JsonValue

FORMAT = "graphengine/1"
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


class DocumentNode(BaseModel):
    """One node: its type, and per input a literal or a link `{"from": "node.output"}`."""

    model_config = _STRICT

    type: str = Field(description="a node type, such as those that `graphengine nodes` lists")
    inputs: dict[str, JsonValue] = Field(
        default_factory=dict, description='per input a literal, or a link {"from": "node.output"}'
    )


class Document(BaseModel):
    """A workflow: nodes by name, and which of their inputs are the workflow's own parameters."""

    model_config = _STRICT

    format: Literal["graphengine/1"] = Field(
        default="graphengine/1", description="the version of this format"
    )
    name: str = Field(default="", description="what people call the workflow")
    parameters: dict[str, str] = Field(
        default_factory=dict, description='named arguments of the workflow, each an input "node.input"'
    )
    nodes: dict[str, DocumentNode] = Field(
        default_factory=dict, description="the nodes by name; names have no dots"
    )
    subgraphs: dict[str, JsonValue] = Field(default_factory=dict, description="workflows used as node types")
    layout: dict[str, JsonValue] = Field(
        default_factory=dict, description="positions, groups, notes and colours; never part of a result"
    )

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, in stable order: the fields as here, the nodes and inputs as they were given."""
        return self.model_dump()


class Link(NamedTuple):
    """Where an input gets its value from."""

    node: str
    output: str

    def __str__(self) -> str:
        """As documents write it: `node.output`."""
        return f"{self.node}.{self.output}"


def link_text(value: Any) -> str | None:
    """The text of a link, or None: exactly `{"from": "node.output"}` is a link, all else is a literal."""
    if type(value) is dict and len(value) == 1:
        source = value.get("from")
        if type(source) is str:
            return source
    return None


def dump(document: Document) -> str:
    """The document as JSON text in stable order, one node per block, so that a diff reads well."""
    return json.dumps(document.to_dict(), indent=2, ensure_ascii=False) + "\n"


def json_schema() -> Mapping[str, Any]:
    """The published JSON Schema of the document."""
    schema = Document.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "graphengine workflow"
    schema["required"] = ["format", "nodes"]
    return schema
