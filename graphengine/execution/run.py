"""One run of one plan, node after node."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact
from graphengine.authoring.context import Context
from graphengine.authoring.wrong import not_a_choice
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow
from graphengine.events import (
    Cached,
    CancelledRun,
    Failed,
    Finished,
    Listener,
    Output,
    Queued,
    Started,
    State,
)
from graphengine.execution.cache import Entry
from graphengine.execution.call import call, check_linked, own_literals
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.hooks import fingerprint, problems_of
from graphengine.execution.keys import keys
from graphengine.execution.plan import Plan
from graphengine.execution.result import RunResult
from graphengine.execution.stream import EventStream
from graphengine.graph import GraphNode
from graphengine.graph.collector import collector_paused
from graphengine.provenance import PictureSaver

if TYPE_CHECKING:
    from graphengine.execution.engine import Engine


class Run:
    """The state of one run; used once."""

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        listener: Listener | None,
        cancel: CancelToken,
        services: Mapping[type, Any],
    ) -> None:
        self._engine = engine
        self._plan = plan
        self._nodes = plan.graph.nodes
        self._cancel = cancel
        self._services = services
        self._stream = EventStream(listener)
        self._workflow: dict[str, Any] | None = None
        self._entries: dict[str, Entry] = {}  # results at hand: from the cache, or made and still to be read
        self._readers: Counter[str] = Counter()
        self._artifacts: list[Artifact] = []
        self._executed = 0
        self._cached = 0
        self._current: str | None = None

    def go(self) -> RunResult:
        """Run to the end, to the first error, or until cancelled."""
        began = time.perf_counter()
        state: State = "failed"
        error: GraphEngineError | None = None
        try:
            self._stream.emit(Queued(self._plan.order))
            self._run_all()
            state = "succeeded"
        except (Cancelled, KeyboardInterrupt):
            state = "cancelled"
            self._stream.emit(CancelledRun(self._current))
        except GraphEngineError as raised:
            error = raised
            self._stream.emit(Failed(raised))
        seconds = time.perf_counter() - began
        artifacts = tuple(self._artifacts)
        self._stream.emit(Finished(state, self._executed, self._cached, seconds, artifacts, error))
        values = self._wanted_values() if state == "succeeded" else {}
        return RunResult(
            state, self._executed, self._cached, seconds, artifacts, values, error, self._stream.error
        )

    def _run_all(self) -> None:
        engine, plan = self._engine, self._plan
        problems = problems_of(plan, engine.catalogue, self._context)
        if problems:
            raise InvalidWorkflow(problems)
        saver = self._services.get(PictureSaver)
        with collector_paused():
            found = keys(
                plan,
                lambda node: fingerprint(node, engine.catalogue, self._context),
                output_place=saver.place if saver else "",
            )
            to_run = self._look_up(found)
        for name in plan.order:
            if self._cancel.is_cancelled():
                raise Cancelled
            if name in to_run:
                self._current = name
                self._execute(self._nodes[name], found[name])
                self._current = None
            else:
                self._replay(name)

    def _look_up(self, found: Mapping[str, bytes]) -> set[str]:
        """From the wanted nodes backwards: what must run, as neither its result nor a later one is known."""
        cache = self._engine.cache
        to_run: set[str] = set()
        seen = set(self._plan.wanted)
        stack = list(self._plan.wanted)
        while stack:
            name = stack.pop()
            entry = cache.get(found[name])
            if entry is not None and self._nodes[name].schema.output and not entry.replayable():
                cache.drop(found[name])
                entry = None
            if entry is not None:
                self._entries[name] = entry
                continue
            to_run.add(name)
            for link in self._nodes[name].links.values():
                self._readers[link.node] += 1
                if link.node not in seen:
                    seen.add(link.node)
                    stack.append(link.node)
        for name in self._plan.wanted:
            self._readers[name] += 1  # the result's reader is whoever asked for it
        return to_run

    def _replay(self, name: str) -> None:
        self._cached += 1
        self._stream.emit(Cached(name))
        entry = self._entries.get(name)
        for artifact in entry.artifacts if entry else ():
            self._artifacts.append(artifact)
            self._stream.emit(Output(name, artifact))

    def _execute(self, node: GraphNode, key: bytes) -> None:
        self._stream.emit(Started(node.name))
        try:
            function, context_name = self._engine.function(node.schema.type)
        except GraphEngineError as error:
            error.locate(node.name, node.schema.type)
            raise
        arguments = own_literals(node.literals)
        known = node.schema.inputs_by_name
        for name, link in node.links.items():
            source = self._nodes[link.node].schema
            value = self._entries[link.node].values[source.output_index[link.output]]
            arguments[name] = value = check_linked(node, known[name], value)
            if known[name].choices is not None and isinstance(value, str):
                self._check_choice(node, name, value)
        context = None
        if context_name is not None:
            context = arguments[context_name] = self._context(node.name)
        try:
            values = call(node, function, arguments)
        finally:
            if context is not None:
                self._artifacts += context.artifacts
        entry = Entry.of(values, context.artifacts if context is not None else ())
        self._executed += 1
        self._engine.cache.put(key, entry)
        if self._readers[node.name]:
            self._entries[node.name] = entry
        for link in node.links.values():
            self._readers[link.node] -= 1
            if not self._readers[link.node]:
                self._entries.pop(link.node, None)

    def _check_choice(self, node: GraphNode, name: str, value: str) -> None:
        options, hint = self._engine.catalogue.options(node.schema.inputs_by_name[name], self._engine.home)
        if value not in options:
            raise not_a_choice(value, options, hint).at(node.name, node.schema.type, name)

    def _context(self, name: str) -> Context:
        if self._workflow is None:
            self._workflow = self._plan.graph.document.to_dict()
        return Context(
            node=name,
            home=self._engine.home,
            services=self._services,
            emit=self._stream.emit,
            is_cancelled=self._cancel.is_cancelled,
            workflow=self._workflow,
        )

    def _wanted_values(self) -> dict[str, dict[str, Any]]:
        found = {}
        for name in self._plan.wanted:
            outputs = self._nodes[name].schema.outputs
            found[name] = dict(
                zip((output.name for output in outputs), self._entries[name].values, strict=True)
            )
        return found
