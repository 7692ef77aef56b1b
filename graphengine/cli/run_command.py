"""`graphengine run`: a workflow, once or for several values of its inputs, told to people or to machines."""

import sys
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphengine.cli.announcements import Announcements, print_path
from graphengine.cli.chosen_values import Chosen, choose
from graphengine.cli.exit_codes import SUCCEEDED, UsageError, exit_code
from graphengine.cli.interrupt import interruptible
from graphengine.cli.json_lines import JsonLines, print_json
from graphengine.cli.report import log_cause, print_error, print_failed_points
from graphengine.cli.run_arguments import OWN_OPTIONS, RunArguments, parse_run
from graphengine.cli.run_help import RUN_USAGE, print_run_help
from graphengine.cli.tally import Tally
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.events import Event, Listener
from graphengine.execution import CancelToken, Limits
from graphengine.graph import Graph
from graphengine.home import Home
from graphengine.runtime import Opened, Runtime
from graphengine.runtime.grid import Coordinates, count_points


def run_workflow(tokens: Sequence[str]) -> int:
    """Run what the command line says and return the exit code."""
    arguments = RunArguments(json="--json" in tokens)  # should they not be readable
    tally = Tally()
    try:
        arguments = parse_run(tokens)
        if arguments.help:
            _help(arguments)
            return SUCCEEDED
        _run(arguments, tally)
    except GraphEngineError as error:
        tally.error = error
    if arguments.json:
        print_json(tally.finished())
    elif tally.error is not None:
        _explain_failure(arguments, tally, tally.error)
    return SUCCEEDED if tally.error is None else exit_code(tally.error, running=tally.running)


def _explain_failure(arguments: RunArguments, tally: Tally, error: GraphEngineError) -> None:
    failed = tally.swept.failed if tally.swept else ()
    if failed and not isinstance(error, Cancelled):
        print_failed_points(failed, len(tally.swept.points) if tally.swept else 0)
    else:
        print_error(error)
    causes = [point.error for point in failed if point.error] or [error]
    log_cause(causes[0], Home.find(arguments.home), debug=arguments.debug)
    if tally.running and tally.executed and arguments.disk_cache and not isinstance(error, Cancelled):
        print("what was finished is kept: run it again to go on from where it failed", file=sys.stderr)


def _help(arguments: RunArguments) -> None:
    if arguments.source is None:
        print_run_help(RUN_USAGE, OWN_OPTIONS)
        return
    runtime = Runtime(arguments.home)
    print_run_help(RUN_USAGE, OWN_OPTIONS, runtime.open(arguments.source).document, runtime.catalogue)


def _run(arguments: RunArguments, tally: Tally) -> None:
    if arguments.source is None:
        raise UsageError("expected a workflow to run; `graphengine run --help` tells more", kind="usage")
    runtime = Runtime(
        arguments.home,
        memory_budget=arguments.memory,
        cache=arguments.cache,
        disk_cache=arguments.disk_cache or None,
    )
    opened = runtime.open(arguments.source)
    chosen = choose(arguments, opened, runtime)
    output = Path(arguments.output) if arguments.output else runtime.home.output
    first = {place: values[0] for axis in chosen.axes for place, values in axis.inputs.items()}
    graph = runtime.validate(opened, settings=chosen.settings | first)
    _start(arguments, tally, runtime, replace(opened, axes=()), chosen, graph, output)


def _start(
    arguments: RunArguments,
    tally: Tally,
    runtime: Runtime,
    opened: Opened,
    chosen: Chosen,
    graph: Graph,
    output: Path,
) -> None:
    token = CancelToken()
    outputs = arguments.only or graph.outputs
    teller = _teller(arguments, outputs, count_points(chosen.axes))
    with interruptible(token.cancel), teller as tell:

        def listen(event: Event) -> None:
            tally(event)
            tell(event)

        options: dict[str, Any] = {
            "settings": chosen.settings,
            "output": output,
            "listener": listen,
            "cancel": token,
            "only": arguments.only,
            "rerun": arguments.rerun,
            "limits": Limits(arguments.time_limit, arguments.node_time_limit),
        }
        if not chosen.axes:
            runtime.run(opened, **options)
            return

        def began(coordinates: Coordinates) -> None:
            if isinstance(tell, JsonLines):
                tell.at(coordinates)

        sheet = not arguments.no_sheet
        tally.sweep(runtime.sweep(opened, chosen.axes, sheet=sheet, began=began, **options))
    if not arguments.json and tally.swept and tally.swept.sheet and tally.swept.sheet.path:
        print_path(tally.swept.sheet.path)


def _teller(arguments: RunArguments, outputs: Collection[str], runs: int) -> AbstractContextManager[Listener]:
    """What tells about the runs while they go on."""
    if arguments.json:
        return nullcontext(JsonLines())
    said = Announcements(outputs)
    if not sys.stderr.isatty():
        return nullcontext(said)
    from rich.console import Console

    from graphengine.cli.progress_bars import ProgressBars

    return ProgressBars(Console(stderr=True), said, runs)
