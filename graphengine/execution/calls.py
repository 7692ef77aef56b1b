"""Making the calls of one run's nodes: code, arguments, context."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graphengine.authoring.context import Context
from graphengine.authoring.schema import InputSchema
from graphengine.authoring.wrong import not_a_choice
from graphengine.errors import GraphEngineError
from graphengine.events import Event
from graphengine.execution.arguments import arguments_of
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.outcome import Work
from graphengine.execution.plan import Plan
from graphengine.execution.task import Task
from graphengine.execution.time_limit import node_time_limit
from graphengine.nearest import nearest

if TYPE_CHECKING:
    from graphengine.execution.engine import Engine


class Calls:
    """Knows all that the nodes of one run share.

    stop: set when the run comes to an early end; nodes at work then stop.
    node_seconds: how long a node may take.
    """

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        services: Mapping[type, Any],
        emit: Callable[[Event], None],
        cancel: CancelToken,
        node_seconds: float | None,
    ) -> None:
        self.stop = threading.Event()
        self._engine = engine
        self._plan = plan
        self._services = services
        self._emit = emit
        self._cancel = cancel
        self._node_seconds = node_seconds
        self._workflow: dict[str, Any] | None = None

    @property
    def workflow(self) -> dict[str, Any]:
        """The JSON of the document that is being run."""
        if self._workflow is None:
            self._workflow = self._plan.graph.document.to_dict()
        return self._workflow

    def call(self, task: Task) -> Work:
        """The call of a task's node, with all that it takes; raises where a value doesn't fit its input."""
        limit = self._node_seconds
        try:
            prepared = self._engine.prepared(task.node.schema.type)
            arguments = arguments_of(task, prepared, self._check_choice)
        except GraphEngineError as error:
            error.locate(task.name, task.node.schema.type)
            raise
        context = None
        if prepared.context is not None:
            deadline = None if limit is None else time.monotonic() + limit
            context = self._context(task.name, lambda: self._stops(task, deadline))
            arguments[prepared.context] = context
        return Work(task, prepared, arguments, context, limit, self._engine.verify)

    def hook_context(self, name: str) -> Context:
        """The context of a node's hooks."""
        return self._context(name, self._stopped)

    def _context(self, name: str, is_cancelled: Callable[[], bool]) -> Context:
        return Context(
            node=name,
            home=self._engine.home,
            services=self._services,
            emit=self._emit,
            is_cancelled=is_cancelled,
            workflow=self.workflow,
        )

    def _stopped(self) -> bool:
        return self.stop.is_set() or self._cancel.is_cancelled()

    def _stops(self, task: Task, deadline: float | None) -> bool:
        """What a node's context asks; raises where the node's own time is over."""
        if self._stopped():
            return True
        if deadline is not None and time.monotonic() > deadline:
            raise node_time_limit(task, self._node_seconds or 0.0)
        return False

    def _check_choice(self, task: Task, name: str, input: InputSchema, value: str) -> None:
        options, hint = self._engine.catalogue.options(input, self._engine.home)
        if value not in options:
            raise not_a_choice(value, options, nearest(value, options), hint).at(
                task.name, task.node.schema.type, name
            )
