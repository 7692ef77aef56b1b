"""What must run for what is wanted, found backwards from there as keys and values become known.

A task is asked for its values (`want`), or only for the content addresses of its outputs (`resolve`), which a
reader needs for its own key: so a cached reader is recognised before anything that only it reads has run.
Everything goes through one list of work: nothing recurses, however deep the graph or its expansions are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graphengine.authoring.blocked import Blocked
from graphengine.execution.cache import Cache, Entry, Origin
from graphengine.execution.keys import Keys, origin_of_list
from graphengine.execution.task import Phase, Task


class Demand:
    """The state of what is wanted in one run.

    fingerprint: what the hook of a task's node says. ready: told of each task that can run now.
    found: told of each task that needn't run, since its values were known or are made by another.
    assembled: told of each task whose values are there, now that all that ran in its place has ended.
    """

    def __init__(
        self,
        cache: Cache,
        keys: Keys,
        *,
        fingerprint: Callable[[Task], str],
        ready: Callable[[Task], None],
        found: Callable[[Task], None],
        assembled: Callable[[Task, Entry], None],
    ) -> None:
        self._cache = cache
        self.keys = keys
        self._fingerprint = fingerprint
        self._ready = ready
        self._found = found
        self._assembled = assembled
        self._making: dict[bytes, Task] = {}
        self._work: list[tuple[Callable[[Task], None], Task]] = []

    def add(self, tasks: Iterable[Task]) -> None:
        """Take in new tasks, each after those that it reads: their keys, as far as these are known."""
        for task in tasks:
            unsettled = 0
            for _, source, _ in task.sources:
                if not source.settled:
                    unsettled += 1
                    _follow(source, task)
            if unsettled:
                task.unsettled = unsettled
            else:
                self._know_key(task)

    def want(self, task: Task) -> None:
        """Ask for the values of a task."""
        self._work.append((self._want, task))
        self._drain()

    def made(self, task: Task, entry: Entry) -> None:
        """A task ran, and these are its values."""
        self._making.pop(task.key or b"", None)
        self._finish(task, entry)
        self._drain()

    def needs(self, task: Task, source: Task) -> None:
        """A task that was called asks for a lazy input."""
        if source.phase is Phase.DONE:
            self._be_ready(task)
            return
        task.phase = Phase.INPUTS
        task.waiting = 1
        _read(source, task)
        self._work.append((self._want, source))
        self._drain()

    def replaced(self, task: Task, specs: list[Any], children: list[Task]) -> None:
        """Others run in the place of a task; `specs` says where its outputs come from."""
        self._making.pop(task.key or b"", None)
        task.phase = Phase.OUTPUTS
        task.specs = specs
        task.children = children
        unsettled = 0
        for target in dict.fromkeys(_targets(specs)):
            if not target.settled:
                unsettled += 1
                _follow(target, task)
                if not task.wanted:
                    self._work.append((self._resolve, target))
        task.unsettled = unsettled
        if not unsettled:
            self._know_origins(task)
        if task.wanted:
            self._work.append((self._want_outputs, task))
        self._drain()

    def _drain(self) -> None:
        work = self._work
        while work:
            step, task = work.pop()
            step(task)

    # The key of a task, and the content addresses of its outputs

    def _know_key(self, task: Task) -> None:
        node = task.node
        task.key = self.keys.key(
            node,
            [(input, source.origin(index)) for input, source, index in task.sources],
            self._fingerprint(task) if node.schema.fingerprinted else None,
        )
        task.phase = Phase.KEYED
        if not task.dynamic:
            task.settled = True
            return
        entry = None if task.forced or node.output else self._cache.get(task.key)
        if entry is not None:
            task.entry = entry
            task.origins = entry.origins
            task.settled = True

    def _know_origins(self, task: Task) -> None:
        task.origins = tuple(_origin(spec) for spec in task.specs or ())
        task.settled = True
        self._work.append((self._tell_followers, task))

    def _tell_followers(self, task: Task) -> None:
        followers, task.followers = task.followers, None
        for follower in followers or ():
            follower.unsettled -= 1
            if follower.unsettled:
                continue
            if follower.phase is Phase.OUTPUTS:
                self._know_origins(follower)
                continue
            self._know_key(follower)
            if follower.settled:
                self._work.append((self._tell_followers, follower))
            if follower.wanted or (follower.resolve and not follower.settled):
                self._work.append((self._look_up, follower))

    def _resolve(self, task: Task) -> None:
        if task.settled or task.resolve:
            return
        task.resolve = True
        if task.phase is Phase.KEY:
            for _, source, _ in task.sources:
                self._work.append((self._resolve, source))
        elif task.phase is Phase.KEYED:
            self._work.append((self._look_up, task))
        elif task.phase is Phase.OUTPUTS:
            for target in _targets(task.specs or []):
                self._work.append((self._resolve, target))

    # The values of a task

    def _want(self, task: Task) -> None:
        if task.wanted:
            return
        task.wanted = True
        if task.phase is Phase.KEYED:
            self._look_up(task)
        elif task.phase is Phase.OUTPUTS:
            self._want_outputs(task)
        elif task.phase is Phase.KEY:
            for _, source, _ in task.sources:
                if not source.settled:
                    self._work.append((self._resolve, source))

    def _look_up(self, task: Task) -> None:
        if task.phase is not Phase.KEYED:
            return
        entry = task.entry
        if entry is None and not task.forced and not (task.dynamic and task.node.output):
            entry = self._cached(task)
        if entry is not None:
            task.entry = entry
            self._found(task)
            self._finish(task, entry)
            return
        other = self._twin(task)
        if other is not None:
            task.phase = Phase.OUTPUTS
            task.specs = [(other, index) for index in range(len(task.node.outputs))]
            self._work.append((self._want_outputs, task))
            return
        self._gather(task)

    def _cached(self, task: Task) -> Entry | None:
        key = task.key or b""
        entry = self._cache.get(key)
        hands_out = entry is not None and (task.node.schema.output or entry.artifacts)
        if entry is not None and hands_out and not entry.replayable():
            self._cache.drop(key)
            return None
        return entry

    def _twin(self, task: Task) -> Task | None:
        """A task that is being made and must give the same."""
        if task.dynamic or task.node.output:
            return None
        other = self._making.setdefault(task.key or b"", task)
        return None if other is task else other

    def _gather(self, task: Task) -> None:
        """Ask for the inputs that the task needs before it is called, and reserve the others."""
        task.phase = Phase.INPUTS
        task.holds = True
        waiting = 0
        inputs = task.needed_inputs()
        for input, source, _ in reversed(task.sources):  # what is pushed last comes first
            source.uses += 1
            if inputs is not None and input not in inputs:
                continue
            if source.phase is not Phase.DONE:
                waiting += 1
                _read(source, task)
                if not source.wanted:
                    self._work.append((self._want, source))
        task.waiting = waiting
        if not waiting:
            self._be_ready(task)

    def _be_ready(self, task: Task) -> None:
        task.phase = Phase.READY
        self._ready(task)

    def _want_outputs(self, task: Task) -> None:
        waiting = 0
        for target in reversed(dict.fromkeys((*_targets(task.specs or []), *_effects(task)))):
            target.uses += 1
            if target.phase is not Phase.DONE:
                waiting += 1
                _read(target, task)
                self._work.append((self._want, target))
        task.waiting = waiting
        if not waiting:
            self._work.append((self._assemble, task))

    def _assemble(self, task: Task) -> None:
        """Put the outputs of a task together from those of the tasks that ran in its place."""
        specs, children = task.specs or [], task.children
        entry = Entry.of(tuple(_value(spec) for spec in specs), (), task.seconds, task.origins)
        task.volatile = any(child.volatile or child.node.output for child in children or ())
        targets = dict.fromkeys((*_targets(specs), *_effects(task)))
        if children is None:
            self._found(task)  # a twin
        else:
            self._assembled(task, entry)
            if task.key is not None and not task.volatile:
                self._cache.put(task.key, entry)
        task.specs = task.children = None
        self._finish(task, entry)
        for target in targets:
            _let_go(target)

    def _finish(self, task: Task, entry: Entry) -> None:
        task.entry = entry
        task.phase = Phase.DONE
        if not task.settled:
            task.origins = entry.origins
            task.settled = True
        if not task.uses:  # comes after the followers, of which one may well read it
            self._work.append((_drop_if_unused, task))
        if task.followers:
            self._work.append((self._tell_followers, task))
        readers, task.readers = task.readers, None
        for reader in readers or ():
            reader.waiting -= 1
            if not reader.waiting:
                if reader.phase is Phase.OUTPUTS:
                    self._work.append((self._assemble, reader))
                else:
                    self._be_ready(reader)
        if task.holds:
            task.holds = False
            for _, source, _ in task.sources:
                _let_go(source)


def _follow(source: Task, follower: Task) -> None:
    if source.followers is None:
        source.followers = []
    source.followers.append(follower)


def _read(source: Task, reader: Task) -> None:
    if source.readers is None:
        source.readers = []
    source.readers.append(reader)


def _let_go(source: Task) -> None:
    source.uses -= 1
    if not source.uses:
        _drop(source)


def _drop_if_unused(task: Task) -> None:
    if not task.uses:
        _drop(task)


def _drop(task: Task) -> None:
    """Forget the values of a task that nobody reads any more; who asks later has them looked up again."""
    if task.phase is Phase.DONE and not task.constant:
        task.entry = None
        task.wanted = False
        task.phase = Phase.KEYED


def _targets(specs: list[Any]) -> Iterator[Task]:
    for spec in specs:
        if isinstance(spec, list):
            yield from (task for task, _ in spec)
        else:
            yield spec[0]


def _effects(task: Task) -> Iterator[Task]:
    return (child for child in task.children or () if child.node.output)


def _origin(spec: Any) -> Origin:
    if isinstance(spec, list):
        return origin_of_list(task.origin(index) for task, index in spec)
    task, index = spec
    origin: Origin = task.origin(index)
    return origin


def _value(spec: Any) -> Any:
    if not isinstance(spec, list):
        task, index = spec
        return task.entry.values[index]
    items = (task.entry.values[index] for task, index in spec)
    return [item for item in items if not isinstance(item, Blocked)]
