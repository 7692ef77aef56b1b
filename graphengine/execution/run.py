"""One run of one plan: the thread that calls it plans, and hands work to the lanes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact
from graphengine.authoring.blocked import Blocked
from graphengine.authoring.expansion import Expansion
from graphengine.authoring.lazy import Lazy
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow
from graphengine.events import CancelledRun, Failed, Finished, Listener, Queued, State
from graphengine.execution.arguments import blocked_by
from graphengine.execution.cache import Entry, Origin
from graphengine.execution.calls import Calls
from graphengine.execution.cancellation import CancelToken
from graphengine.execution.demand import Demand
from graphengine.execution.expand import Expander, Replacement
from graphengine.execution.hooks import fingerprint, problems_of, problems_of_node
from graphengine.execution.keys import Keys
from graphengine.execution.lanes import ASYNC, capacity, seconds_again
from graphengine.execution.limits import Limits
from graphengine.execution.outcome import Outcome
from graphengine.execution.plan import Plan
from graphengine.execution.ready import QUICK, Ready
from graphengine.execution.result import RunResult
from graphengine.execution.stream import EventStream
from graphengine.execution.task import Phase, Task
from graphengine.execution.tasks import forced_by, rank_tasks, tasks_of
from graphengine.execution.telling import Telling
from graphengine.execution.time_limit import run_time_limit
from graphengine.graph.collector import collector_paused, collector_sparing_what_is_there
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
        limits: Limits,
        rerun: Iterable[str] = (),
        retry: RunResult | None = None,
    ) -> None:
        self._engine = engine
        self._plan = plan
        self._cancel = cancel
        self._limits = limits
        self._rerun = frozenset(rerun)
        self._stream = EventStream(listener)
        self._telling = Telling(self._stream, self._handed_out_again, engine.cache.peek)
        self._calls = Calls(engine, plan, services, self._stream.emit, cancel, limits.node_seconds)
        self._saver: PictureSaver | None = services.get(PictureSaver)
        self._fingerprints = dict(retry.fingerprints) if retry else {}
        self._tasks: dict[str, Task] = {}
        self._ready = Ready(engine.timings)
        self._running: dict[Task, Future[Any]] = {}
        self._in_lane: Counter[str] = Counter()
        self._ended: SimpleQueue[Outcome | None] = SimpleQueue()
        self._failed_at: str | None = None
        self._deadline = None if limits.run_seconds is None else time.monotonic() + limits.run_seconds
        self._demand: Demand
        self._expander: Expander

    def go(self) -> RunResult:
        """Run to the end, to the first error, or until cancelled."""
        began = time.perf_counter()
        state: State = "failed"
        error: GraphEngineError | None = None
        self._engine.cache.run_began()
        try:
            self._stream.emit(Queued(self._plan.order))
            with self._cancel.waking(lambda: self._ended.put(None)):
                self._begin()
                with collector_sparing_what_is_there():
                    self._work_off()
            state = "succeeded"
        except (Cancelled, KeyboardInterrupt) as raised:
            state = "cancelled"
            at = next((task.name for task in self._running), None)
            self._wind_down()
            self._stream.emit(CancelledRun(getattr(raised, "node", None) or at))
        except GraphEngineError as raised:
            error = raised
            self._wind_down()
            self._stream.emit(Failed(raised))
        except BaseException:
            self._wind_down()
            raise
        finally:
            self._engine.cache.run_ended()
        seconds = time.perf_counter() - began
        told = self._telling
        artifacts = told.artifacts
        self._stream.emit(
            Finished(state, told.executions, told.cached, seconds, artifacts, error, told.skipped)
        )
        return RunResult(
            state,
            told.executions,
            told.cached,
            seconds,
            artifacts,
            self._wanted_values() if state == "succeeded" else {},
            error,
            self._stream.error,
            skipped=told.skipped,
            plan=self._plan,
            keys={name: task.key for name, task in self._tasks.items() if task.key is not None},
            seconds_of=told.executed,
            fingerprints=self._fingerprints,
            failed_at=self._failed_at,
        )

    # Beginning

    def _begin(self) -> None:
        engine, plan = self._engine, self._plan
        problems = problems_of(plan, engine.catalogue, self._calls.hook_context)
        if problems:
            raise InvalidWorkflow(problems)
        with collector_paused():
            self._tasks = tasks_of(plan)
            self._expander = Expander(engine.catalogue, engine.home, len(self._tasks), engine.most_nodes)
            self._demand = Demand(
                engine.cache,
                Keys(self._saver.place if self._saver else ""),
                fingerprint=self._fingerprint,
                ready=self._ready.push,
                found=self._telling.found,
                assembled=self._telling.done,
            )
            forced_by(self._tasks, self._rerun)
            rank_tasks(self._tasks, engine.timings)
            self._demand.add(self._tasks.values())
            for name in plan.wanted:
                self._tasks[name].uses += 1  # the result's reader is whoever asked for it
            for name in plan.wanted:
                self._demand.want(self._tasks[name])
        self._telling.planned(self._tasks.values())

    def _fingerprint(self, task: Task) -> str:
        known = self._fingerprints.get(task.name)
        if known is None:
            known = self._fingerprints[task.name] = fingerprint(
                task.name, task.node, self._engine.catalogue, self._calls.hook_context
            )
        return known

    # Working it off

    def _work_off(self) -> None:
        """Start what can run, and take in what ended, until all that was wanted is there."""
        wanted = [self._tasks[name] for name in self._plan.wanted]
        while True:
            self._check_time()
            while not self._ended.empty():
                self._take_in(self._ended.get())
            self._fill_lanes()
            task = self._ready.pop(QUICK)
            if task is not None:
                self._start(task, None)
            elif self._running:
                self._await_one()
            elif self._ended.empty() and not self._ready.lanes():
                break
        unfinished = [task for task in wanted if task.phase is not Phase.DONE]
        if unfinished:
            raise GraphEngineError(f"nothing can run, and yet {unfinished} are not done", kind="defect")
        self._telling.finished(self._tasks.values())

    def _fill_lanes(self) -> None:
        for lane in self._ready.lanes():
            while self._in_lane[lane] < capacity(lane):
                task = self._ready.pop(lane)
                if task is None:
                    break
                self._start(task, lane)

    def _await_one(self) -> None:
        wait = None if self._deadline is None else max(0.0, self._deadline - time.monotonic())
        try:
            self._take_in(self._ended.get(timeout=wait))
        except Empty:
            self._check_time()

    def _check_time(self) -> None:
        if self._cancel.is_cancelled():
            raise Cancelled
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise run_time_limit(self._limits.run_seconds or 0.0)

    def _start(self, task: Task, lane: str | None) -> None:
        """Begin a task in a lane, or here for None."""
        reason = blocked_by(task)
        if reason is not None:
            self._skip(task, reason)
            return
        if task.node.mapped:
            self._replace(task, self._expander.per_item(task))
            return
        task.phase = Phase.RUNNING
        self._telling.started(task)
        try:
            work = self._calls.call(task)
        except GraphEngineError:
            self._failed_at = task.name
            raise
        if lane is None:
            self._take_in(work.do())
            return
        self._in_lane[lane] += 1
        work.lane = lane
        if lane == ASYNC:
            self._running[task] = self._engine.lanes.submit_async(work.do_async(self._ended.put))
        else:
            self._running[task] = self._engine.lanes.submit(lane, lambda: self._ended.put(work.do()))

    # Taking in what ended

    def _take_in(self, outcome: Outcome | None) -> None:
        if outcome is None:  # the token's wake-up
            return
        task = outcome.task
        if self._running.pop(task, None) is not None:
            self._in_lane[outcome.lane] -= 1
        task.seconds += outcome.seconds
        self._telling.handed_out(task, outcome.artifacts)
        if outcome.needed is not None:
            self._demand.needs(task, outcome.needed)
            return
        if outcome.blocked is not None:
            self._skip(task, outcome.blocked)
            return
        if outcome.error is not None:
            if outcome.damaged is not None and outcome.damaged.key is not None:
                self._engine.cache.drop(outcome.damaged.key)
            if not isinstance(outcome.error, Cancelled):
                self._failed_at = task.name
            raise outcome.error
        self._telling.ended(task)
        self._engine.timings.learn(task.node.schema.type, outcome.seconds)
        values = outcome.values
        if isinstance(values, Expansion):
            self._replace(task, self._expander.expanded(task, values, outcome.given))
        elif task.lazy and any(isinstance(value, Lazy) for value in values):
            self._replace(task, self._expander.passed_on(task, values, outcome.given))
        else:
            self._made(task, values, outcome)

    def _made(self, task: Task, values: tuple[Any, ...], outcome: Outcome) -> None:
        origins = self._origins_of_asked(task, outcome.asked) if task.lazy else None
        seconds = seconds_again(task.node.schema.lane, task.seconds)
        entry = Entry.of(values, outcome.artifacts, seconds, origins)
        self._engine.timings.learn_size(task.node.schema.type, entry.size)
        if task.key is not None:
            self._engine.cache.put(task.key, entry)
        self._telling.done(task, entry)
        self._demand.made(task, entry)

    def _origins_of_asked(self, task: Task, asked: frozenset[str]) -> tuple[Origin, ...]:
        """Addresses that don't depend on the lazy inputs which the node never asked for."""
        needed = task.needed_inputs() or ()
        key = self._demand.keys.key(
            task.node,
            [
                (input, source.origin(index))
                for input, source, index in task.sources
                if (input in needed or input in asked) and source.settled
            ],
            self._fingerprints.get(task.name),
        )
        return tuple(Origin(key, index) for index in range(len(task.node.outputs)))

    def _replace(self, task: Task, replacement: Replacement) -> None:
        specs, children = replacement
        problems = [
            problem
            for child in children
            if child.node.schema.validated
            for problem in problems_of_node(
                child.name, child.node, self._engine.catalogue, self._calls.hook_context
            )
        ]
        if problems:
            raise problems[0]
        if children:
            self._telling.expanded(task, children)
        with collector_paused():
            self._demand.add(children)
            self._demand.replaced(task, specs, children)

    def _skip(self, task: Task, reason: str) -> None:
        self._telling.skipped_for(task, reason)
        self._demand.made(task, Entry.of((Blocked(reason),) * len(task.node.outputs)))

    def _wind_down(self) -> None:
        """Ask the nodes at work to stop, wait until they have, and keep what they finished all the same."""
        self._calls.stop.set()
        for task, future in tuple(self._running.items()):
            if future.cancel():
                del self._running[task]  # it hadn't begun, or is async and ends at once
        while self._running:
            outcome = self._ended.get()
            if outcome is None or self._running.pop(outcome.task, None) is None:
                continue
            self._telling.handed_out(outcome.task, outcome.artifacts)
            if outcome.finished and not outcome.task.lazy and outcome.task.key is not None:
                entry = Entry.of(outcome.values, outcome.artifacts, outcome.task.seconds + outcome.seconds)
                self._engine.cache.put(outcome.task.key, entry)
                self._telling.ended(outcome.task)

    def _handed_out_again(self, artifact: Artifact) -> Artifact:
        """What an earlier run handed out, with the document of this one in it where that can be."""
        if self._saver is None or artifact.path is None:
            return artifact
        return replace(artifact, path=self._saver.again(artifact.path, self._calls.workflow))

    def _wanted_values(self) -> dict[str, dict[str, Any]]:
        found = {}
        for name in self._plan.wanted:
            task = self._tasks[name]
            values = task.entry.values if task.entry else ()
            found[name] = {
                output.name: value for output, value in zip(task.node.outputs, values, strict=False)
            }
        return found
