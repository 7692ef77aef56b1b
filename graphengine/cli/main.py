"""The entry point: commands, exit codes, and what happens to an error."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from graphengine.cli.exit_codes import FAILED, INTERRUPTED, exit_code
from graphengine.cli.report import log_defect, print_error
from graphengine.errors import GraphEngineError

app = typer.Typer(
    name="graphengine",
    help="A node-graph workflow engine for latent diffusion.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

HomeOption = Annotated[str | None, typer.Option(metavar="DIR", help="The home folder.")]
ServerOption = Annotated[
    str | None, typer.Option(metavar="URL", help="The server; else GRAPHENGINE_SERVER, else this machine's.")
]
TokenOption = Annotated[str | None, typer.Option(metavar="TOKEN", help="Its token; else GRAPHENGINE_TOKEN.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def run(context: typer.Context) -> None:
    """Run a workflow, or make a picture again; `run FILE --help` lists the workflow's parameters."""
    from graphengine.cli.run_command import run_workflow

    raise typer.Exit(run_workflow(context.args))


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def explain(context: typer.Context) -> None:
    """Tell for each node of a workflow whether it is cached, or why it would run."""
    from graphengine.cli.explain_command import explain_workflow

    raise typer.Exit(explain_workflow(context.args))


@app.command()
def validate(
    file: Annotated[str, typer.Argument(help="A workflow file, a workflow's name, or a picture.")],
    home: HomeOption = None,
    json: JsonOption = False,
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Ask the nodes themselves, too, as a run does first; slower.")
    ] = False,
) -> None:
    """Check a workflow and list every problem; nothing runs."""
    from graphengine.cli.validate_command import validate_workflow

    raise typer.Exit(validate_workflow(file, home, as_json=json, thorough=thorough))


@app.command()
def nodes(
    category: Annotated[str | None, typer.Option(metavar="NAME", help="Only this category.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List the node types that workflows are built from."""
    from graphengine.cli.nodes_command import list_nodes

    raise typer.Exit(list_nodes(category, home, as_json=json))


@app.command()
def schema() -> None:
    """Print the JSON Schema of workflow documents."""
    from graphengine.cli.schema_command import print_schema

    print_schema()


@app.command()
def models(home: HomeOption = None, json: JsonOption = False) -> None:
    """List the model files that were found."""
    from graphengine.cli.models_command import list_models

    raise typer.Exit(list_models(home, as_json=json))


@app.command()
def serve(
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where to listen; else 127.0.0.1.")
    ] = None,
    port: Annotated[int | None, typer.Option(metavar="N", help="Else 8189; 0 for any that is free.")] = None,
    config: Annotated[
        str | None, typer.Option(metavar="FILE", help="Else server.toml in the home folder.")
    ] = None,
    memory: Annotated[
        str | None, typer.Option(metavar="SIZE", help="That model weights may take, such as 4GB.")
    ] = None,
    cache: Annotated[
        str | None,
        typer.Option(metavar="POLICY", help="Which results stay in memory: cost, lru, last or none."),
    ] = None,
    cache_memory: Annotated[
        str | None, typer.Option(metavar="SIZE", help="That results may take in memory; else 2GiB.")
    ] = None,
    disk_cache: Annotated[
        str | None, typer.Option(metavar="SIZE", help="That results may take on disk; 0 for none, else 4GB.")
    ] = None,
    log_level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="debug, info, warning, error.")
    ] = None,
    log_format: Annotated[str | None, typer.Option(metavar="FORMAT", help="text or json.")] = None,
    home: HomeOption = None,
) -> None:
    """Serve the HTTP interface: a queue of runs that outlives the process, events, pictures, workflows."""
    from graphengine.cli.serve_command import serve_here

    flags = {
        "host": host,
        "port": port,
        "memory": memory,
        "cache": cache,
        "cache_memory": cache_memory,
        "disk_cache": disk_cache,
        "log_level": log_level,
        "log_format": log_format,
    }
    raise typer.Exit(
        serve_here(home, config, {name: each for name, each in flags.items() if each is not None})
    )


@app.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
    add_help_option=False,
)
def submit(context: typer.Context) -> None:
    """Submit a workflow to a server; `submit FILE --help` lists the workflow's parameters."""
    from graphengine.cli.submit_command import submit_workflow

    raise typer.Exit(submit_workflow(context.args))


@app.command()
def watch(
    run: Annotated[str, typer.Argument(help="The id of a run.")],
    server: ServerOption = None,
    token: TokenOption = None,
    output: Annotated[str | None, typer.Option(metavar="DIR", help="Download its pictures there.")] = None,
    json: JsonOption = False,
) -> None:
    """Follow a run on a server to its end."""
    from graphengine.cli.watch_command import watch_run

    raise typer.Exit(watch_run(server, token, run, output, as_json=json))


@app.command()
def queue(
    server: ServerOption = None,
    token: TokenOption = None,
    pause: Annotated[bool, typer.Option("--pause", help="Start no more runs.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Start runs again.")] = False,
    cancel: Annotated[str | None, typer.Option(metavar="RUN", help="Cancel a run.")] = None,
    retry: Annotated[str | None, typer.Option(metavar="RUN", help="Submit a run again.")] = None,
    first: Annotated[str | None, typer.Option(metavar="RUN", help="Run this one next.")] = None,
    json: JsonOption = False,
) -> None:
    """Show the queue of a server, or change it."""
    from graphengine.cli.queue_command import change_queue

    changes = {"pause": pause, "resume": resume, "cancel": cancel, "retry": retry, "first": first}
    asked = {name: each for name, each in changes.items() if each}
    raise typer.Exit(change_queue(server, token, asked, as_json=json))


@app.callback(invoke_without_command=True)
def graphengine(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of unexpected errors.")] = False,
) -> None:
    """A node-graph workflow engine for latent diffusion."""
    if version:
        from graphengine import __version__

        print(__version__)
        raise typer.Exit()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    sys.exit(call(list(arguments)))


def call(arguments: list[str]) -> int:
    """Run the command line and return its exit code; errors become one message each."""
    try:
        return int(app(arguments, standalone_mode=True) or 0)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else FAILED
    except GraphEngineError as error:
        print_error(error)
        return exit_code(error)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone, as `| head` does
        sys.stderr.close()
        return FAILED
    except Exception as error:  # the last resort: a defect becomes a line and a log
        if "--debug" in arguments:
            raise
        log_defect(error)
        return FAILED
