"""The composition root: the one place that builds concrete objects and wires them together."""

from graphengine.runtime.call import run
from graphengine.runtime.model_files import ModelFile
from graphengine.runtime.result import Result
from graphengine.runtime.runtime import Runtime
from graphengine.runtime.source import Opened, Source

__all__ = ["ModelFile", "Opened", "Result", "Runtime", "Source", "run"]
