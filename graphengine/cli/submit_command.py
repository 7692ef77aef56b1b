"""`graphengine submit`: a workflow to run on a server, with the values of the command line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.schema import NodeSchema
from graphengine.cli.chosen_values import choose
from graphengine.cli.exit_codes import SUCCEEDED, UsageError, exit_code
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import print_error
from graphengine.cli.run_arguments import SUBMIT_OPTIONS, RunArguments, parse_run
from graphengine.cli.run_help import SUBMIT_USAGE, print_run_help
from graphengine.cli.watch_command import follow
from graphengine.client import Client
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.runtime import Axis, Opened, Runtime
from graphengine.runtime.source import PICTURE_SUFFIXES
from graphengine.server.models import Run


def submit_workflow(tokens: Sequence[str]) -> int:
    """Submit what the command line says, print the ids of the runs, and return the exit code."""
    arguments = RunArguments(json="--json" in tokens)
    try:
        arguments = parse_run(tokens, SUBMIT_OPTIONS)
        if arguments.source is None and arguments.help:
            print_run_help(SUBMIT_USAGE, SUBMIT_OPTIONS)
            return SUCCEEDED
        return _submit(arguments)
    except GraphEngineError as error:
        if arguments.json:
            problems = error.problems if isinstance(error, InvalidWorkflow) else (error,)
            print_json({"error": error.to_dict(), "problems": [each.to_dict() for each in problems]})
        else:
            print_error(error)
        return exit_code(error)


def _submit(arguments: RunArguments) -> int:
    if arguments.source is None:
        text = "expected a workflow to submit; `graphengine submit --help` tells more"
        raise UsageError(text, kind="usage")
    client = Client(arguments.server, arguments.token)
    runtime = Runtime(arguments.home, catalogue=catalogue_of(client))
    opened = _open(arguments.source, client, runtime)
    if arguments.help:
        print_run_help(SUBMIT_USAGE, SUBMIT_OPTIONS, opened.document, runtime.catalogue)
        return SUCCEEDED
    runs = _send(arguments, client, runtime, opened)
    if not arguments.watch:
        for run in runs:
            if arguments.json:
                print_json(run.model_dump(mode="json"))
            else:
                print(run.id)
        return SUCCEEDED
    output = Path(arguments.output or ".")
    return max(follow(client, run.id, output, as_json=arguments.json) for run in runs)


def catalogue_of(client: Client) -> Catalogue:
    """The server's node types, by which texts become values."""
    described = client.nodes()
    for node in described:
        for input in node["inputs"]:
            input.pop("options", None)
            input.pop("hint", None)
    return Catalogue([NodeSchema.from_dict(each) for each in described])


def _open(source: str, client: Client, runtime: Runtime) -> Opened:
    """A file or picture of this machine, else a workflow of the server, else one of this machine."""
    if Path(source).expanduser().exists():
        return runtime.open(source)
    names = {each.name for each in client.workflows()}
    name = source.removesuffix(".json")
    if name in names:
        return runtime.open(client.workflow(name).document)
    return runtime.open(source)


def _send(arguments: RunArguments, client: Client, runtime: Runtime, opened: Opened) -> list[Run]:
    chosen = choose(arguments, opened, runtime, SUBMIT_OPTIONS)
    uploaded: dict[str, str] = {}
    options: dict[str, Any] = {
        "settings": {place: _uploaded(value, client, uploaded) for place, value in chosen.settings.items()},
        "only": list(arguments.only),
        "rerun": list(arguments.rerun),
        "priority": arguments.priority,
        "time_limit": arguments.time_limit,
        "node_time_limit": arguments.node_time_limit,
    }
    document = opened.document.to_dict()
    if not chosen.axes:
        return [client.submit(document, **options)]
    axes = {
        _axis_name(axis, opened.document.parameters): [
            _uploaded(value, client, uploaded) for value in axis.values
        ]
        for axis in chosen.axes
    }
    return client.submit_batch(document, axes, **options).runs


def _axis_name(axis: Axis, parameters: Mapping[str, str]) -> str:
    """What a batch calls the axis: the one input that it sets."""
    if len(axis.inputs) > 1:
        places = ", ".join(axis.inputs)
        raise UsageError(
            f"option '--{axis.name}': a server takes several values for one input, and these are {places}",
            kind="usage",
            hint="use --set with one of them",
        )
    (place,) = axis.inputs
    return axis.name if parameters.get(axis.name) == place else place


def _uploaded(value: Any, client: Client, uploaded: dict[str, str]) -> Any:
    """The value; the name on the server for a picture of this machine, which is uploaded once."""
    if not isinstance(value, str) or Path(value).suffix.lower() not in PICTURE_SUFFIXES:
        return value
    path = Path(value).expanduser()
    if not path.is_file():
        return value
    if value not in uploaded:
        uploaded[value] = client.upload(path)
    return uploaded[value]
