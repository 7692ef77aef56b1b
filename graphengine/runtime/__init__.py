"""The composition root: the one place that builds concrete objects and wires them together."""

from graphengine.runtime.call import run, sweep
from graphengine.runtime.grid import Axis
from graphengine.runtime.model_files import ModelFile
from graphengine.runtime.result import Result
from graphengine.runtime.runtime import Runtime
from graphengine.runtime.source import Opened, Source
from graphengine.runtime.sweep_result import Point, SweepResult

__all__ = [
    "Axis",
    "ModelFile",
    "Opened",
    "Point",
    "Result",
    "Runtime",
    "Source",
    "SweepResult",
    "run",
    "sweep",
]
