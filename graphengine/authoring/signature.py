"""From a function's signature to its node's schema."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphengine.authoring.annotations import Annotation, Types, read_annotation
from graphengine.authoring.context import Context
from graphengine.authoring.docstrings import tooltips
from graphengine.authoring.hints import type_hints
from graphengine.authoring.literal import convert
from graphengine.authoring.outputs import Returned, read_return
from graphengine.authoring.schema import ANY, VARIABLE, InputSchema, Many
from graphengine.authoring.wrong import LiteralError
from graphengine.errors import DefinitionError

RESERVED = frozenset({"context", "self", "cls"})


@dataclass(frozen=True)
class Signature:
    """What a function takes and gives, and the name of its `Context` parameter, if it has one."""

    inputs: tuple[InputSchema, ...]
    returned: Returned
    context: str | None
    asynchronous: bool = False
    variables: Mapping[str, Types] = field(default_factory=dict)


def read_signature(function: Callable[..., Any], owner: str) -> Signature:
    """Read a function, or a class's `run`; `owner` is how errors name it."""
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise DefinitionError(
            f"{owner}: a node is no generator; return a list, or an Expansion to go on with other nodes"
        )
    hints = type_hints(function, owner)
    said = tooltips(inspect.getdoc(function) or "")
    inputs: list[InputSchema] = []
    read: list[Annotation] = []
    context: str | None = None
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "self":
            continue
        place = f"{owner}, parameter '{name}'"
        if name not in hints:
            raise DefinitionError(f"{place}: needs a type annotation, which is its socket type")
        if hints[name] is Context:
            if context is not None:
                raise DefinitionError(f"{place}: a second Context; one is enough")
            context = name
            continue
        read.append(_read(place, hints[name]))
        inputs.append(_input(place, name, parameter, read[-1], said.get(name, "")))
    if "return" not in hints:
        raise DefinitionError(f"{owner}: needs a return annotation; None if it gives nothing")
    returned = read_return(owner, hints["return"])
    if returned.turns is not None and not any(each.gets is not None for each in inputs):
        raise DefinitionError(f"{owner}: gives the outputs of its bodies, so it needs an input of type Body")
    variables = _variables(owner, read, returned)
    return Signature(tuple(inputs), returned, context, inspect.iscoroutinefunction(function), variables)


def _read(place: str, annotation: Any) -> Annotation:
    try:
        read = read_annotation(annotation)
    except DefinitionError as error:
        raise DefinitionError(f"{place}: {error.message}") from error
    if not read.types:
        raise DefinitionError(f"{place}: None alone is no input")
    if read.lazy is None:
        raise DefinitionError(f"{place}: either all of its types are Lazy, or none is")
    return read


_MANY: Mapping[Any, Many] = {
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "",
    inspect.Parameter.KEYWORD_ONLY: "",
    inspect.Parameter.VAR_POSITIONAL: "list",
    inspect.Parameter.VAR_KEYWORD: "named",
}


def _input(
    place: str, name: str, parameter: inspect.Parameter, read: Annotation, tooltip: str
) -> InputSchema:
    many = _MANY.get(parameter.kind)
    if many is None:
        raise DefinitionError(f"{place}: a node takes its inputs by name, so leave out the /")
    if name in RESERVED or name.startswith("_"):
        raise DefinitionError(f"{place}: the name is reserved")
    if many and read.gets is not None:
        raise DefinitionError(f"{place}: for several bodies, write {name}: dict[str, Body]")
    required = parameter.default is parameter.empty and many != "named"
    provider = read.choices
    return _with_default(
        place,
        InputSchema(
            name=name,
            types=read.types,
            required=required,
            default=None if required or many else parameter.default,
            nullable=read.nullable or any(variable == (ANY,) for variable in _of(read)),
            literal=read.literal,
            tooltip=read.tooltip or tooltip,
            seed=read.seed,
            choices=f"{provider.__module__}:{provider.__qualname__}" if provider else None,
            lazy=bool(read.lazy),
            many=many,
            gets=_names(read.gets),
            gives=_names(read.gives),
        ),
    )


def _of(read: Annotation) -> Iterable[Types]:
    """What stands for the variables that are a type of the input, as `~T` is and `list[~T]` isn't."""
    return (types for name, types in read.variables.items() if f"{VARIABLE}{name}" in read.types)


def _names(read: Mapping[str, Annotation] | None) -> dict[str, Types] | None:
    return None if read is None else {name: each.names for name, each in read.items()}


def _with_default(place: str, schema: InputSchema) -> InputSchema:
    if schema.required or schema.many or (schema.default is None and schema.nullable):
        return schema
    if schema.literal is None:
        raise DefinitionError(
            f"{place}: {schema.display} has no literals, so its default can only be None; "
            f"write {schema.display} | None = None"
        )
    try:
        return replace(schema, default=convert(schema, schema.default))
    except LiteralError as error:
        wrong = error.wrong
        raise DefinitionError(
            f"{place}: its default must fit its type: expected {wrong.expected}, got {wrong.got}"
        ) from error


def _variables(owner: str, inputs: Iterable[Annotation], returned: Returned) -> dict[str, Types]:
    """The type variables of the inputs; all others are used where nothing says what they stand for."""
    read = tuple(inputs)
    bound: dict[str, Types] = {}
    used: list[tuple[str, str, Types]] = []
    for each in read:
        for name, types in each.variables.items():
            bound.setdefault(name, types)
            used.append(("an input", name, types))
        for exchanged in (*(each.gets or {}).values(), *(each.gives or {}).values()):
            used += [
                ("what its body gets or gives", name, types) for name, types in exchanged.variables.items()
            ]
    used += [("an output", name, types) for name, types in returned.variables.items()]
    for where, name, types in used:
        if name not in bound:
            raise DefinitionError(
                f"{owner}: no input says what the type variable {name} of {where} stands for"
            )
        if types != bound[name]:
            raise DefinitionError(f"{owner}: two different type variables are named {name}")
    return bound
