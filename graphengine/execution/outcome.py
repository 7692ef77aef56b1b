"""The call of one node, made in whatever lane, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.authoring.context import Context
from graphengine.authoring.expansion import Expansion
from graphengine.authoring.lazy import InputNeeded
from graphengine.errors import Cancelled, GraphEngineError, NodeFailed
from graphengine.execution.cache import Seal, freeze, needs_seal
from graphengine.execution.call import call, call_async, failure
from graphengine.execution.lazy_input import InputBlocked, LazyInput
from graphengine.execution.prepared import Prepared
from graphengine.execution.task import Task
from graphengine.execution.time_limit import node_time_limit


@dataclass(eq=False)
class Outcome:
    """What came of one call: values or an expansion, a lazy input that is needed, a blocked one, or an error.

    given: what the node was called with. asked: the lazy inputs that it asked for. damaged: the task whose
    values the node wrote into.
    """

    task: Task
    lane: str
    seconds: float = 0.0
    values: Any = None
    finished: bool = False
    needed: Task | None = None
    blocked: str | None = None
    error: GraphEngineError | None = None
    damaged: Task | None = None
    artifacts: tuple[Artifact, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()


class Work:
    """One call of a task's node.

    limit: seconds that an async node may take; others look at their context.
    verify: find out by hashes, rather than cheaply, whether the node wrote into an input.
    """

    def __init__(
        self,
        task: Task,
        prepared: Prepared,
        arguments: dict[str, Any],
        context: Context | None,
        limit: float | None,
        verify: bool,
    ) -> None:
        self.lane = ""
        self._task = task
        self._prepared = prepared
        self._arguments = arguments
        self._context = context
        self._limit = limit
        self._seals = [
            (name, source, Seal.of(arguments[name], by_hash=verify))
            for name, source, _ in task.sources
            if needs_seal(arguments[name])
        ]

    def do(self) -> Outcome:
        """Call the node here."""
        task = self._task
        began = time.perf_counter()
        try:
            values = call(task.name, task.node, self._prepared, dict(self._arguments))
        except BaseException as raised:  # noqa: BLE001 - told as an outcome
            return self._raised(raised, began)
        return self._returned(values, began)

    async def do_async(self, tell: Callable[[Outcome], None]) -> None:
        """Call the async node, and tell what came of it."""
        task = self._task
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self._limit):
                values = await call_async(task.name, task.node, self._prepared, dict(self._arguments))
        except TimeoutError:
            tell(self._outcome(began, error=node_time_limit(task, self._limit or 0.0)))
        except BaseException as raised:  # noqa: BLE001
            tell(self._raised(raised, began))
        else:
            tell(self._returned(values, began))

    def _returned(self, values: tuple[Any, ...] | Expansion, began: float) -> Outcome:
        for name, source, seal in self._seals:
            if not seal.intact():
                return self._outcome(began, error=_wrote_into(self._task, name), damaged=source)
        if isinstance(values, tuple):
            freeze(values)
        return self._outcome(began, values=values, finished=isinstance(values, tuple))

    def _raised(self, raised: BaseException, began: float) -> Outcome:
        if isinstance(raised, InputNeeded):
            asked: LazyInput = raised.args[0]
            return self._outcome(began, needed=asked.source)
        if isinstance(raised, InputBlocked):
            return self._outcome(began, blocked=raised.args[0])
        if isinstance(raised, GraphEngineError):
            return self._outcome(began, error=raised)
        if isinstance(raised, KeyboardInterrupt | asyncio.CancelledError):
            return self._outcome(began, error=Cancelled(node=self._task.name))
        return self._outcome(began, error=failure(self._task.name, self._task.node, raised))

    def _outcome(self, began: float, **facts: Any) -> Outcome:
        lazy = self._arguments.values() if self._task.lazy else ()
        return Outcome(
            self._task,
            self.lane,
            time.perf_counter() - began,
            artifacts=self._context.artifacts if self._context is not None else (),
            given=self._arguments,
            asked=frozenset(each.name for each in lazy if isinstance(each, LazyInput) and each.asked),
            **facts,
        )


def _wrote_into(task: Task, input: str) -> NodeFailed:
    type = task.node.schema.type
    hint = "copy it first"
    return NodeFailed(
        f"node '{task.name}' ({type}), input '{input}': the node wrote into its input; {hint}",
        kind="wrote_into_input",
        node=task.name,
        node_type=type,
        input=input,
        expected="an input that stays as it came",
        got="one that was written into",
        hint=hint,
    )
