"""From a function's signature to its node's schema."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from graphengine.authoring.annotations import Annotation, read_annotation
from graphengine.authoring.context import Context
from graphengine.authoring.literal import convert
from graphengine.authoring.schema import InputSchema, OutputSchema
from graphengine.authoring.wrong import LiteralError
from graphengine.errors import DefinitionError

RESERVED = frozenset({"context", "self", "cls"})


@dataclass(frozen=True)
class Signature:
    """What a function takes and gives, and the name of its `Context` parameter, if it has one."""

    inputs: tuple[InputSchema, ...]
    outputs: tuple[OutputSchema, ...]
    context: str | None


def read_signature(function: Callable[..., Any], owner: str) -> Signature:
    """Read a function, or a class's `run`; `owner` is how errors name it."""
    if inspect.iscoroutinefunction(function) or inspect.isgeneratorfunction(function):
        raise DefinitionError(f"{owner}: a node is a plain function, not async and no generator")
    hints = _hints(function, owner)
    tooltips = _docstring_lines(inspect.getdoc(function) or "")
    inputs: list[InputSchema] = []
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
        inputs.append(_input(place, name, parameter, hints[name], tooltips.get(name, "")))
    if "return" not in hints:
        raise DefinitionError(f"{owner}: needs a return annotation; None if it gives nothing")
    return Signature(tuple(inputs), _outputs(owner, hints["return"]), context)


def _hints(function: Callable[..., Any], owner: str) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function, include_extras=True)
    except NameError as error:
        raise DefinitionError(
            f"{owner}: the annotation '{error.name}' isn't known where the module is imported; "
            "import or define it at the top level, not under TYPE_CHECKING"
        ) from error
    except TypeError as error:
        raise DefinitionError(f"{owner}: an annotation can't be read: {error}") from error


def _read(place: str, annotation: Any) -> Annotation:
    try:
        return read_annotation(annotation)
    except DefinitionError as error:
        raise DefinitionError(f"{place}: {error.message}") from error


def _input(place: str, name: str, parameter: inspect.Parameter, annotation: Any, tooltip: str) -> InputSchema:
    if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
        raise DefinitionError(f"{place}: a node takes its inputs by name, each with one parameter")
    if name in RESERVED or name.startswith("_"):
        raise DefinitionError(f"{place}: the name is reserved")
    read = _read(place, annotation)
    if not read.types:
        raise DefinitionError(f"{place}: None alone is no input")
    required = parameter.default is parameter.empty
    provider = read.choices
    return _with_default(
        place,
        InputSchema(
            name=name,
            types=read.types,
            required=required,
            default=None if required else parameter.default,
            nullable=read.nullable,
            literal=read.literal,
            tooltip=read.tooltip or tooltip,
            seed=read.seed,
            choices=f"{provider.__module__}:{provider.__qualname__}" if provider else None,
        ),
    )


def _with_default(place: str, schema: InputSchema) -> InputSchema:
    if schema.required or (schema.default is None and schema.nullable):
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


def _outputs(owner: str, annotation: Any) -> tuple[OutputSchema, ...]:
    if annotation is None or annotation is type(None):
        return ()
    if isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        return _named_outputs(owner, annotation)
    read = _read(f"{owner}, return", annotation)
    return (_output(_output_name(read), read),)


def _named_outputs(owner: str, kind: type) -> tuple[OutputSchema, ...]:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    hints = _hints(kind, f"{owner}, {kind.__name__}")
    tooltips = _docstring_lines(inspect.cleandoc(kind.__doc__ or ""))
    if not fields:
        raise DefinitionError(f"{owner}: {kind.__name__} has no fields, so no outputs")
    outputs = []
    for name in fields:
        place = f"{owner}, output '{name}' of {kind.__name__}"
        if name not in hints:
            raise DefinitionError(f"{place}: needs a type; use typing.NamedTuple, not collections.namedtuple")
        outputs.append(_output(name, _read(place, hints[name]), tooltips.get(name, "")))
    return tuple(outputs)


def _output(name: str, read: Annotation, tooltip: str = "") -> OutputSchema:
    names = (*read.types, "None") if read.nullable and read.types != ("Any",) else read.types
    return OutputSchema(name, names, read.supertypes, read.tooltip or tooltip)


def _output_name(read: Annotation) -> str:
    return snake_case(read.classes[0].__name__) if len(read.types) == 1 and read.classes else "value"


def snake_case(name: str) -> str:
    """`TextEncoder` as `text_encoder`, `VAEModel` as `vae_model`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _docstring_lines(text: str) -> dict[str, str]:
    """The lines `name: text` and `name, other: text` of a docstring, as tooltips."""
    found: dict[str, str] = {}
    for line in text.splitlines()[1:]:
        names, colon, tooltip = line.partition(":")
        if colon and re.fullmatch(r"\s*[a-z_]\w*(, [a-z_]\w*)*", names):
            found |= {name.strip(): tooltip.strip() for name in names.split(",")}
    return found
