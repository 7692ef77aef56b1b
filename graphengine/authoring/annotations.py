"""What an annotation says: the types that a link may bring, and the JSON values that a document may hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Literal, TypeVar, Union

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.body import Body, Gets, Gives, GivesOfBody
from graphengine.authoring.choices import Choice, Choices
from graphengine.authoring.expansion import Expansion
from graphengine.authoring.fields import SeedMark
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.schema import ANY, BODIES, BODY, NOTHING, VARIABLE
from graphengine.errors import DefinitionError

JSON_PRIMITIVES = (bool, int, float, str)
Types = tuple[str, ...]


@dataclass(frozen=True)
class Annotation:
    """An annotation, read: `types` without None, `json` the alternatives that are JSON, as an annotation.

    lazy: None where some alternatives are lazy and others aren't. variables: what its type variables may
    stand for. gets, gives: of a body; None for all else.
    """

    types: Types
    json: tuple[Any, ...] = ()
    nullable: bool = False
    seed: bool = False
    choices: type[Choices] | None = None
    tooltip: str = ""
    classes: tuple[type, ...] = ()
    lazy: bool | None = False
    variables: Mapping[str, Types] = field(default_factory=dict)
    gets: Mapping[str, Annotation] | None = None
    gives: Mapping[str, Annotation] | None = None

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
    def names(self) -> Types:
        """The types as an output has them, with None among them if it may be that."""
        return (*self.types, NOTHING) if self.nullable and self.types != (ANY,) else self.types

    @property
    def supertypes(self) -> dict[str, Types]:
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
    annotation, metadata = bare(annotation)
    read = _read_bare(annotation)
    return _with_metadata(read, metadata) if metadata else read


def bare(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """The annotation without aliases and `Annotated`, and what those add."""
    metadata: tuple[Any, ...] = ()
    while True:
        if typing.get_origin(annotation) is Annotated:
            annotation, *more = typing.get_args(annotation)
            metadata = (*more, *metadata)
        elif isinstance(annotation, TypeAliasType):
            annotation = annotation.__value__
        else:
            return annotation, metadata


def _with_metadata(read: Annotation, metadata: tuple[Any, ...]) -> Annotation:
    described = [each.description for each in metadata if isinstance(each, FieldInfo) and each.description]
    marks = (SeedMark, Gets, Gives, GivesOfBody)
    constraints = tuple(each for each in metadata if not isinstance(each, marks))
    changed = replace(
        read,
        json=tuple(Annotated[(each, *constraints)] for each in read.json) if constraints else read.json,
        seed=read.seed or any(isinstance(each, SeedMark) for each in metadata),
        tooltip=described[-1] if described else read.tooltip,
    )
    for mark in metadata:
        if isinstance(mark, Gets | Gives):
            if read.gets is None:
                raise DefinitionError(f"{type(mark).__name__}(...) says something about a Body only")
            exchanged = {name: read_annotation(each) for name, each in mark.names.items()}
            changed = (
                replace(changed, gets=exchanged)
                if isinstance(mark, Gets)
                else replace(changed, gives=exchanged)
            )
    return changed


def _read_bare(annotation: Any) -> Annotation:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation is Any or annotation is object:
        return Annotation((ANY,), (Any,), nullable=True)
    if annotation is None or annotation is type(None):
        return Annotation((), nullable=True)
    if origin in (Union, types.UnionType):
        return _union(read_annotation(each) for each in arguments)
    if isinstance(annotation, TypeVar):
        return _variable(annotation)
    reader = _READERS.get(origin)
    if reader is not None:
        return reader(annotation, arguments)
    if annotation in JSON_PRIMITIVES:
        return Annotation((annotation.__name__,), (annotation,))
    if annotation is list:
        return Annotation((f"list[{ANY}]",), (list[Any],))
    if annotation is dict:
        return Annotation(("dict",), (dict[str, Any],))
    if annotation is Body:
        return Annotation((BODY,), (str,), gets={}, gives={})
    if annotation is tuple:
        return _tuple(annotation, ())
    if annotation is Lazy:
        raise DefinitionError("Lazy[...] needs to say of which type")
    if annotation is Blocked or annotation is Expansion:
        raise DefinitionError(
            f"{annotation.__name__} belongs into the return annotation, beside what comes out"
        )
    if isinstance(origin, type):  # a generic class of a plugin, such as Batch[Image]
        annotation = origin
    if isinstance(annotation, type):
        return Annotation((annotation.__name__,), classes=(annotation,))
    raise DefinitionError(f"{annotation!r} is no type that a node can take or give")


def _union(alternatives: Iterable[Annotation]) -> Annotation:
    read = tuple(alternatives)
    kinds = [each for each in read if each.types]
    choices = [each.choices for each in read if each.choices]
    laziness = {each.lazy for each in kinds}
    bodies = [each for each in kinds if each.gets is not None]
    if bodies and len(kinds) > 1:
        raise DefinitionError("a Body goes together with None, and with no other type")
    return Annotation(
        types=tuple(dict.fromkeys(name for each in read for name in each.types)),
        json=tuple(kind for each in read for kind in each.json),
        nullable=any(each.nullable for each in read),
        seed=any(each.seed for each in read),
        choices=choices[0] if choices else None,
        tooltip=next((each.tooltip for each in read if each.tooltip), ""),
        classes=tuple(dict.fromkeys(kind for each in read for kind in each.classes)),
        lazy=laziness.pop() if len(laziness) == 1 else None if laziness else False,
        variables=_all_variables(read),
        gets=bodies[0].gets if bodies else None,
        gives=bodies[0].gives if bodies else None,
    )


def _all_variables(read: Iterable[Annotation]) -> dict[str, Types]:
    return {name: types for each in read for name, types in each.variables.items()}


def _variable(variable: TypeVar) -> Annotation:
    """A type variable: of the types that it may stand for, those that are JSON are its literals."""
    allowed = variable.__constraints__ or ((variable.__bound__,) if variable.__bound__ is not None else ())
    name = f"{VARIABLE}{variable.__name__}"
    if not allowed:
        return Annotation((name,), (Any,), variables={variable.__name__: (ANY,)})
    read = _union(read_annotation(each) for each in allowed)
    if read.lazy is not False or read.gets is not None or read.variables:
        raise DefinitionError(f"the type variable {variable.__name__} stands for plain types only")
    json = (Any,) if Any in read.json else read.json
    return Annotation((name,), json, variables={variable.__name__: read.names})


def _lazy(_annotation: Any, arguments: tuple[Any, ...]) -> Annotation:
    read = read_annotation(arguments[0])
    if read.lazy is not False:
        raise DefinitionError("Lazy[Lazy[...]] is lazy twice; once is enough")
    if read.gets is not None:
        raise DefinitionError("Lazy[Body]: a body runs only where the node adds it, so leave out Lazy")
    return replace(read, lazy=True)


def _choice(_annotation: Any, arguments: tuple[Any, ...]) -> Annotation:
    provider = arguments[0]
    if not (isinstance(provider, type) and issubclass(provider, Choices)):
        raise DefinitionError(f"Choice[...] takes a subclass of Choices, got {provider!r}")
    if "<locals>" in provider.__qualname__:
        raise DefinitionError(f"{provider.__name__}: define a Choices class at the top level of a module")
    return Annotation(("str",), (str,), choices=provider)


def _literal(annotation: Any, values: tuple[Any, ...]) -> Annotation:
    if not all(value is None or isinstance(value, JSON_PRIMITIVES) for value in values):
        raise DefinitionError(f"{annotation}: the values of a Literal are strings, numbers or None")
    names = dict.fromkeys(type(value).__name__ for value in values if value is not None)
    kept = tuple(value for value in values if value is not None)
    return Annotation(tuple(names), (Literal[kept],), nullable=len(kept) < len(values))


def _list(_annotation: Any, arguments: tuple[Any, ...]) -> Annotation:
    read = read_annotation(arguments[0])
    if read.lazy is not False or read.gets is not None:
        raise DefinitionError("a list holds values, and neither Lazy nor Body")
    json: tuple[Any, ...] = ()
    if read.json and not read.classes:
        item: Any = Union[(*read.json, None) if read.nullable else read.json]  # noqa: UP007
        json = (list[item],)
    name = f"list[{' | '.join(read.names)}]"
    return Annotation((name,), json, classes=read.classes, variables=read.variables)


def _dict(annotation: Any, arguments: tuple[Any, ...]) -> Annotation:
    value = read_annotation(arguments[1])
    if arguments[0] is str and value.types == (BODY,) and not value.nullable:
        return Annotation((BODIES,), (dict[str, str],), gets=value.gets, gives=value.gives)
    if arguments[0] is not str or not value.json or value.lazy is not False or value.gets is not None:
        raise DefinitionError(f"{annotation}: a dict has str keys and JSON values")
    return Annotation(("dict",), (annotation,))


def _tuple(annotation: Any, _arguments: tuple[Any, ...]) -> Annotation:
    raise DefinitionError(f"{annotation}: use list[...], or a NamedTuple for several outputs")


_READERS: Mapping[Any, Callable[[Any, tuple[Any, ...]], Annotation]] = types.MappingProxyType(
    {Choice: _choice, Literal: _literal, list: _list, dict: _dict, tuple: _tuple, Lazy: _lazy}
)
