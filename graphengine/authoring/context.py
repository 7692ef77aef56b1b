"""What a node may ask of the engine while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graphengine.artifacts import Artifact
from graphengine.authoring.pixels import png_bytes, to_uint8
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.events import Event, Output, Preview, Progress
from graphengine.provenance import PictureSaver

if TYPE_CHECKING:
    from graphengine.home import Home

Item = TypeVar("Item")
Service = TypeVar("Service")


class Context:
    """Progress, previews, cancellation, services and outputs of one node in one run.

    A parameter of this type is filled in by the engine; it is neither an input nor part of the cache key.
    """

    def __init__(
        self,
        *,
        node: str,
        home: Home,
        services: Mapping[type, Any],
        emit: Callable[[Event], None],
        is_cancelled: Callable[[], bool],
        workflow: Mapping[str, Any] | None = None,
    ) -> None:
        self.node = node
        self.home = home
        self._services = services
        self._emit = emit
        self._is_cancelled = is_cancelled
        self._workflow = workflow
        self._artifacts: list[Artifact] = []

    @property
    def workflow(self) -> Mapping[str, Any]:
        """The JSON of the document that is being run, with this run's parameters in it."""
        return self._workflow if self._workflow is not None else {}

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """What this node has handed out so far."""
        return tuple(self._artifacts)

    def progress(self, step: int, total: int, text: str = "") -> None:
        """Tell that `step` of `total` steps are done."""
        self._emit(Progress(self.node, step, total, text))

    def preview(self, image: object) -> None:
        """Show work under way: an `Image`, an array [H, W, 3] or the bytes of a PNG."""
        self._emit(Preview(self.node, png_bytes(image)))

    def check_cancelled(self) -> None:
        """Stop here, by raising `Cancelled`, if the run was cancelled."""
        if self._is_cancelled():
            raise Cancelled(node=self.node)

    def steps(self, iterable: Iterable[Item], total: int | None = None) -> Iterator[Item]:
        """The items, with progress reported after each and cancellation noticed before each."""
        if total is None:
            iterable = iterable if isinstance(iterable, Sized) else list(iterable)
            total = len(iterable)
        for step, item in enumerate(iterable, start=1):
            self.check_cancelled()
            yield item
            self.progress(step, total)

    def service(self, kind: type[Service]) -> Service:
        """The object of that type that the composition root made."""
        found = self._services.get(kind)
        if found is None:
            raise GraphEngineError(
                f"node '{self.node}': this engine has no {kind.__name__}", kind="no_service", node=self.node
            )
        return found  # type: ignore[no-any-return]

    def output(self, image: object, *, path: Path | None = None, seed: int | None = None) -> Artifact:
        """Hand out one finished picture, an `Image` or array [H, W, 3].

        path: its file, if the node wrote one; without it the run saves the picture where it saves them all.
        """
        pixels = to_uint8(image)
        saver = self._services.get(PictureSaver) if path is None else None
        if saver is not None:
            path = saver.save(pixels, self.workflow, seed)
        height, width = pixels.shape[:2]
        artifact = Artifact(self.node, path, width, height, seed, pixels)
        self._artifacts.append(artifact)
        self._emit(Output(self.node, artifact))
        return artifact
