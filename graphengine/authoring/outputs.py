"""From a return annotation to a node's outputs."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, Union

from graphengine.authoring.annotations import Annotation, Types, bare, read_annotation
from graphengine.authoring.blocked import Blocked
from graphengine.authoring.body import GivesOfBody, Turns
from graphengine.authoring.docstrings import tooltips
from graphengine.authoring.expansion import Expansion
from graphengine.authoring.hints import type_hints
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.schema import OutputSchema
from graphengine.errors import DefinitionError


@dataclass(frozen=True)
class Returned:
    """What a return annotation says.

    expands: an expansion may come instead. turns: the outputs are those of the node's bodies, and how.
    variables: the type variables among the outputs, and what they may stand for.
    """

    outputs: tuple[OutputSchema, ...] = ()
    expands: bool = False
    turns: Turns | None = None
    variables: Mapping[str, Types] = field(default_factory=dict)


def read_return(owner: str, annotation: Any) -> Returned:
    """Read a return annotation; `owner` is how errors name the node."""
    place = f"{owner}, return"
    values, others = _apart(annotation)
    turns = next((mark.turns for mark in others if isinstance(mark, GivesOfBody)), None)
    expands = any(mark is Expansion for mark in others)
    if turns is not None:
        if values:
            raise DefinitionError(f"{place}: what comes from its bodies stands alone, without other types")
        return Returned(expands=True, turns=turns)
    if not values and not expands:
        raise DefinitionError(f"{place}: Blocked stands in place of a value; say of which type")
    if not values or values == (type(None),):
        return Returned(expands=expands)
    if len(values) == 1 and _is_named_tuple(values[0]):
        outputs, variables = _of_named_tuple(owner, values[0])
        return Returned(outputs, expands, None, variables)
    read = _read(place, Union[values])  # noqa: UP007
    return Returned((_output(_name_of(read), read),), expands, None, read.variables)


def _apart(annotation: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The alternatives that are values, those that are lazy as if they weren't, and the other ones."""
    plain, metadata = bare(annotation)
    marks = [each for each in metadata if isinstance(each, GivesOfBody)]
    if marks:
        return (), (Expansion, *marks)
    if plain is Expansion or plain is Blocked:
        return (), (plain,)
    if plain is None:
        return (type(None),), ()
    if typing.get_origin(plain) is Lazy:
        return (typing.get_args(plain)[0],), ()
    if typing.get_origin(plain) not in (Union, types.UnionType):
        return (annotation,), ()
    values: list[Any] = []
    others: list[Any] = []
    for each in typing.get_args(plain):
        more_values, more_others = _apart(each)
        values += more_values
        others += more_others
    if metadata and not others:
        return (annotation,), ()
    return tuple(dict.fromkeys(values)), tuple(others)


def _is_named_tuple(annotation: Any) -> bool:
    kind = typing.get_origin(annotation) or annotation
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _of_named_tuple(owner: str, annotation: Any) -> tuple[tuple[OutputSchema, ...], dict[str, Types]]:
    kind = typing.get_origin(annotation) or annotation
    hints = type_hints(kind, f"{owner}, {kind.__name__}")
    said = tooltips(inspect.cleandoc(kind.__doc__ or ""))
    if not kind._fields:
        raise DefinitionError(f"{owner}: {kind.__name__} has no fields, so no outputs")
    meant = dict(zip(getattr(kind, "__parameters__", ()), typing.get_args(annotation), strict=False))
    outputs = []
    variables: dict[str, Types] = {}
    for name in kind._fields:
        place = f"{owner}, output '{name}' of {kind.__name__}"
        if name not in hints:
            raise DefinitionError(f"{place}: needs a type; use typing.NamedTuple, not collections.namedtuple")
        values, others = _apart(_filled_in(hints[name], meant))
        if any(mark is not Blocked for mark in others):
            raise DefinitionError(f"{place}: the node as a whole may be an Expansion, not one output of it")
        if not values:
            raise DefinitionError(f"{place}: Blocked stands in place of a value; say of which type")
        read = _read(place, Union[values])  # noqa: UP007
        variables |= read.variables
        outputs.append(_output(name, read, said.get(name, "")))
    return tuple(outputs), variables


def _filled_in(annotation: Any, meant: Mapping[Any, Any]) -> Any:
    """A field of a generic NamedTuple, for the types that the return annotation gave it."""
    if isinstance(annotation, TypeVar):
        return meant.get(annotation, annotation)
    parameters = getattr(annotation, "__parameters__", ())
    return annotation[tuple(meant.get(each, each) for each in parameters)] if parameters else annotation


def _read(place: str, annotation: Any) -> Annotation:
    try:
        read = read_annotation(annotation)
    except DefinitionError as error:
        raise DefinitionError(f"{place}: {error.message}") from error
    if read.gets is not None:
        raise DefinitionError(f"{place}: a Body comes in, and never out")
    return read


def _output(name: str, read: Annotation, tooltip: str = "") -> OutputSchema:
    return OutputSchema(name, read.names, read.supertypes, read.tooltip or tooltip)


def _name_of(read: Annotation) -> str:
    if len(read.classes) == 1 and read.types == (read.classes[0].__name__,):
        return snake_case(read.types[0])
    return "value"


def snake_case(name: str) -> str:
    """`TextEncoder` as `text_encoder`, `VAEModel` as `vae_model`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
