"""The decorator that marks a function or class as a node."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from graphengine.authoring.outputs import snake_case
from graphengine.authoring.schema import NodeSchema
from graphengine.authoring.signature import read_signature
from graphengine.errors import DefinitionError

MARK = "__graphengine_node__"
CPU = "cpu"
Marked = TypeVar("Marked", bound=Callable[..., Any])


@dataclass(frozen=True)
class NodeDefinition:
    """A node as its module declares it: the schema, the code, and its hooks."""

    schema: NodeSchema
    target: Callable[..., Any]
    context: str | None
    fingerprint: Callable[..., Any] | None
    validate: Callable[..., Any] | None

    def bind(self) -> Callable[..., Any]:
        """What to call: the function, or `run` of a new instance of the class."""
        if isinstance(self.target, type):
            return self.target().run  # type: ignore[no-any-return]
        return self.target


def node(
    *,
    category: str,
    name: str | None = None,
    version: str = "1",
    output: bool = False,
    fingerprint: Callable[..., Any] | None = None,
    validate: Callable[..., Any] | None = None,
    deprecated: str | None = None,
    lane: str = CPU,
) -> Callable[[Marked], Marked]:
    """Mark a typed function, or a class with `run`, as a node; it stays what it was and stays callable.

    category: where menus show it, such as "image/filter".
    name: the node type in documents; else the name of the function, or of the class in snake case.
    version: change it when the same inputs give another result, so that cached results are dropped.
    output: it runs for its side effect, such as a saved file, and is wanted by itself.
    fingerprint: called with the literals that it names (and `context`); a new answer makes it run again.
        Of `*images` or `**values` it gets a dict of the literals that the document has there.
    validate: called the same way before anything runs; raises ValueError for literals that don't go together.
    deprecated: what to use instead.
    lane: where it runs: `cpu`; `io` where it mostly waits; `device` for the default device. Any other name is
        a lane of its own, in which one node runs at a time. An async function has none.
    """

    def mark(target: Marked) -> Marked:
        definition = _define(target, category, name, version, output, fingerprint, validate, deprecated, lane)
        setattr(target, MARK, definition)
        return target

    return mark


def node_definition(target: object) -> NodeDefinition | None:
    """The definition of what `@node` marked, or None; a subclass of a marked class isn't a node by that."""
    found = vars(target).get(MARK) if hasattr(target, "__dict__") else None
    return found if isinstance(found, NodeDefinition) and found.target is target else None


def _define(
    target: Callable[..., Any],
    category: str,
    name: str | None,
    version: str,
    output: bool,
    fingerprint: Callable[..., Any] | None,
    validate: Callable[..., Any] | None,
    deprecated: str | None,
    lane: str,
) -> NodeDefinition:
    is_class = isinstance(target, type)
    written_name = getattr(target, "__name__", None)
    if not (is_class or inspect.isfunction(target)) or written_name is None:
        raise DefinitionError(f"@node marks a function or a class with run, got {target!r}")
    type_name = name or (snake_case(written_name) if is_class else written_name)
    owner = f"node '{type_name}'"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", type_name):
        raise DefinitionError(
            f"{owner}: a node type is lower case letters, digits and _, beginning with a letter"
        )
    function = getattr(target, "run", None) if is_class else target
    if not inspect.isfunction(function):
        raise DefinitionError(f"{owner}: the class needs a method `run`")
    signature = read_signature(function, owner)
    _check_lane(owner, lane, signature.asynchronous)
    names = {each.name for each in signature.inputs}
    for label, hook in (("fingerprint", fingerprint), ("validate", validate)):
        if hook is not None:
            _check_hook(owner, label, hook, names)
    schema = NodeSchema(
        type=type_name,
        category=category,
        description=inspect.getdoc(target) or "",
        inputs=signature.inputs,
        outputs=signature.returned.outputs,
        output=output,
        version=version,
        module=target.__module__,
        attribute=target.__qualname__,
        deprecated=deprecated,
        fingerprinted=fingerprint is not None,
        validated=validate is not None,
        lane=lane,
        asynchronous=signature.asynchronous,
        expands=signature.returned.expands,
        turns=signature.returned.turns,
        variables=signature.variables,
    )
    return NodeDefinition(schema, target, signature.context, fingerprint, validate)


def _check_lane(owner: str, lane: str, asynchronous: bool) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", lane):
        raise DefinitionError(
            f"{owner}: a lane is a lower-case word, such as cpu, io or device, got '{lane}'"
        )
    if asynchronous and lane != CPU:
        raise DefinitionError(
            f"{owner}: an async function waits beside all others and takes no lane; leave out lane='{lane}'"
        )


def _check_hook(owner: str, label: str, hook: Callable[..., Any], inputs: set[str]) -> None:
    for name in inspect.signature(hook).parameters:
        if name not in inputs and name != "context":
            raise DefinitionError(
                f"{owner}, {label}: takes '{name}', which is no input; a hook takes inputs and `context`"
            )
