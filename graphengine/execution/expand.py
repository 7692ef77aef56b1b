"""The tasks that run in the place of one: those of an expansion, or one per item of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from graphengine.authoring.blocked import Blocked
from graphengine.authoring.body import Body
from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.expansion import Expansion, Ref
from graphengine.authoring.lazy import Lazy
from graphengine.authoring.schema import ANY, OutputSchema
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError, InvalidWorkflow, NodeFailed
from graphengine.execution.child_names import ChildNames
from graphengine.execution.keys import origin_of_constant, origin_of_item, origin_of_scalar
from graphengine.execution.lazy_input import LazyInput
from graphengine.execution.task import Task
from graphengine.graph import DocumentNode, Graph, GraphNode, build_part
from graphengine.graph.document import link_text
from graphengine.nearest import did_you_mean

if TYPE_CHECKING:
    from graphengine.home import Home

OUTSIDE = "inputs"
"""What the nodes of an expansion call the values that come from outside of it."""

Place = tuple[Task, int]


class Replacement(NamedTuple):
    """The tasks to run in the place of one, and where each of its outputs comes from."""

    specs: list[Any]
    children: list[Task]


class Expander:
    """Makes the tasks of one run's expansions, and refuses when there come to be too many.

    most: nodes that a run may have.
    """

    def __init__(self, catalogue: Catalogue, home: Home, count: int, most: int) -> None:
        self._catalogue = catalogue
        self._home = home
        self._count = count
        self._most = most
        self._names = ChildNames()

    def per_item(self, task: Task) -> Replacement:
        """A task that is mapped over lists, once per item."""
        layers = task.node.mapped
        lists = {input: (source, index) for input, source, index in task.sources if input in layers}
        values = {input: _list_of(task, input, place) for input, place in lists.items()}
        count = _common_length(task, values)
        left = {input: layers[input] - 1 for input in layers if layers[input] > 1}
        node = replace(task.node, mapped=left)
        children = []
        for number in range(count):
            sources = []
            for input, source, index in task.sources:
                if input not in lists:
                    sources.append((input, source, index))
                    continue
                items = values[input]
                place = number if len(items) > 1 else 0
                origin = origin_of_item(source.origin(index), place, items[place])
                sources.append((input, Task.of_value(items[place], origin), 0))
            children.append(self._child(task, str(number), node, tuple(sources)))
        specs: list[Any] = [[(child, index) for child in children] for index in range(len(node.outputs))]
        return Replacement(specs, children)

    def passed_on(self, task: Task, values: Iterable[Any], given: Mapping[str, Any]) -> Replacement:
        """A task that returned lazy inputs in place of values."""
        outside = _Outside(task, given)
        return Replacement([outside.place(value) for value in values], [])

    def expanded(self, task: Task, expansion: Expansion, given: Mapping[str, Any]) -> Replacement:
        """A task that returned an expansion; `given` is what it was called with."""
        try:
            return self._expanded(task, expansion, given)
        except InvalidWorkflow as error:
            first = error.problems[0]
            raise NodeFailed(
                f"node '{task.name}' ({task.node.schema.type}): its expansion doesn't fit together: "
                f"{first.message}",
                kind=first.kind,
                node=task.name,
                node_type=task.node.schema.type,
                expected=first.expected,
                got=first.got,
                hint=first.hint,
            ) from error

    def _expanded(self, task: Task, expansion: Expansion, given: Mapping[str, Any]) -> Replacement:
        outside = _Outside(task, given)
        graph = self._checked(task, expansion, outside)
        places: dict[str, dict[str, Place]] = {OUTSIDE: outside.places}
        children: list[Task] = []
        for name, added in expansion.nodes.items():
            if isinstance(added.type, Body):
                inputs = {
                    input: _one_place(task, _spec(value, places, outside))
                    for input, value in added.inputs.items()
                }
                places[name] = self._body(task, name, added.type, inputs, children)
                continue
            node = graph.nodes[name]
            sources = tuple((input, *places[link.node][link.output]) for input, link in node.links.items())
            child = self._child(task, name, node, sources)
            children.append(child)
            places[name] = outputs_of(child)
        return Replacement([_spec(value, places, outside) for value in _outputs(task, expansion)], children)

    def _checked(self, task: Task, expansion: Expansion, outside: _Outside) -> Graph | Any:
        """The nodes of the expansion as a checked graph; bodies were checked with the document."""
        nodes: dict[str, DocumentNode] = {}
        bodies: dict[str, Mapping[str, OutputSchema]] = {}
        for name, added in expansion.nodes.items():
            if isinstance(added.type, Body):
                results = added.type.graph.results
                bodies[name] = {output: result.output for output, result in results.items()}
                _check_taken(task, added.type, added.inputs)
                continue
            inputs = {input: outside.written(value) for input, value in added.inputs.items()}
            nodes[name] = DocumentNode.model_construct(type=added.type, inputs=inputs)
        if not nodes:
            return None
        return build_part(nodes, self._catalogue, self._home, {OUTSIDE: outside.schemas, **bodies})

    def _body(
        self, task: Task, name: str, body: Body, inputs: Mapping[str, Place], children: list[Task]
    ) -> dict[str, Place]:
        """Add the tasks of a body; where its outputs come from."""
        graph: Graph = body.graph
        given = dict(inputs)
        for input, declared in graph.inputs.items():
            if input not in given and not declared.required:
                given[input] = (Task.of_value(declared.default, _origin_of_default(body, input, declared)), 0)
        places: dict[str, Mapping[str, Place]] = {OUTSIDE: given}
        for inner in graph.order:
            node = graph.nodes[inner]
            sources = tuple((input, *places[link.node][link.output]) for input, link in node.links.items())
            child = self._child(task, f"{name}/{inner}", node, sources)
            children.append(child)
            places[inner] = outputs_of(child)
        return {
            output: places[result.link.node][result.link.output] for output, result in graph.results.items()
        }

    def _child(
        self, parent: Task, name: str, node: GraphNode, sources: tuple[tuple[str, Task, int], ...]
    ) -> Task:
        self._count += 1
        if self._count > self._most:
            schema = parent.node.schema
            raise Wrong(
                "too_many_nodes",
                f"a run of at most {self._most:,} nodes",
                "more, with what this one expands into",
                "does an expansion grow for ever?",
            ).at(parent.name, schema.type, None)
        place = parent.place[0], self._count
        child = Task(self._names.name(parent.scope, name), node, sources, parent, place)
        if node.schema.type == parent.node.schema.type:
            child.scope = parent.scope  # one that goes on by itself, turn after turn, goes no deeper
        child.forced = parent.forced
        child.rank = parent.rank
        return child


class _Outside:
    """The values that an expansion takes from around it."""

    def __init__(self, task: Task, given: Mapping[str, Any]) -> None:
        self._task = task
        self._given = given  # keeps the objects alive, and so their identity
        self._known: dict[int, Place] = {
            id(given[input]): (source, index)
            for input, source, index in task.sources
            if input in given and not _is_scalar(given[input])
        }
        self._made = 0
        self.places: dict[str, Place] = {}
        self.schemas: dict[str, OutputSchema] = {}

    def place(self, value: Any) -> Place:
        """The task and the number of the output that give the value."""
        if isinstance(value, LazyInput):
            return value.source, value.index
        if isinstance(value, Lazy):
            value = value.get()
        known = self._known.get(id(value))
        if known is not None:
            return known
        if _is_scalar(value):
            return Task.of_value(value, origin_of_scalar(value)), 0
        self._made += 1
        return Task.of_value(value, origin_of_constant(self._task.key or b"", self._made)), 0

    def written(self, value: Any) -> Any:
        """The value as a document holds it: a link, a literal, or a body."""
        if isinstance(value, Ref):
            return {"from": f"{value.node}.{value.output}"}
        if isinstance(value, Body) or _holds_bodies(value):
            return value
        if not isinstance(value, Lazy) and id(value) not in self._known and _is_json(value):
            return value
        place = self.place(value)
        name = str(len(self.places))
        self.places[name] = place
        self.schemas[name] = _schema_of(place, name)
        return {"from": f"{OUTSIDE}.{name}"}


def outputs_of(task: Task) -> dict[str, Place]:
    """The outputs of a task by name."""
    return {output.name: (task, index) for index, output in enumerate(task.node.outputs)}


def _outputs(task: Task, expansion: Expansion) -> list[Any]:
    """What the expansion gives, in the order of the node's outputs."""
    names = [output.name for output in task.node.outputs]
    outputs = expansion.outputs
    if outputs is None and not names:
        return []
    if outputs is not None and outputs.keys() == {""} and len(names) == 1:
        return [outputs[""]]
    if outputs is None or outputs.keys() != set(names):
        expected = "give(" + ", ".join(f"{name}=..." for name in names) + ")"
        got = "no give(...)" if outputs is None else "give(" + ", ".join(outputs) + ")"
        raise Wrong("wrong_result", f"an expansion that ends with {expected}", got).at(
            task.name, task.node.schema.type, None
        )
    return [outputs[name] for name in names]


def _spec(value: Any, places: Mapping[str, Mapping[str, Place]], outside: _Outside) -> Any:
    if isinstance(value, list) and any(isinstance(item, Ref | Lazy) for item in value):
        return [_spec(item, places, outside) for item in value]
    if not isinstance(value, Ref):
        return outside.place(value)
    node = places.get(value.node)
    if node is None or value.output not in node:
        known = list(node or ())
        hint = did_you_mean(value.output, known)
        raise InvalidWorkflow(
            [Wrong("link_to_nowhere", one_of(known), f"'{value.output}'", hint).at(value.node, None, None)]
        )
    return node[value.output]


def _one_place(task: Task, spec: Any) -> Place:
    if isinstance(spec, list):
        raise Wrong(
            "wrong_type", "one value for each input of a body", "a list of outputs", "add a make_list node"
        ).at(task.name, task.node.schema.type, None)
    place: Place = spec
    return place


def _check_taken(task: Task, body: Body, inputs: Mapping[str, Any]) -> None:
    schema = task.node.schema
    for input in inputs:
        if input not in body.inputs:
            hint = did_you_mean(input, body.inputs)
            raise Wrong("unknown_input", f"an input of the body '{body.name}'", f"'{input}'", hint).at(
                task.name, schema.type, None
            )
    for input in body.required:
        if input not in inputs:
            raise Wrong("missing_input", f"a value for '{input}' of the body '{body.name}'", "nothing").at(
                task.name, schema.type, None
            )


def _list_of(task: Task, input: str, place: Place) -> list[Any]:
    source, index = place
    assert source.entry is not None  # noqa: S101 - the task waited for it
    value = source.entry.values[index]
    if isinstance(value, list | tuple):
        return list(value)
    raise Wrong("wrong_type", "a list", f"{type(value).__name__} from '{source.name}'").at(
        task.name, task.node.schema.type, input
    )


def _common_length(task: Task, values: Mapping[str, list[Any]]) -> int:
    """How often the task runs; a list of one item goes with every item of the others."""
    lengths = {input: len(items) for input, items in values.items() if len(items) != 1}
    if not lengths:
        return 1
    if len(set(lengths.values())) > 1:
        got = ", ".join(f"{length} in '{input}'" for input, length in lengths.items())
        raise GraphEngineError(
            f"node '{task.name}' ({task.node.schema.type}): expected lists of one length, got {got}",
            kind="list_length",
            node=task.name,
            node_type=task.node.schema.type,
            expected="lists of one length",
            got=got,
        )
    return next(iter(lengths.values()))


def _schema_of(place: Place, name: str) -> OutputSchema:
    task, index = place
    output = task.node.outputs[index]
    if not task.constant:
        return output
    assert task.entry is not None  # noqa: S101 - constants keep their value
    value = task.entry.values[0]
    if isinstance(value, list | tuple | dict | Blocked):
        return OutputSchema(name, (ANY,))
    kinds = [kind.__name__ for kind in type(value).__mro__[:-1]]
    return OutputSchema(name, (kinds[0],), {kinds[0]: tuple(kinds[1:])} if kinds[1:] else {})


def _origin_of_default(body: Body, input: str, declared: Any) -> Any:
    if _is_scalar(declared.default):
        return origin_of_scalar(declared.default)
    return origin_of_scalar(json.dumps(declared.default, sort_keys=True))


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _holds_bodies(value: Any) -> bool:
    return isinstance(value, dict) and any(isinstance(each, Body) for each in value.values())


def _is_json(value: Any) -> bool:
    if _is_scalar(value):
        return True
    if not isinstance(value, list | dict) or link_text(value) is not None:
        return False
    try:
        json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True
