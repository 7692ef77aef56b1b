"""Everything that a run needs, built once and kept from one run to the next."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import Cancelled
from graphengine.events import Listener
from graphengine.execution import CancelToken, Engine, MemoryCache
from graphengine.graph import Graph, apply, build
from graphengine.home import Home
from graphengine.provenance import OutputFolder, PictureSaver
from graphengine.runtime.model_files import ModelFile, file_hashes, find_models
from graphengine.runtime.result import Result
from graphengine.runtime.services import LazyServices
from graphengine.runtime.source import Opened, Source, open_source

if TYPE_CHECKING:
    from graphengine.memory.residency import Residency


class Runtime:
    """One home, one catalogue, one cache, one set of weights in memory; nothing is made before it is needed.

    home: a folder, else `GRAPHENGINE_HOME`, else the platform's data folder.
    memory_budget: bytes that model weights may take; else as many as the device has to spare.
    catalogue: the nodes there are, where not those of the installed plugins and of the home folder.
    """

    def __init__(
        self,
        home: Home | str | Path | None = None,
        *,
        memory_budget: int | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.home = home if isinstance(home, Home) else Home.find(home)
        self.memory_budget = memory_budget
        self.cache = MemoryCache()
        self._catalogue = catalogue
        self._services = LazyServices({"graphengine.memory.residency.Residency": self._residency})

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

    def check_output(self, folder: str | Path) -> None:
        """Raise if pictures can't be saved there."""
        OutputFolder(Path(folder).absolute()).check()

    def run(
        self,
        source: Source | Opened,
        parameters: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None,
        *,
        output: str | Path | None = None,
        listener: Listener | None = None,
        cancel: CancelToken | None = None,
    ) -> Result:
        """Run a workflow; what an earlier run has made is not made again.

        parameters: the workflow's own, by name. settings: any input, as `{"node.input": value}`.
        output: where to save pictures; without it they stay in memory.
        Raises `GraphEngineError`; what was finished by then is kept for the next run.
        """
        opened = self.open(source)
        graph = self.validate(opened, parameters, settings)
        own: dict[type, Any] = {}
        if output is not None:
            self.check_output(output)
            own[PictureSaver] = self._saver(Path(output), opened.stem)
        ended = self._engine.run(graph, listener=listener, cancel=cancel, services=self._services.beside(own))
        if ended.error is not None:
            raise ended.error
        if ended.state == "cancelled":
            raise Cancelled
        return Result(ended.artifacts, ended.executed, ended.cached, ended.seconds)

    @cached_property
    def _engine(self) -> Engine:
        return Engine(self.catalogue, self.home, self.cache)

    def _saver(self, folder: Path, stem: str) -> PictureSaver:
        return PictureSaver(OutputFolder(folder.absolute()), self.home, file_hashes(self.home).sha256, stem)

    def _residency(self) -> "Residency":
        from graphengine.memory.device import choose_device, choose_dtype, default_budget
        from graphengine.memory.residency import Residency

        device = choose_device()
        budget = default_budget(device) if self.memory_budget is None else self.memory_budget
        return Residency(device, choose_dtype(device), budget)
