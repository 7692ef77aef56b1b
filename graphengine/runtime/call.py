"""A workflow as a Python function."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from graphengine.runtime.result import Result
from graphengine.runtime.runtime import Runtime
from graphengine.runtime.source import Source
from graphengine.runtime.sweep_result import SweepResult


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


def sweep(
    workflow: Source,
    /,
    axes: Mapping[str, Iterable[Any]] | None = None,
    *,
    output: str | Path | None = None,
    home: str | Path | None = None,
    memory_budget: int | None = None,
    sheet: bool = True,
    **parameters: Any,
) -> SweepResult:
    """Run a workflow for each combination of values: `sweep("t2i.json", {"seed": [1, 2], "steps": [9, 20]})`.

    axes: per parameter, or input written `node.input`, its values; may be left out for a contact sheet.
    sheet: whether to make a contact sheet. The rest is as for `run`. Raises GraphEngineError before anything
    runs; a point that fails later is told in the result.
    """
    runtime = Runtime(home, memory_budget=memory_budget)
    return runtime.sweep(workflow, axes, parameters, output=output, sheet=sheet)
