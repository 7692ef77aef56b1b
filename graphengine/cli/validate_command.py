"""`graphengine validate`: every problem of a workflow at once."""

from graphengine.cli.exit_codes import SUCCEEDED, exit_code
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import print_error
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.runtime import Runtime


def validate_workflow(file: str, home: str | None, *, as_json: bool, thorough: bool) -> int:
    """Check the workflow and print what is wrong with it, or that nothing is."""
    runtime = Runtime(home)
    try:
        graph = runtime.check(file) if thorough else runtime.validate(file)
    except GraphEngineError as error:
        if as_json:
            problems = error.problems if isinstance(error, InvalidWorkflow) else (error,)
            print_json({"valid": False, "problems": [each.to_dict() for each in problems]})
        else:
            print_error(error)
        return exit_code(error)
    if as_json:
        print_json({"valid": True, "problems": []})
    else:
        count = len(graph.nodes)
        print(f"{file}: {count} node{'' if count == 1 else 's'}, no problems")
    return SUCCEEDED
