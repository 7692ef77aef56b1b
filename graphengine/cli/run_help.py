"""`--help` of `graphengine run` and `explain`, and with a workflow its parameters."""

import sys
import textwrap
from collections.abc import Iterable, Sequence

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.json_schema import describe, show
from graphengine.cli.report import one_line
from graphengine.cli.run_arguments import OwnOption
from graphengine.graph import Document, parameter_inputs
from graphengine.provenance import value_at

_CALL = "FILE|PICTURE|NAME [--PARAMETER VALUE ...] [OPTIONS]"
RUN_USAGE = f"""Usage: graphengine run {_CALL}

Run a workflow, or make a picture again: every parameter of the workflow is an option.

Several values for one make a picture for each, and for each combination: an option given again, a file with
a value per line (--prompt @prompts.txt; @@ stands for an @), and for numbers and choices --seed 1..4,
--strength 0.2..0.8..0.2 with a step, or --steps 10,20,30."""
EXPLAIN_USAGE = f"""Usage: graphengine explain {_CALL}

Tell for each node whether its result is cached, or why it would run. Nothing runs."""
SUBMIT_USAGE = f"""Usage: graphengine submit {_CALL}

Submit a workflow to a server, and print the id of the run; every parameter of the workflow is an option.
Several values for one make a run for each combination, as with `graphengine run`. Pictures of this machine
that are given as values are uploaded."""
WIDTH = 100


def print_run_help(
    usage: str,
    options: Sequence[OwnOption],
    document: Document | None = None,
    catalogue: Catalogue | None = None,
) -> None:
    """Print how to call the command, with the parameters of the workflow if one is given."""
    print(usage)
    if document is not None and catalogue is not None:
        print(f"\nParameters of '{document.name or 'this workflow'}':")
        _print_rows(_parameters(document, catalogue))
    print("\nOptions:")
    _print_rows(
        (f"--{option.name}" + (f" {option.metavar}" if option.metavar else ""), option.help)
        for option in options
    )


def _parameters(document: Document, catalogue: Catalogue) -> Iterable[tuple[str, str]]:
    inputs = parameter_inputs(document, catalogue)
    if not inputs:
        yield "(none)", ""
    workflow = document.to_dict()
    for name, input in inputs.items():
        default = value_at(workflow, document.parameters[name], input.default)
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
