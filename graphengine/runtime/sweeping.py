"""Running a sweep: all points are checked, then they run one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow
from graphengine.events import Listener
from graphengine.execution import CancelToken, Limits
from graphengine.graph import apply
from graphengine.runtime.contact_sheet import contact_sheet
from graphengine.runtime.grid import Axis, Coordinates, Place, at, axis_values, count_points, grid
from graphengine.runtime.result import Result
from graphengine.runtime.seeds import seed_inputs
from graphengine.runtime.source import Opened
from graphengine.runtime.sweep_result import Point, SweepResult

if TYPE_CHECKING:
    from graphengine.authoring.catalogue import Catalogue
    from graphengine.graph import Document
    from graphengine.runtime.runtime import Runtime

MOST_PROBLEMS = 100
SHEET_NODE = "sheet"
"""What the artifact of a contact sheet has in place of a node's name."""
Axes = Mapping[str, Iterable[Any]] | Sequence[Axis]


class Sweeping:
    """One sweep of one workflow; raises for axes that it doesn't have."""

    def __init__(
        self,
        runtime: Runtime,
        opened: Opened,
        axes: Axes | None,
        parameters: Mapping[str, Any] | None,
        settings: Mapping[str, Any] | None,
    ) -> None:
        document = apply(opened.document, parameters, settings)
        self._runtime = runtime
        self._opened = Opened(document, opened.stem)
        self.axes = opened.axes if axes is None else axes_of(document, runtime.catalogue, axes)
        if not self.axes:
            raise GraphEngineError(
                "expected at least one axis with several values, got none",
                kind="sweep",
                expected="at least one axis",
                got="none",
            )
        self.count = count_points(self.axes)

    def check(self, output: str | Path | None) -> None:
        """Raise `InvalidWorkflow` with every problem of every point, or if pictures can't be saved."""
        found: dict[str, tuple[GraphEngineError, Place, int]] = {}
        for place in grid(self.axes):
            for problem in self._problems(place):
                first = found.get(problem.message, (problem, place, 0))
                found[problem.message] = (*first[:2], first[2] + 1)
            if len(found) >= MOST_PROBLEMS:
                break
        if found:
            raise InvalidWorkflow(self._located(*each) for each in found.values())
        if output is not None:
            self._runtime.check_output(output)

    def _problems(self, place: Place) -> Sequence[GraphEngineError]:
        try:
            self._runtime.check(self._opened, settings=place.settings)
        except InvalidWorkflow as error:
            return error.problems
        return ()

    def _located(self, problem: GraphEngineError, place: Place, times: int) -> GraphEngineError:
        """The problem with the point that has it, unless all have it."""
        if times == self.count:
            return problem
        more = f" and {times - 1} more" if times > 1 else ""
        return told_at(problem, place.coordinates, more)

    def run(
        self,
        output: str | Path | None,
        listener: Listener | None,
        cancel: CancelToken | None,
        sheet: bool,
        began: Callable[[Coordinates], None] | None,
        only: Iterable[str],
        rerun: Iterable[str],
        limits: Limits,
    ) -> SweepResult:
        """Run the points; what fails or is cancelled is told in the result."""
        cancel = cancel or CancelToken()
        points: list[Point] = []
        for place in grid(self.axes):
            coordinates = place.coordinates
            if cancel.is_cancelled():
                points.append(Point(coordinates, error=Cancelled()))
                continue
            if began is not None:
                began(coordinates)
            try:
                result = self._runtime.run(
                    self._opened,
                    settings=place.settings,
                    output=output,
                    listener=listener,
                    cancel=cancel,
                    only=only,
                    rerun=rerun,
                    limits=limits,
                )
            except GraphEngineError as error:
                points.append(Point(coordinates, error=error))
            else:
                points.append(Point(coordinates, _without_saved_pixels(result)))
        made = tuple(points)
        wanted = sheet and len(made) > 1 and not cancel.is_cancelled()
        return SweepResult(made, self._sheet(made, output) if wanted else None)

    def _sheet(self, points: Sequence[Point], output: str | Path | None) -> Artifact | None:
        name, document = self._opened.stem, self._opened.document
        footer = f"{name}, {len(points)} points; graphengine run with this picture makes them again"
        pixels = contact_sheet(points, self.axes, footer)
        if pixels is None:
            return None
        path = None
        if output is not None:
            axes = [axis.to_dict() for axis in self.axes]
            path = self._runtime.saver(output, name).save_sheet(pixels, document.to_dict(), axes)
        height, width = pixels.shape[:2]
        return Artifact(SHEET_NODE, path, width, height, None, pixels)


def axes_of(document: Document, catalogue: Catalogue, axes: Axes) -> tuple[Axis, ...]:
    """The axes with the inputs that they mean; raises `GraphEngineError` for names that mean none."""
    if not isinstance(axes, Mapping):
        found = tuple(axes)
    else:
        found = tuple(
            Axis(name, dict.fromkeys(_places(document, catalogue, name), axis_values(name, values)))
            for name, values in axes.items()
        )
    owners: dict[str, str] = {}
    for axis in found:
        for place in axis.inputs:
            other = owners.setdefault(place, axis.name)
            if other != axis.name:
                raise GraphEngineError(
                    f"axis '{axis.name}' and axis '{other}' both set '{place}'", kind="sweep"
                )
    return found


def _places(document: Document, catalogue: Catalogue, name: str) -> Sequence[str]:
    if name in document.parameters:
        return [document.parameters[name]]
    if "." in name:
        return [name]
    places = seed_inputs(document, catalogue) if name == "seed" else []
    if not places:
        apply(document, {name: None})  # which tells that there is no such parameter
    return places


def told_at(error: GraphEngineError, coordinates: Coordinates, more: str = "") -> GraphEngineError:
    """The same error, saying at which point it happened."""
    found = error.reworded(f"at {at(coordinates)}{more}: {error.message}")
    found.__cause__ = error
    return found


def _without_saved_pixels(result: Result) -> Result:
    """The result without the pixels of what is on disk, so that a long sweep doesn't fill the memory."""
    artifacts = tuple(
        artifact if artifact.path is None else replace(artifact, image=None) for artifact in result.artifacts
    )
    return replace(result, artifacts=artifacts)
