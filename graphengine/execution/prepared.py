"""The code of a node type, ready to be called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphengine.authoring.definition import NodeDefinition
from graphengine.authoring.schema import InputSchema


@dataclass(frozen=True)
class Prepared:
    """What to call for a node type.

    context: the name of its `Context` parameter. several: its input that takes a list of links, `*images`;
    before: the parameters in front of that, which then go by place. named: its input `**values`.
    """

    function: Callable[..., Any]
    context: str | None
    inputs: dict[str, InputSchema]
    several: InputSchema | None
    before: tuple[str, ...]
    named: InputSchema | None

    @classmethod
    def of(cls, definition: NodeDefinition) -> Prepared:
        """From what the node's module declares; makes the instance of a class."""
        function = definition.bind()
        schema = definition.schema
        several = next((each for each in schema.inputs if each.many == "list"), None)
        before: list[str] = []
        if several is not None:
            for name, parameter in inspect.signature(function).parameters.items():
                if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD:
                    break
                before.append(name)
        named = next((each for each in schema.inputs if each.many == "named"), None)
        singles = {each.name: each for each in schema.inputs if not each.many}
        return cls(function, definition.context, singles, several, tuple(before), named)

    def input(self, name: str) -> InputSchema:
        """The schema of an input of a graph's node, such as `image`, `images.0` or one of `**values`."""
        found = self.inputs.get(name)
        if found is not None:
            return found
        if self.several is not None and name.startswith(f"{self.several.name}."):
            return self.several
        if self.named is None:
            raise KeyError(name)
        return self.named

    def call(self, arguments: dict[str, Any]) -> Any:
        """Call it with arguments by input name; an async function gives its coroutine."""
        if self.several is None:
            return self.function(**arguments)
        prefix = f"{self.several.name}."
        numbered = {int(name[len(prefix) :]): name for name in arguments if name.startswith(prefix)}
        items = [arguments.pop(numbered[number]) for number in sorted(numbered)]
        first = [arguments.pop(name) for name in self.before]
        return self.function(*first, *items, **arguments)
