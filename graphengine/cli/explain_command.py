"""`graphengine explain`: for each node whether its result is cached, or why it would run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graphengine.cli.chosen_values import choose
from graphengine.cli.exit_codes import SUCCEEDED, UsageError, exit_code
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import one_line, print_error
from graphengine.cli.run_arguments import DISK_CACHE, EXPLAIN_OPTIONS, RunArguments, parse_run
from graphengine.cli.run_help import EXPLAIN_USAGE, print_run_help
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.execution.explain import Explanation
from graphengine.runtime import Runtime


def explain_workflow(tokens: Sequence[str]) -> int:
    """Print a line per node and a total; return the exit code."""
    arguments = RunArguments(json="--json" in tokens)
    try:
        arguments = parse_run(tokens, EXPLAIN_OPTIONS)
        if arguments.help:
            _help(arguments)
            return SUCCEEDED
        found = _explain(arguments)
    except GraphEngineError as error:
        if arguments.json:
            problems = error.problems if isinstance(error, InvalidWorkflow) else (error,)
            print_json({"error": error.to_dict(), "problems": [each.to_dict() for each in problems]})
        else:
            print_error(error)
        return exit_code(error)
    if arguments.json:
        total = {status.replace(" ", "_"): count for status, count in _counts(found).items()}
        print_json({"nodes": [each.to_dict() for each in found], **total, "seconds": _seconds(found)})
    else:
        _print(found)
    return SUCCEEDED


def _help(arguments: RunArguments) -> None:
    if arguments.source is None:
        print_run_help(EXPLAIN_USAGE, EXPLAIN_OPTIONS)
        return
    runtime = Runtime(arguments.home)
    document = runtime.open(arguments.source).document
    print_run_help(EXPLAIN_USAGE, EXPLAIN_OPTIONS, document, runtime.catalogue)


def _explain(arguments: RunArguments) -> list[Explanation]:
    if arguments.source is None:
        text = "expected a workflow to explain; `graphengine explain --help` tells more"
        raise UsageError(text, kind="usage")
    runtime = Runtime(arguments.home, disk_cache=DISK_CACHE)
    opened = runtime.open(arguments.source)
    chosen = choose(arguments, opened, runtime, EXPLAIN_OPTIONS)
    if chosen.axes:
        axis = chosen.axes[0]
        raise UsageError(
            f"option '--{axis.name}': explain takes one value of each input, got {len(axis.values)}",
            kind="usage",
            expected="one value",
            hint="name one, such as that of the point that you want to know about",
        )
    output = Path(arguments.output) if arguments.output else runtime.home.output
    return runtime.explain(
        replace(opened, axes=()), settings=chosen.settings, output=output, only=arguments.only
    )


def _print(found: Sequence[Explanation]) -> None:
    width = max((len(each.node) for each in found), default=0)
    for each in found:
        print(f"{each.node:<{width}}  {_line(each)}")
    counts = _counts(found)
    seconds = _seconds(found)
    runs = f"{counts['will run']} run" + (f" (about {_time(seconds)})" if seconds else "")
    parts = [runs, f"{counts['cached']} cached"]
    parts += [f"{counts['not needed']} not needed"] if counts["not needed"] else []
    parts += [f"{counts['depends']} depend on what runs"] if counts["depends"] else []
    print(f"{len(found)} node{'' if len(found) == 1 else 's'}: {', '.join(parts)}")


def _line(each: Explanation) -> str:
    if each.status == "cached":
        return f"cached ({each.where})"
    took = (
        f" (took {_time(each.seconds)})" if each.seconds is not None and each.status != "not needed" else ""
    )
    return f"{each.status}: {one_line(each.reason or '')}{took}"


def _counts(found: Sequence[Explanation]) -> dict[str, int]:
    counts = {"will run": 0, "cached": 0, "not needed": 0, "depends": 0}
    for each in found:
        counts[each.status] += 1
    return counts


def _seconds(found: Sequence[Explanation]) -> float:
    """What those that will run took last time, as far as known."""
    return sum(each.seconds or 0.0 for each in found if each.status == "will run")


def _time(seconds: float) -> str:
    if seconds >= 60:
        return f"{int(seconds // 60)} min {int(seconds % 60)} s"
    return f"{seconds:.1f} s" if seconds >= 0.1 else f"{seconds * 1000:.3g} ms"
