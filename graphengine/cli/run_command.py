"""`graphengine run`: a workflow, once or with several seeds, told to people or to machines."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from graphengine.cli.byte_size import parse_bytes
from graphengine.cli.exit_codes import SUCCEEDED, UsageError, exit_code
from graphengine.cli.interrupt import interruptible
from graphengine.cli.json_lines import JsonLines, print_json
from graphengine.cli.parameters import read_parameters, read_settings
from graphengine.cli.report import log_cause, print_error
from graphengine.cli.run_arguments import RunArguments, parse_run
from graphengine.cli.run_help import print_run_help
from graphengine.cli.saved_paths import SavedPaths
from graphengine.cli.seeds import seeded_runs
from graphengine.cli.tally import Tally
from graphengine.errors import GraphEngineError
from graphengine.events import Event, Listener
from graphengine.execution import CancelToken
from graphengine.home import Home
from graphengine.runtime import Opened, Runtime


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
        print_error(tally.error)
        log_cause(tally.error, Home.find(arguments.home), debug=arguments.debug)
    return SUCCEEDED if tally.error is None else exit_code(tally.error, running=tally.running)


def _help(arguments: RunArguments) -> None:
    if arguments.source is None:
        print_run_help()
        return
    runtime = Runtime(arguments.home)
    print_run_help(runtime.open(arguments.source).document, runtime.catalogue)


def _run(arguments: RunArguments, tally: Tally) -> None:
    if arguments.source is None:
        raise UsageError("expected a workflow to run; `graphengine run --help` tells more", kind="usage")
    memory = parse_bytes(arguments.memory) if arguments.memory else None
    runtime = Runtime(arguments.home, memory_budget=memory)
    opened = runtime.open(arguments.source)
    runs = _runs(arguments, opened, runtime)
    output = Path(arguments.output) if arguments.output else runtime.home.output
    runtime.validate(opened, settings=runs[0])
    runtime.check_output(output)
    token = CancelToken()
    with interruptible(token.cancel), _teller(arguments, len(runs)) as tell:

        def listen(event: Event) -> None:
            tally(event)
            tell(event)

        for settings in runs:
            runtime.run(opened, settings=settings, output=output, listener=listen, cancel=token)


def _runs(arguments: RunArguments, opened: Opened, runtime: Runtime) -> list[dict[str, Any]]:
    """The settings of each run, by `node.input`."""
    document, catalogue = opened.document, runtime.catalogue
    parameters = read_parameters(document, catalogue, arguments.parameters)
    settings = {document.parameters[name]: value for name, value in parameters.items()}
    settings |= read_settings(document, catalogue, arguments.settings)
    return seeded_runs(document, catalogue, settings, arguments.seed, arguments.count)


def _teller(arguments: RunArguments, runs: int) -> AbstractContextManager[Listener]:
    """What tells about the runs while they go on."""
    if arguments.json:
        return nullcontext(JsonLines())
    if not sys.stderr.isatty():
        return nullcontext(SavedPaths())
    from rich.console import Console

    from graphengine.cli.progress_bars import ProgressBars

    return ProgressBars(Console(stderr=True), SavedPaths(), runs)
