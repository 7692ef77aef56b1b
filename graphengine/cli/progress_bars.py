"""Events for people: bars on standard error with the node at work, its step and the time left."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from graphengine.events import Cached, Event, Finished, Listener, Output, Queued, Started
from graphengine.events import Progress as Step


class ProgressBars:
    """One bar for the nodes of the run and one for the steps of the node at work; gone when closed.

    saved: told of each saved picture while the bars are out of the way.
    """

    def __init__(self, console: Console, saved: Listener, runs: int = 1) -> None:
        self.saved = saved
        self.runs = runs
        self.run = 0
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            redirect_stdout=False,  # it would lead to this console's standard error
            disable=not console.is_terminal,
        )
        self._nodes = self._bars.add_task("nodes", total=None, note="")
        self._node: TaskID | None = None
        self._node_name = ""

    def __enter__(self) -> Self:
        """Draw."""
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe."""
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        """Take one event from the run."""
        if isinstance(event, Queued):
            self.run += 1
            name = "nodes" if self.runs == 1 else f"picture {self.run} of {self.runs}"
            self._bars.reset(self._nodes, total=len(event.nodes), description=name)
        elif isinstance(event, Cached):
            self._bars.advance(self._nodes)
        elif isinstance(event, Started):
            self._end_node()
            self._node_name = event.node
            self._node = self._bars.add_task(event.node, total=None, note="")
        elif isinstance(event, Step):
            self._step(event)
        elif isinstance(event, Finished):
            self._end_node()
        elif isinstance(event, Output) and event.artifact.path is not None:
            self._bars.stop()  # the line takes the place of the bars, which are drawn again below it
            self.saved(event)
            self._bars.start()

    def _step(self, event: Step) -> None:
        if self._node is not None and event.node == self._node_name:
            self._bars.update(self._node, completed=event.step, total=event.total, note=event.text)

    def _end_node(self) -> None:
        if self._node is not None:
            self._bars.remove_task(self._node)
            self._node = None
            self._bars.advance(self._nodes)
