"""A workflow as a Python function."""

from pathlib import Path
from typing import Any

from graphengine.runtime.result import Result
from graphengine.runtime.runtime import Runtime
from graphengine.runtime.source import Source


def run(
    workflow: Source,
    /,
    *,
    output: str | Path | None = None,
    home: str | Path | None = None,
    memory_budget: int | None = None,
    **parameters: Any,
) -> Result:
    """Run a workflow once: `run("t2i.json", prompt="a red circle", seed=7).images[0]`.

    workflow: a file, the name of a saved one, a picture that carries one, JSON text, or decoded JSON.
    output: where to save pictures; without it they stay in memory and nothing is written.
    memory_budget: bytes that model weights may take.
    parameters: the workflow's own, by name.
    Raises GraphEngineError. For several runs keep a `Runtime`: it keeps models and results.
    """
    return Runtime(home, memory_budget=memory_budget).run(workflow, parameters, output=output)
