"""`graphengine schema`: the JSON Schema of workflow documents."""

import json

from graphengine.graph import json_schema


def print_schema() -> None:
    """Print it, indented."""
    print(json.dumps(json_schema(), indent=2))
