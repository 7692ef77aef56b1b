"""Which output may be linked to which input."""

from __future__ import annotations

from collections.abc import Iterable

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import ANY, NOTHING, InputSchema, NodeSchema, OutputSchema

_WIDENS = {"int": ("float",), "list[int]": ("list[float]",)}


def accepts(input: InputSchema, output: OutputSchema) -> bool:
    """Whether everything that the output may be fits the input; `Any` on either side fits all."""
    if ANY in input.types or ANY in output.types:
        return True
    return all(_fits(name, input, output) for name in output.types)


def _fits(name: str, input: InputSchema, output: OutputSchema) -> bool:
    if name == NOTHING:
        return input.nullable
    if name in input.types:
        return True
    if name.startswith("list[") and f"list[{ANY}]" in input.types:
        return True
    wider: Iterable[str] = (*output.supertypes.get(name, ()), *_WIDENS.get(name, ()))
    return any(other in input.types for other in wider)


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
        each.required and ANY not in each.types and ANY not in got.types and accepts(each, got)
        for each in schema.inputs
    )
    gives = any(
        ANY not in each.types and ANY not in wanted.types and accepts(wanted, each) for each in schema.outputs
    )
    return takes and gives
