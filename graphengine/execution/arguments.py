"""What a node is called with: literals, what came over links, lazy inputs, bodies."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.literal import convert
from graphengine.authoring.schema import ANY, VARIABLE, InputSchema
from graphengine.authoring.wrong import LiteralError, Wrong
from graphengine.execution.cache import hand_out
from graphengine.execution.lazy_input import LazyInput
from graphengine.execution.prepared import Prepared
from graphengine.execution.task import Task

_JSON = (bool, int, float, str, list, dict)
_CONTAINERS = (list, dict)

CheckChoice = Callable[[Task, str, InputSchema, str], None]


def arguments_of(task: Task, prepared: Prepared, check_choice: CheckChoice) -> dict[str, Any]:
    """The arguments by input name; raises where a value that came is beyond the input's limits."""
    node = task.node
    arguments = own_literals(node.literals)
    if task.lazy:
        for name, value in arguments.items():
            if value is not None and prepared.input(name).lazy:
                arguments[name] = Lazy.of(value)
    for name, body in node.bodies.items():
        _put_body(arguments, name, body)
    for name, source, index in task.sources:
        input = prepared.input(name)
        check = partial(check_linked, task, name, input, check_choice)
        if input.lazy:
            arguments[name] = LazyInput(name, source, index, check)
        else:
            arguments[name] = check(_value(source, index))
    return arguments


def blocked_by(task: Task) -> str | None:
    """Why the task is not to run: the reason of the first input that a node before it blocked."""
    needed = task.needed_inputs()
    for name, source, index in task.sources:
        if source.entry is not None and (needed is None or name in needed):
            value = source.entry.values[index]
            if isinstance(value, Blocked):
                return value.reason
    return None


def check_linked(task: Task, name: str, input: InputSchema, check_choice: CheckChoice, value: Any) -> Any:
    """A value that a link brought, against the input's limits, which no type of an output can promise."""
    if value is None:
        if input.nullable or any(each == ANY or each.startswith(VARIABLE) for each in input.types):
            return None
        raise Wrong("wrong_type", input.display, "None").at(task.name, task.node.schema.type, name)
    if not isinstance(value, _JSON):
        return value
    if isinstance(value, _CONTAINERS):
        value = hand_out(value)
    if input.literal is None or any(ANY in each or VARIABLE in each for each in input.types):
        return value
    try:
        value = convert(input, value)
    except LiteralError as error:
        wrong = error.wrong
        at_link = Wrong(wrong.kind, wrong.expected, wrong.got + _origin_of(task, name), wrong.hint)
        raise at_link.at(task.name, task.node.schema.type, name) from error
    if input.choices is not None and isinstance(value, str):
        check_choice(task, name, input, value)
    return value


def own_literals(literals: Mapping[str, Any]) -> dict[str, Any]:
    """The literals as arguments; lists and objects copied, so that a node can't change the graph."""
    return {
        name: copy.deepcopy(value) if isinstance(value, _CONTAINERS) else value
        for name, value in literals.items()
    }


def _value(source: Task, index: int) -> Any:
    assert source.entry is not None  # noqa: S101 - the task waited for it
    return source.entry.values[index]


def _origin_of(task: Task, name: str) -> str:
    """What a link brought, as errors call its source: as the document does, where it has one."""
    link = task.node.links.get(name)
    if task.parent is None and link is not None:
        return f" from '{link}'"
    for input, source, index in task.sources:
        if input == name and source.name:
            return f" from '{source.name}.{source.node.outputs[index].name}'"
    return ""


def _put_body(arguments: dict[str, Any], name: str, body: Any) -> None:
    input, dot, key = name.partition(".")
    if not dot:
        arguments[input] = body
        return
    bodies = arguments.get(input)
    if not isinstance(bodies, dict):
        bodies = arguments[input] = {}
    bodies[key] = body
