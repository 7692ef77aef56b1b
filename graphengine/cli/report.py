"""Errors as people read them, on standard error."""

import sys
import traceback
from datetime import datetime

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.home import Home


def print_error(error: GraphEngineError) -> None:
    """One line per problem, and the hint where the message doesn't hold it already."""
    problems = error.problems if isinstance(error, InvalidWorkflow) else (error,)
    for problem in problems:
        message = one_line(problem.message)
        hint = f"; {problem.hint}" if problem.hint and problem.hint not in problem.message else ""
        print(f"error: {message}{hint}", file=sys.stderr)
    if len(problems) > 1:
        print(f"{len(problems)} problems; nothing was run", file=sys.stderr)


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())


def log_defect(error: Exception) -> None:
    """Write the traceback of an unexpected error to the home folder's log, and say so in one line."""
    folder = Home.find().logs
    path = folder / f"{datetime.now():%Y-%m-%d-%H%M%S}.txt"
    kind = type(error).__name__
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f"the details are in {path}"
    except OSError:
        where = "run again with --debug for the details"
    print(f"error: unexpected {kind}: {one_line(str(error))}; {where}", file=sys.stderr)
