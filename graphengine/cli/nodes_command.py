"""`graphengine nodes`: what there is to build workflows with."""

import sys
from collections.abc import Iterable
from itertools import groupby

from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.cli.exit_codes import SUCCEEDED, UsageError
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import one_line
from graphengine.nearest import did_you_mean
from graphengine.runtime import Runtime


def list_nodes(category: str | None, home: str | None, *, as_json: bool) -> int:
    """Print the node types, by category; plugins that bring none are named on standard error."""
    catalogue = Runtime(home).catalogue
    chosen = in_category(catalogue, category)
    if as_json:
        problems = [str(problem) for problem in catalogue.problems]
        print_json({"nodes": [schema.to_dict() for schema in chosen], "problems": problems})
        return SUCCEEDED
    for name, group in groupby(chosen, key=lambda schema: schema.category):
        print(name)
        for schema in group:
            print(f"  {signature(schema)}")
            print(f"      {summary(schema)}")
    for problem in catalogue.problems:
        print(f"warning: {problem}", file=sys.stderr)
    return SUCCEEDED


def in_category(schemas: Iterable[NodeSchema], category: str | None) -> list[NodeSchema]:
    """The schemas of a category and those below it, sorted; all of them for None."""
    found = sorted(schemas, key=lambda schema: (schema.category, schema.type))
    if category is None:
        return found
    below = [
        schema
        for schema in found
        if schema.category == category or schema.category.startswith(f"{category}/")
    ]
    if not below:
        names = sorted({schema.category for schema in found})
        hint = did_you_mean(category, names) or f"there are: {', '.join(names)}"
        raise UsageError(
            f"no nodes in the category '{category}'; {hint}", kind="usage", got=category, hint=hint
        )
    return below


def signature(schema: NodeSchema) -> str:
    """The node as one line: `blend(image: Image, other: Image, amount: float = 0.5) -> Image`."""
    inputs = ", ".join(_input(each) for each in schema.inputs)
    outputs = ", ".join(
        each.display if len(schema.outputs) == 1 else f"{each.name}: {each.display}"
        for each in schema.outputs
    )
    return f"{schema.type}({inputs})" + (f" -> {outputs}" if outputs else "")


def summary(schema: NodeSchema) -> str:
    """The first paragraph of its description, and what replaces it if it is deprecated."""
    text = one_line(schema.description.split("\n\n")[0])
    return f"{text} (deprecated: use {schema.deprecated})" if schema.deprecated else text


def _input(schema: InputSchema) -> str:
    text = f"{schema.name}: {schema.display}"
    return text if schema.required else f"{text} = {schema.default!r}"
