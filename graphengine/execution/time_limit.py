"""What is told when the time is over."""

from __future__ import annotations

from graphengine.errors import GraphEngineError
from graphengine.execution.task import Task


def run_time_limit(seconds: float) -> GraphEngineError:
    """The error of a run that took too long."""
    return GraphEngineError(
        f"the run took longer than its limit of {seconds:g} s; what was finished is kept",
        kind="time_limit",
        expected=f"at most {seconds:g} s",
        hint="run it again to go on, or with a higher limit",
    )


def node_time_limit(task: Task, seconds: float) -> GraphEngineError:
    """The error of a node that took too long."""
    type = task.node.schema.type
    return GraphEngineError(
        f"node '{task.name}' ({type}): took longer than the limit of {seconds:g} s for a node",
        kind="time_limit",
        node=task.name,
        node_type=type,
        expected=f"at most {seconds:g} s",
        hint="run it again with a higher limit",
    )
