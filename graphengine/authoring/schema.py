"""The schema of a node: plain, frozen, JSON in and out, readable without the node's module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from graphengine.authoring.body import Turns
from graphengine.authoring.json_schema import adapter

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ANY = "Any"
NOTHING = "None"
BODY = "Body"
BODIES = "dict[Body]"
VARIABLE = "~"
"""What the name of a type variable begins with."""
Many = Literal["", "list", "named"]


@dataclass(frozen=True)
class InputSchema:
    """One input: `types` names what a link may bring, `literal` is the JSON Schema of what files hold.

    A type is a class name, `list[...]` of types joined by ` | `, `Any`, or a variable such as `~T`.
    lazy: made only if the node asks for it.
    many: `list` takes `name.0`, `name.1` and so on, at least one; `named` takes inputs of any other name.
    gets: for a body, what the node gives it beside what is wired, with the types; None for all other inputs.
    gives: for a body, the outputs that it must have, with the types that the node takes there.
    """

    name: str
    types: tuple[str, ...]
    required: bool = True
    default: Any = None
    nullable: bool = False
    literal: Mapping[str, Any] | None = None
    tooltip: str = ""
    seed: bool = False
    choices: str | None = None
    lazy: bool = False
    many: Many = ""
    gets: Mapping[str, tuple[str, ...]] | None = None
    gives: Mapping[str, tuple[str, ...]] | None = None

    @property
    def display(self) -> str:
        """The type as people read it: `Image | Mask`."""
        return " | ".join(self.types)

    @cached_property
    def adapter(self) -> TypeAdapter[Any] | None:
        """The validator of literals, made at the first use; None if only a link can bring a value."""
        return None if self.literal is None else adapter(self.literal)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "name": self.name,
            "type": self.display,
            "types": list(self.types),
            "required": self.required,
            "default": self.default,
            "nullable": self.nullable,
            "literal": None if self.literal is None else dict(self.literal),
            "tooltip": self.tooltip,
            "seed": self.seed,
            "choices": self.choices,
            "lazy": self.lazy,
            "many": self.many,
            "gets": _lists(self.gets),
            "gives": _lists(self.gives),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> InputSchema:
        """From the JSON form."""
        known = {key: value for key, value in data.items() if key != "type"}
        types, gets, gives = tuple(data["types"]), _tuples(data["gets"]), _tuples(data["gives"])
        return cls(**{**known, "types": types, "gets": gets, "gives": gives})


def _lists(types: Mapping[str, tuple[str, ...]] | None) -> dict[str, list[str]] | None:
    return None if types is None else {name: list(each) for name, each in types.items()}


def _tuples(types: Mapping[str, list[str]] | None) -> dict[str, tuple[str, ...]] | None:
    return None if types is None else {name: tuple(each) for name, each in types.items()}


@dataclass(frozen=True)
class OutputSchema:
    """One output: `types` names what it may be, `supertypes` the bases that each of them passes for."""

    name: str
    types: tuple[str, ...]
    supertypes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tooltip: str = ""

    @property
    def display(self) -> str:
        """The type as people read it."""
        return " | ".join(self.types)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "name": self.name,
            "type": self.display,
            "types": list(self.types),
            "supertypes": {name: list(bases) for name, bases in self.supertypes.items()},
            "tooltip": self.tooltip,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> OutputSchema:
        """From the JSON form."""
        supertypes = {name: tuple(bases) for name, bases in data["supertypes"].items()}
        return cls(data["name"], tuple(data["types"]), supertypes, data["tooltip"])


@dataclass(frozen=True)
class NodeSchema:
    """What a node takes and gives, and where its code is: `attribute` of `module`, brought by `plugin`.

    code: changes with the plugin's files. lane: where it runs, `cpu`, `io` or a device. asynchronous: an
    async function. expands: may return an expansion. turns: how, for a node whose outputs are those of its
    bodies. variables: for each type variable the types that it may stand for.
    """

    type: str
    category: str
    description: str
    inputs: tuple[InputSchema, ...]
    outputs: tuple[OutputSchema, ...]
    output: bool = False
    version: str = "1"
    module: str = ""
    attribute: str = ""
    plugin: str = ""
    deprecated: str | None = None
    fingerprinted: bool = False
    validated: bool = False
    code: str = ""
    lane: str = "cpu"
    asynchronous: bool = False
    expands: bool = False
    turns: Turns | None = None
    variables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def inputs_by_name(self) -> Mapping[str, InputSchema]:
        """The inputs, to look one up."""
        return {each.name: each for each in self.inputs}

    @cached_property
    def lazy(self) -> bool:
        """Whether some input is made only if the node asks for it."""
        return any(each.lazy for each in self.inputs)

    @cached_property
    def many(self) -> tuple[InputSchema, ...]:
        """The inputs that stand for as many as the document has."""
        return tuple(each for each in self.inputs if each.many)

    def input(self, name: str) -> InputSchema | None:
        """The input that a document's name belongs to, such as `image`, `images.0`, or one of `**values`."""
        found = self.inputs_by_name.get(name)
        if found is not None and not found.many:
            return found
        for each in self.many:
            if each.many == "list":
                stem, dot, number = name.partition(".")
                if dot and stem == each.name and number.isascii() and number.isdigit():
                    return each
            elif "." not in name:
                return each
        return None

    @cached_property
    def required(self) -> tuple[InputSchema, ...]:
        """The inputs that a document must give, beside those of which it may give many."""
        return tuple(each for each in self.inputs if each.required and not each.many)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What the other inputs are if a document doesn't give them."""
        return {each.name: each.default for each in self.inputs if not each.required and not each.many}

    @cached_property
    def outputs_by_name(self) -> Mapping[str, OutputSchema]:
        """The outputs, to look one up."""
        return {each.name: each for each in self.outputs}

    @cached_property
    def output_index(self) -> Mapping[str, int]:
        """Each output's place in the tuple of results."""
        return {each.name: index for index, each in enumerate(self.outputs)}

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "type": self.type,
            "category": self.category,
            "description": self.description,
            "inputs": [each.to_dict() for each in self.inputs],
            "outputs": [each.to_dict() for each in self.outputs],
            "output": self.output,
            "version": self.version,
            "module": self.module,
            "attribute": self.attribute,
            "plugin": self.plugin,
            "deprecated": self.deprecated,
            "fingerprinted": self.fingerprinted,
            "validated": self.validated,
            "code": self.code,
            "lane": self.lane,
            "asynchronous": self.asynchronous,
            "expands": self.expands,
            "turns": self.turns,
            "variables": {name: list(types) for name, types in self.variables.items()},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> NodeSchema:
        """From the JSON form."""
        inputs = tuple(InputSchema.from_dict(each) for each in data["inputs"])
        outputs = tuple(OutputSchema.from_dict(each) for each in data["outputs"])
        variables = {name: tuple(types) for name, types in data["variables"].items()}
        return cls(**{**data, "inputs": inputs, "outputs": outputs, "variables": variables})
