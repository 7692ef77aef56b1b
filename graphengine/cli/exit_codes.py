"""What the command's exit code tells."""

from graphengine.errors import Cancelled, GraphEngineError, InvalidWorkflow

SUCCEEDED = 0
FAILED = 1
BAD_WORKFLOW = 2
INTERRUPTED = 130


class UsageError(GraphEngineError):
    """The command was called wrongly: nothing was run."""


def exit_code(error: GraphEngineError, *, running: bool = False) -> int:
    """130 for an interrupt, 2 for a bad workflow or usage, 1 for a run that failed.

    running: whether a run had begun; before that an error is about the workflow, unless it is about the disk.
    """
    if isinstance(error, Cancelled):
        return INTERRUPTED
    if isinstance(error, (InvalidWorkflow, UsageError)):
        return BAD_WORKFLOW
    return FAILED if running or error.kind == "output_folder" else BAD_WORKFLOW
