"""Everything that a run needs, built once and kept from one run to the next."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.events import Listener
from graphengine.execution import Cache, CancelToken, Engine, Limits, Plan, RunResult, plan
from graphengine.execution.explain import Explanation
from graphengine.execution.hooks import problems_of
from graphengine.graph import Graph, apply, build
from graphengine.home import Home
from graphengine.provenance import ContentFolder, OutputFolder, PictureSaver
from graphengine.runtime.caches import clear_memory, make_cache, taken
from graphengine.runtime.embeddings import embeddings_named
from graphengine.runtime.explaining import explain_plan, hook_context
from graphengine.runtime.grid import Axis, Coordinates
from graphengine.runtime.history import History
from graphengine.runtime.model_files import ModelFile, file_hashes, find_models
from graphengine.runtime.parts import named_nodes
from graphengine.runtime.result import Result
from graphengine.runtime.services import LazyServices
from graphengine.runtime.source import Opened, Source, open_source
from graphengine.runtime.sweep_result import SweepResult
from graphengine.runtime.sweeping import Sweeping

if TYPE_CHECKING:
    from graphengine.memory.residency import Residency

NO_LIMITS = Limits()
Output = str | Path | ContentFolder
"""Where to save pictures: a folder, in files called after the workflow, or one that calls them by content."""


@dataclass(frozen=True)
class _Attempt:
    """A run that didn't succeed, with what it takes to go on."""

    stem: str
    own: Mapping[type, Any]
    limits: Limits
    ended: RunResult


class Runtime:
    """One home, one catalogue, one cache, one set of weights in memory; nothing is made before it is needed.

    home: a folder, else `GRAPHENGINE_HOME`, else the platform's data folder.
    memory_budget: bytes that model weights may take; else as many as the device has to spare.
    cache: which results stay in memory: `cost` those dearest to make again per byte, `lru` those used last,
    `last` those of the last run, `none` none. cache_budget: bytes that they may take.
    disk_cache: bytes that results may take in the home folder, for other processes; None for none there.
    catalogue: the nodes there are, where not those of the installed plugins and of the home folder.
    """

    def __init__(
        self,
        home: Home | str | Path | None = None,
        *,
        memory_budget: int | None = None,
        cache: str = "cost",
        cache_budget: int | None = None,
        disk_cache: int | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.home = home if isinstance(home, Home) else Home.find(home)
        self.memory_budget = memory_budget
        self.cache: Cache = make_cache(cache, cache_budget, disk_cache, self.home.cache)
        self._history = History(self.home, self.cache, kept=bool(disk_cache))
        self._catalogue = catalogue
        self._services = LazyServices({"graphengine.memory.residency.Residency": self._residency})
        self._unfinished: _Attempt | None = None

    def __enter__(self) -> Self:
        """For a `with` block, at the end of which it is closed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """End its threads and drop the weights in memory; results that it keeps on disk are there already."""
        if "_engine" in self.__dict__:
            self._engine.close()
        for service in self._services.values():
            service.free()

    def free(self) -> None:
        """Drop the weights that aren't in use, and the results kept in memory; those on disk stay."""
        for service in self._services.values():
            service.free()
        clear_memory(self.cache)

    def weights(self) -> dict[str, Any]:
        """Where model weights go, and how many bytes they take; nothing is known before they are needed."""
        held = next(iter(self._services.values()), None)
        if held is None:
            return {"device": None, "weights": None, "weights_budget": self.memory_budget, "loaded": []}
        loaded = [{"title": title, "size": size, "in_use": in_use} for title, size, in_use in held.listed()]
        weights = {"weights": held.resident, "weights_budget": held.budget, "loaded": loaded}
        return {"device": str(held.device), **weights}

    def results(self) -> dict[str, int | None]:
        """How many bytes the results that are kept take, in memory and on disk, and may take."""
        return taken(self.cache)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The nodes there are."""
        return self._catalogue or Catalogue.discover(self.home)

    def models(self) -> list[ModelFile]:
        """The model files there are."""
        return find_models(self.home)

    def open(self, source: Source | Opened) -> Opened:
        """Read a workflow from wherever it is."""
        return source if isinstance(source, Opened) else open_source(source, self.home)

    def validate(
        self,
        source: Source | Opened,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> Graph:
        """The workflow as a sound graph; raises `InvalidWorkflow` with every problem."""
        document = apply(self.open(source).document, parameters, settings)
        return build(document, self.catalogue, self.home)

    def check(
        self,
        source: Source | Opened,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> Graph:
        """As `validate`, and asks the nodes themselves, too, by their `validate=`, as `run` does at first."""
        graph = self.validate(source, parameters, settings)
        if any(node.schema.validated for node in graph.nodes.values()):
            problems = problems_of(plan(graph), self.catalogue, hook_context(graph, self.home))
            if problems:
                raise InvalidWorkflow(problems)
        return graph

    def check_output(self, folder: Output) -> None:
        """Raise if pictures can't be saved there."""
        _folder(folder).check()

    def run(
        self,
        source: Source | Opened,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        output: Output | None = None,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
        only: Iterable[str] = (),
        rerun: Iterable[str] = (),
        limits: Limits = NO_LIMITS,
    ) -> Result:
        """Run a workflow; what an earlier run has made is not made again.

        parameters: the workflow's own, by name. settings: any input, as `{"node.input": value}`.
        output: where to save pictures; without it they stay in memory.
        only: the nodes that are wanted, instead of all outputs. rerun: nodes to make again although they are
        cached, with what follows from them.
        Raises `GraphEngineError`; what was finished by then is kept for the next run, and for `retry`.
        """
        opened = self.open(source)
        if opened.axes:
            raise GraphEngineError(
                "expected a workflow, or a picture of one run, got the contact sheet of a sweep",
                kind="sweep",
                expected="a workflow, or a picture of one run",
                got="the contact sheet of a sweep",
                hint="Runtime.sweep, or `graphengine run` on the command line, makes it again",
            )
        chosen = self._plan(self.validate(opened, parameters, settings), only)
        again = named_nodes(rerun, chosen.order, "rerun", "a node that this run needs")
        own: dict[type, Any] = {}
        if output is not None:
            self.check_output(output)
            own[PictureSaver] = self.saver(output, opened.stem)
        return self._run(opened.stem, chosen, own, listener, cancel, limits, again, None)

    def retry(
        self,
        *,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
        limits: Limits | None = None,
    ) -> Result:
        """Run the last run that failed or was cancelled again: it goes on from where it came to.

        What was made isn't made again, also where a node's fingerprint would now be another. Raises as `run`.
        """
        last = self._unfinished
        if last is None or last.ended.plan is None:
            raise GraphEngineError(
                "retry: expected an earlier run that failed or was cancelled, and there is none",
                kind="nothing_to_retry",
            )
        limits = last.limits if limits is None else limits
        return self._run(last.stem, last.ended.plan, last.own, listener, cancel, limits, (), last.ended)

    def sweep(
        self,
        source: Source | Opened,
        axes: Mapping[str, Iterable[Any]] | Sequence[Axis] | None = None,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        output: str | Path | None = None,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
        sheet: bool = True,
        began: Callable[[Coordinates], None] | None = None,
        only: Iterable[str] = (),
        rerun: Iterable[str] = (),
        limits: Limits = NO_LIMITS,
    ) -> SweepResult:
        """Run a workflow once for each combination of values: `sweep("t2i.json", {"seed": [1, 2, 3]})`.

        axes: per parameter, or input written `node.input`, its values; the last varies fastest. Without it
        those of a contact sheet. The rest is as for `run`; `only`, `rerun` and `limits` hold for each point.
        sheet: whether to make a contact sheet of the pictures.
        began: told the coordinates of each point before the listener gets the events of its run.
        Raises `GraphEngineError` before anything runs if some point isn't sound; a point that fails later is
        told in the result, and the others run all the same.
        """
        sweeping = Sweeping(self, self.open(source), axes, parameters, settings)
        sweeping.check(output)
        return sweeping.run(output, listener, cancel, sheet, began, tuple(only), tuple(rerun), limits)

    def explain(
        self,
        source: Source | Opened,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        output: Output | None = None,
        only: Iterable[str] = (),
    ) -> list[Explanation]:
        """For each node, in order: whether it is cached, and where, or why it would run. Nothing runs."""
        opened = self.open(source)
        chosen = self._plan(self.validate(opened, parameters, settings), only)
        place = "" if output is None else self.saver(output, opened.stem).place
        records = self._history.of(opened.stem)
        return explain_plan(chosen, self.catalogue, self.home, self.cache, records, place)

    def saver(self, folder: Output, stem: str) -> PictureSaver:
        """What saves pictures in a folder, in files called after `stem`."""
        return PictureSaver(
            _folder(folder),
            self.home,
            file_hashes(self.home).sha256,
            stem,
            files_in=lambda text: embeddings_named(text, self.home),
        )

    def _plan(self, graph: Graph, only: Iterable[str]) -> Plan:
        names = tuple(only)
        return plan(
            graph, named_nodes(names, graph.nodes, "only", "a node of this workflow") if names else None
        )

    def _run(
        self,
        stem: str,
        chosen: Plan,
        own: Mapping[type, Any],
        listener: Listener | None,
        cancel: CancelToken | None,
        limits: Limits,
        rerun: Iterable[str],
        retry: RunResult | None,
    ) -> Result:
        ended = self._engine.run(
            chosen,
            listener,
            cancel,
            self._services.beside(own),
            limits=limits,
            rerun=rerun,
            retry=retry,
        )
        self._unfinished = None if ended.state == "succeeded" else _Attempt(stem, own, limits, ended)
        self._history.add(stem, ended, time.time())
        return Result.of(ended)

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self.catalogue, self.home, self.cache)

    def _residency(self) -> "Residency":
        from graphengine.memory.device import choose_device, choose_dtype, default_budget
        from graphengine.memory.residency import Residency

        device = choose_device()
        budget = default_budget(device) if self.memory_budget is None else self.memory_budget
        return Residency(device, choose_dtype(device), budget)


def _folder(output: Output) -> OutputFolder | ContentFolder:
    return output if isinstance(output, ContentFolder) else OutputFolder(Path(output).absolute())
