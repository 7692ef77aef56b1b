"""The tasks of a plan, before anything is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graphengine.errors import GraphEngineError
from graphengine.execution.plan import Plan
from graphengine.execution.task import Task
from graphengine.execution.timings import Timings
from graphengine.graph import GraphNode
from graphengine.nearest import did_you_mean


def tasks_of(plan: Plan) -> dict[str, Task]:
    """A task per node of the plan, in its order."""
    tasks: dict[str, Task] = {}
    for number, name in enumerate(plan.order):
        node = plan.graph.nodes[name]
        sources = tuple(
            [
                (input, source := tasks[link.node], output_number(source.node, link.output))
                for input, link in node.links.items()
            ]
        )
        tasks[name] = Task(name, node, sources, place=(number, 0))
    return tasks


def output_number(node: GraphNode, output: str) -> int:
    """The place of an output among those of a node, which for one with a body are the body's."""
    number = node.schema.output_index.get(output)
    if number is not None:
        return number
    return next(index for index, each in enumerate(node.outputs) if each.name == output)


def forced_by(tasks: Mapping[str, Task], names: Collection[str]) -> None:
    """Mark the tasks that run although they are cached: those named, and what follows from them."""
    for name in names:
        if name not in tasks:
            hint = did_you_mean(name, tasks)
            expected = "a node that this run needs"
            raise GraphEngineError(
                f"rerun: expected {expected}, got '{name}'" + (f"; {hint}" if hint else ""),
                kind="unknown_node",
                expected=expected,
                got=f"'{name}'",
                hint=hint,
            )
    if names:
        for task in tasks.values():
            task.forced = task.name in names or any(source.forced for _, source, _ in task.sources)


def rank_tasks(tasks: Mapping[str, Task], timings: Timings) -> None:
    """Rank each task by the seconds of the longest way from it to an end, its own included."""
    for task in reversed(tuple(tasks.values())):
        rank = task.rank = task.rank + timings.seconds(task.node.schema.type)
        for _, source, _ in task.sources:
            if source.rank < rank:
                source.rank = rank
