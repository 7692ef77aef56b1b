"""`graphengine run --help`, and with a workflow its parameters."""

import sys
import textwrap
from collections.abc import Iterable

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import describe, show
from graphengine.cli.report import one_line
from graphengine.cli.run_arguments import OWN_OPTIONS
from graphengine.graph import Document, parameter_inputs

USAGE = "Usage: graphengine run FILE|PICTURE|NAME [--PARAMETER VALUE ...] [OPTIONS]"
WIDTH = 100


def print_run_help(document: Document | None = None, catalogue: Catalogue | None = None) -> None:
    """Print how to call the command, with the parameters of the workflow if one is given."""
    print(USAGE)
    print("\nRun a workflow, or make a picture again: every parameter of the workflow is an option.")
    if document is not None and catalogue is not None:
        print(f"\nParameters of '{document.name or 'this workflow'}':")
        _print_rows(_parameters(document, catalogue))
    print("\nOptions:")
    _print_rows(
        (f"--{option.name}" + (f" {option.metavar}" if option.metavar else ""), option.help)
        for option in OWN_OPTIONS
    )


def _parameters(document: Document, catalogue: Catalogue) -> Iterable[tuple[str, str]]:
    inputs = parameter_inputs(document, catalogue)
    if not inputs:
        yield "(none)", ""
    for name, input in inputs.items():
        node, _, key = document.parameters[name].partition(".")
        default = document.nodes[node].inputs.get(key, input.default)
        expected = describe(input.literal) if input.literal else input.display
        about = f"{input.tooltip.rstrip('.')}. " if input.tooltip else ""
        yield f"--{name}", one_line(f"{about}Takes {expected}; now {show(default)}.")


def _print_rows(rows: Iterable[tuple[str, str]]) -> None:
    for name, text in rows:
        lines = textwrap.wrap(text, WIDTH - 28) or [""]
        first = f"  {name:<24}  {lines[0]}" if len(name) <= 24 else f"  {name}\n{'':28}{lines[0]}"
        sys.stdout.write(first.rstrip() + "\n")
        for line in lines[1:]:
            sys.stdout.write(f"{'':28}{line}\n")
