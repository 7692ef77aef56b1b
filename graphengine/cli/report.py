"""Errors as people read them, on standard error."""

import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow, NodeFailed
from graphengine.home import Home
from graphengine.runtime import Point
from graphengine.runtime.grid import at


def print_error(error: GraphEngineError) -> None:
    """One line per problem, with the hint where the message doesn't hold it already, and its excerpt."""
    if isinstance(error, Cancelled):
        print(error.message, file=sys.stderr)
        return
    problems = error.problems if isinstance(error, InvalidWorkflow) else (error,)
    for problem in problems:
        hint = f"; {problem.hint}" if problem.hint and problem.hint not in problem.message else ""
        print(f"error: {in_short(problem)}{hint}{problem.excerpt}", file=sys.stderr)
    if len(problems) > 1:
        print(f"{len(problems)} problems; nothing was run", file=sys.stderr)


def print_failed_points(failed: Sequence[Point], count: int) -> None:
    """One line per point of a sweep that failed, and how many did."""
    for point in failed:
        if point.error is not None:
            print(f"error: at {at(point.coordinates)}: {in_short(point.error)}", file=sys.stderr)
    print(f"{len(failed)} of {count} points failed", file=sys.stderr)


def in_short(error: GraphEngineError) -> str:
    """The message as one line, without the excerpt."""
    return one_line(error.message.removesuffix(error.excerpt))


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())


def log_cause(error: GraphEngineError, home: Home, *, debug: bool) -> None:
    """Keep the traceback of what a node raised unforeseen; a ValueError is a node's way to explain itself."""
    cause = error.__cause__
    if not isinstance(error, NodeFailed) or cause is None or isinstance(cause, ValueError):
        return
    if debug:
        traceback.print_exception(cause, file=sys.stderr)
        return
    path = write_log(cause, home)
    if path is not None:
        print(f"the details are in {path}", file=sys.stderr)


def log_defect(error: Exception) -> None:
    """Write the traceback of an unexpected error to the home folder's log, and say so in one line."""
    path = write_log(error, Home.find())
    where = f"the details are in {path}" if path else "run again with --debug for the details"
    print(f"error: unexpected {type(error).__name__}: {one_line(str(error))}; {where}", file=sys.stderr)


def write_log(error: BaseException, home: Home) -> Path | None:
    """Write the traceback into the home folder; None if that can't be written."""
    path = home.logs / f"{datetime.now():%Y-%m-%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return None
    return path
