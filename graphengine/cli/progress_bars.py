"""Events for people: bars on standard error with the nodes at work, their steps and the time left."""

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from graphengine.cli.announcements import Announcements
from graphengine.cli.work import AtWork, Work
from graphengine.events import Event

MOST_BARS = 4
LONGEST_NAME = 40


class ProgressBars:
    """One bar for the nodes of the run and one for each node at work; gone when closed.

    said: what is told in lines of their own, while the bars are out of the way.
    Events are only noted; the bars are brought up to date when they are drawn, ten times a second, so that
    they cost a run of many small nodes next to nothing.
    """

    def __init__(self, console: Console, said: Announcements, runs: int = 1) -> None:
        self.said = said
        self.runs = runs
        self._work = Work()
        self._bars = _Bars(
            self._bring_up_to_date,
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
        self._saying = threading.Lock()
        self._run = 0
        self._nodes = self._bars.add_task("nodes", total=None, note="")
        self._slots = [self._bars.add_task("", visible=False, note="") for _ in range(MOST_BARS)]
        self._shown: list[AtWork | None] = [None] * MOST_BARS

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
        self._work(event)
        if self.said.has(event):
            with self._saying:  # nodes in several lanes may have something to say at once
                self._bars.stop()  # the line takes the place of the bars, which are drawn again below it
                self.said(event)
                self._bars.start()

    def _bring_up_to_date(self) -> None:
        work = self._work
        if work.run != self._run:
            self._run = work.run
            name = "nodes" if self.runs == 1 else f"picture {work.run} of {self.runs}"
            self._bars.reset(self._nodes, total=work.nodes, description=name)
            self._bars.update(self._nodes, total=work.nodes)
        self._bars.update(self._nodes, completed=min(work.done, work.nodes))
        latest: list[AtWork | None] = [*work.latest(MOST_BARS)]
        latest += [None] * (MOST_BARS - len(latest))
        for number, (slot, node) in enumerate(zip(self._slots, latest, strict=True)):
            if node is not self._shown[number]:
                self._bars.reset(slot)
                self._shown[number] = node
            self._show(slot, node)

    def _show(self, slot: TaskID, node: AtWork | None) -> None:
        if node is None:
            self._bars.update(slot, visible=False)
            return
        name = node.name if len(node.name) <= LONGEST_NAME else f"{node.name[: LONGEST_NAME - 1]}…"
        if node.total is None:  # which `update` takes for no change
            next(task for task in self._bars.tasks if task.id == slot).total = None
        self._bars.update(
            slot, visible=True, description=name, completed=node.step, total=node.total, note=node.note
        )


class _Bars(Progress):
    """Asks for news whenever it is drawn."""

    def __init__(self, ask: Any, *columns: Any, **options: Any) -> None:
        self._ask = ask
        self._asking = True  # not before it is set up
        super().__init__(*columns, **options)
        self._asking = False

    def get_renderables(self) -> Iterable[RenderableType]:
        """The bars as they are now."""
        if not self._asking:
            self._asking = True
            try:
                self._ask()
            finally:
                self._asking = False
        return super().get_renderables()

    def refresh(self) -> None:
        """Draw, unless this is part of drawing."""
        if not self._asking:
            super().refresh()
