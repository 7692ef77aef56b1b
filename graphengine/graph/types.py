"""The names of types: lists and unions, and which output may be linked to which input.

A union is a tuple of names; the items of a list are a union within its name, such as `list[Image | Mask]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import ANY, NOTHING, VARIABLE, InputSchema, NodeSchema, OutputSchema

Types = tuple[str, ...]
Supertypes = Mapping[str, Types]

MOST_LAYERS = 16
"""A list in so many lists is told as `list[Any]`, so that names don't grow with the graph."""
_LIST = "list["
_WIDENS: Mapping[str, Types] = {"int": ("float",)}


def split_types(text: str) -> Types:
    """The alternatives of a union: those of `Image | list[Image | Mask]` are two."""
    parts: list[str] = []
    depth = start = 0
    for place, character in enumerate(text):
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character == "|" and not depth:
            parts.append(text[start:place].strip())
            start = place + 1
    parts.append(text[start:].strip())
    return tuple(part for part in parts if part)


@lru_cache(maxsize=4096)
def items_of(name: str) -> Types | None:
    """What the items of a list may be; None if the name is of no list."""
    if not (name.startswith(_LIST) and name.endswith("]")):
        return None
    return split_types(name[len(_LIST) : -1])


def list_of(types: Iterable[str]) -> str:
    """The name of a list of these."""
    name = f"{_LIST}{' | '.join(types)}]"
    return f"{_LIST}{ANY}]" if name.count(_LIST) > MOST_LAYERS else name


def strip_list(types: Types) -> Types | None:
    """What the items are if every alternative is a list; else None."""
    found: dict[str, None] = {}
    for name in types:
        items = items_of(name)
        if items is None:
            return None
        found.update(dict.fromkeys(items))
    return tuple(found)


def substitute(types: Types, bound: Mapping[str, Types]) -> Types:
    """The types with what their variables stand for; anything, where that isn't known."""
    if not any(VARIABLE in name for name in types):
        return types
    found: dict[str, None] = {}
    for name in types:
        items = items_of(name)
        if name.startswith(VARIABLE):
            found.update(dict.fromkeys(bound.get(name[len(VARIABLE) :], (ANY,))))
        elif items is not None and VARIABLE in name:
            found[list_of(substitute(items, bound))] = None
        else:
            found[name] = None
    return (ANY,) if ANY in found else tuple(found)


def accepts(input: InputSchema, output: OutputSchema) -> bool:
    """Whether everything that the output may be fits the input; `Any` on either side fits all."""
    wanted = (*input.types, NOTHING) if input.nullable else input.types
    return fits_all(output.types, wanted, output.supertypes)


def layers_between(types: Types, wanted: Types, supertypes: Supertypes, *, nullable: bool) -> int | None:
    """How many layers of lists to take off the types until they fit; None if they never do."""
    if nullable:
        wanted = (*wanted, NOTHING)
    layers = 0
    left: Types | None = types
    while left is not None:
        if fits_all(left, wanted, supertypes):
            return layers
        layers += 1
        left = strip_list(left)
    return None


def fits_all(types: Types, wanted: Types, supertypes: Supertypes) -> bool:
    """Whether every one of the types is one of those wanted; `Any` on either side fits all."""
    if ANY in wanted or ANY in types:
        return True
    return all(_fits(name, wanted, supertypes) for name in types)


def _fits(name: str, wanted: Types, supertypes: Supertypes) -> bool:
    """Whether the type is one of those wanted, or passes for one: an int for a float, a class for its base.

    Lists are read-only, so a list of what fits fits.
    """
    if name in wanted:
        return True
    items = items_of(name)
    if items is not None:
        lists = (inner for inner in map(items_of, wanted) if inner is not None)
        return any(fits_all(items, inner, supertypes) for inner in lists)
    wider = (*supertypes.get(name, ()), *_WIDENS.get(name, ()))
    return any(other in wanted for other in wider)


def converter(catalogue: Catalogue, got: OutputSchema, wanted: InputSchema) -> str | None:
    """How to turn what came into what is wanted, if one node does it: `encode it first with vae_encode`."""
    found = [schema.type for schema in catalogue if not schema.deprecated and _converts(schema, got, wanted)]
    if not found:
        return None
    best = min(found, key=len)
    verb = next((word for word in ("encode", "decode", "resize") if word in best), "convert")
    return f"{verb} it first with {best}"


def _converts(schema: NodeSchema, got: OutputSchema, wanted: InputSchema) -> bool:
    takes = any(
        each.required and not is_open(each.types) and not is_open(got.types) and accepts(each, got)
        for each in schema.inputs
    )
    gives = any(
        not is_open(each.types) and not is_open(wanted.types) and accepts(wanted, each)
        for each in schema.outputs
    )
    return takes and gives


def is_open(types: Types) -> bool:
    """Whether the types say nothing: `Any`, or a type variable, is among them."""
    return any(name == ANY or VARIABLE in name for name in types)
