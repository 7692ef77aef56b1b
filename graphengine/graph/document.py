"""The workflow document: what a person or the editor writes, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from graphengine.graph.collector import collector_paused

FORMAT = "graphengine/1"
INPUTS = "inputs"
"""The name that links use for what a subgraph takes; no node has it."""
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)

Mode = Literal["run", "mute", "bypass"]


class DocumentNode(BaseModel):
    """One node: its type, and per input a literal or a link `{"from": "node.output"}`."""

    model_config = _STRICT

    type: str = Field(description="a node type, such as those that `graphengine nodes` lists, or a subgraph")
    inputs: dict[str, JsonValue] = Field(
        default_factory=dict, description='per input a literal, or a link {"from": "node.output"}'
    )
    mode: Mode = Field(
        default="run",
        description="mute: it isn't there, nor what needs it; bypass: its inputs go straight to its outputs",
    )


class DocumentInput(BaseModel):
    """What a subgraph takes: its type, and the value where a use gives none; without, it is required."""

    model_config = _STRICT

    type: str = Field(default="Any", description='a type, such as "Image", "Image | Mask" or "list[int]"')
    default: JsonValue = Field(default=None, description="the value where none is given")

    @property
    def required(self) -> bool:
        """Whether a use must give it."""
        return "default" not in self.model_fields_set

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"type": self.type} if self.required else {"type": self.type, "default": self.default}


def _written_out(value: Any) -> Any:
    return {"type": value} if isinstance(value, str) else value


class Document(BaseModel):
    """A workflow: nodes by name, and which of their inputs are the workflow's own parameters.

    A subgraph is one too; its nodes read what it takes by links such as `{"from": "inputs.image"}`.
    """

    model_config = _STRICT

    format: Literal["graphengine/1"] = Field(
        default="graphengine/1", description="the version of this format"
    )
    name: str = Field(default="", description="what people call the workflow")
    parameters: dict[str, str] = Field(
        default_factory=dict, description='named arguments of the workflow, each an input "node.input"'
    )
    inputs: dict[
        str,
        Annotated[DocumentInput, BeforeValidator(_written_out, json_schema_input_type=str | DocumentInput)],
    ] = Field(
        default_factory=dict, description="what a subgraph takes: types, and defaults; a type alone will do"
    )
    outputs: dict[str, str] = Field(
        default_factory=dict, description='what a subgraph gives, each "node.output" or "inputs.name"'
    )
    nodes: dict[str, DocumentNode] = Field(
        default_factory=dict, description="the nodes by name; names have no dots and no slashes"
    )
    subgraphs: dict[str, Document] = Field(
        default_factory=dict, description="workflows used as node types, and as the bodies of nodes"
    )
    layout: dict[str, JsonValue] = Field(
        default_factory=dict, description="positions, groups, notes and colours; never part of a result"
    )

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, in stable order: the fields as here, the nodes and inputs as they were given.

        Of a subgraph, and of what a simple workflow doesn't have, only what isn't as by default is there.
        """
        with collector_paused():
            return self._to_dict()

    def _to_dict(self) -> dict[str, Any]:
        found = self.model_dump()
        waiting: list[tuple[Document, dict[str, Any], bool]] = [(self, found, True)]
        while waiting:
            document, data, outermost = waiting.pop()
            for node in data["nodes"].values():
                if node["mode"] == "run":
                    del node["mode"]
            if document.inputs:
                data["inputs"] = {name: each.to_dict() for name, each in document.inputs.items()}
            for field in ("inputs", "outputs") if outermost else _LEFT_OUT_INSIDE:
                if not data[field] or field == "format":
                    del data[field]
            for name, inner in document.subgraphs.items():
                waiting.append((inner, data["subgraphs"][name], False))
        return found


_LEFT_OUT_INSIDE = ("format", "name", "parameters", "inputs", "outputs", "subgraphs", "layout")


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
    inner = schema["$defs"]["Document"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **inner,
        "title": "graphengine workflow",
        "required": ["format", "nodes"],
        "$defs": {**schema["$defs"], "Document": {**inner, "title": "subgraph"}},
    }
