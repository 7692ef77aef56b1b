"""What an annotation says: the types that a link may bring, and the JSON values that a document may hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from graphengine.authoring.choices import Choice, Choices
from graphengine.authoring.fields import SeedMark
from graphengine.authoring.schema import ANY, NOTHING
from graphengine.errors import DefinitionError

JSON_PRIMITIVES = (bool, int, float, str)


@dataclass(frozen=True)
class Annotation:
    """An annotation, read: `types` without None, `json` the alternatives that are JSON, as an annotation."""

    types: tuple[str, ...]
    json: tuple[Any, ...] = ()
    nullable: bool = False
    seed: bool = False
    choices: type[Choices] | None = None
    tooltip: str = ""
    classes: tuple[type, ...] = ()

    @property
    def literal(self) -> dict[str, Any] | None:
        """The JSON Schema of the literals, or None for a type that only a link can bring."""
        if not self.json:
            return None
        if Any in self.json:
            return {}
        alternatives = (*self.json, None) if self.nullable else self.json
        annotation: Any = Union[alternatives]  # noqa: UP007
        schema = TypeAdapter(annotation).json_schema()
        schema.pop("description", None)
        schema.pop("title", None)
        return schema

    @property
    def supertypes(self) -> dict[str, tuple[str, ...]]:
        """For each class, the names of the bases that it passes for."""
        found = {}
        for kind in self.classes:
            bases = tuple(base.__name__ for base in kind.__mro__[1:-1] if base.__name__ not in _NO_PORTS)
            if bases:
                found[kind.__name__] = bases
        return found


_NO_PORTS = frozenset({"Generic", "Protocol", "ABC", "tuple", "list", "dict", "Module"})


def read_annotation(annotation: Any) -> Annotation:
    """Read one annotation; raises `DefinitionError` for what can be neither a socket nor a JSON value."""
    metadata: tuple[Any, ...] = ()
    while True:
        origin = typing.get_origin(annotation)
        if origin is Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata = (*more, *metadata)
        elif isinstance(annotation, TypeAliasType):
            annotation = annotation.__value__
        else:
            break
    read = _read_bare(annotation)
    return _with_metadata(read, metadata) if metadata else read


def _with_metadata(read: Annotation, metadata: tuple[Any, ...]) -> Annotation:
    constraints = tuple(each for each in metadata if not isinstance(each, SeedMark))
    described = [each.description for each in metadata if isinstance(each, FieldInfo) and each.description]
    json = tuple(Annotated[(each, *constraints)] for each in read.json) if constraints else read.json
    return Annotation(
        types=read.types,
        json=json,
        nullable=read.nullable,
        seed=read.seed or any(isinstance(each, SeedMark) for each in metadata),
        choices=read.choices,
        tooltip=described[-1] if described else read.tooltip,
        classes=read.classes,
    )


def _read_bare(annotation: Any) -> Annotation:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is Any or annotation is object:
        return Annotation((ANY,), (Any,), nullable=True)
    if annotation is None or annotation is type(None):
        return Annotation((), nullable=True)
    if origin in (Union, types.UnionType):
        return _union(read_annotation(each) for each in arguments)
    if origin is Choice:
        return _choice(arguments)
    if origin is Literal:
        return _literal(arguments, annotation)
    if annotation in JSON_PRIMITIVES:
        return Annotation((annotation.__name__,), (annotation,))
    if annotation is list:
        return Annotation((f"list[{ANY}]",), (list[Any],))
    if annotation is dict:
        return Annotation(("dict",), (dict[str, Any],))
    if origin is list:
        return _list(arguments[0])
    if origin is dict:
        value = read_annotation(arguments[1])
        if arguments[0] is not str or not value.json:
            raise DefinitionError(f"{annotation}: a dict has str keys and JSON values")
        return Annotation(("dict",), (annotation,))
    if origin is tuple or annotation is tuple:
        raise DefinitionError(f"{annotation}: use list[...], or a NamedTuple for several outputs")
    if isinstance(origin, type):  # a generic class of a plugin, such as Batch[Image]
        annotation = origin
    if isinstance(annotation, type):
        return Annotation((annotation.__name__,), classes=(annotation,))
    raise DefinitionError(f"{annotation!r} is no type that a node can take or give")


def _union(alternatives: Iterable[Annotation]) -> Annotation:
    read = tuple(alternatives)
    choices = [each.choices for each in read if each.choices]
    return Annotation(
        types=tuple(dict.fromkeys(name for each in read for name in each.types)),
        json=tuple(kind for each in read for kind in each.json),
        nullable=any(each.nullable for each in read),
        seed=any(each.seed for each in read),
        choices=choices[0] if choices else None,
        tooltip=next((each.tooltip for each in read if each.tooltip), ""),
        classes=tuple(kind for each in read for kind in each.classes),
    )


def _choice(arguments: tuple[Any, ...]) -> Annotation:
    provider = arguments[0]
    if not (isinstance(provider, type) and issubclass(provider, Choices)):
        raise DefinitionError(f"Choice[...] takes a subclass of Choices, got {provider!r}")
    if "<locals>" in provider.__qualname__:
        raise DefinitionError(f"{provider.__name__}: define a Choices class at the top level of a module")
    return Annotation(("str",), (str,), choices=provider)


def _literal(values: tuple[Any, ...], annotation: Any) -> Annotation:
    if not all(value is None or isinstance(value, JSON_PRIMITIVES) for value in values):
        raise DefinitionError(f"{annotation}: the values of a Literal are strings, numbers or None")
    names = dict.fromkeys(type(value).__name__ for value in values if value is not None)
    kept = tuple(value for value in values if value is not None)
    return Annotation(tuple(names), (Literal[kept],), nullable=len(kept) < len(values))


def _list(item: Any) -> Annotation:
    read = read_annotation(item)
    names = " | ".join((*read.types, NOTHING) if read.nullable and read.types != (ANY,) else read.types)
    json_only = bool(read.json) and not read.classes
    return Annotation((f"list[{names}]",), (list[item],) if json_only else ())
