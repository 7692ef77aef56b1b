"""Values described in JSON, with their tensors beside, and back."""

from __future__ import annotations

import base64
import math
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from typing import Any

OWN = "graphengine"
"""The package whose modules are imported for the classes in a file; others must be imported already."""


class NotStorable(Exception):  # noqa: N818 - said in passing, never shown
    """A value has no description."""


class Describing:
    """Describes values, and collects their tensors by name; a tensor that occurs twice is stored once."""

    def __init__(self) -> None:
        self.tensors: dict[str, Any] = {}
        self._names: dict[int, str] = {}

    def describe(self, value: Any) -> Any:
        """JSON scalars as they are, everything else as an object with one key, the kind."""
        if value is None or isinstance(value, bool | str):
            return value if type(value) in (bool, str, type(None)) else _refuse(value)
        if type(value) is int:
            return value if abs(value) < 2**53 else {"int": str(value)}
        if type(value) is float:
            return value if math.isfinite(value) else {"float": repr(value)}
        if type(value) is bytes:
            return {"bytes": base64.b64encode(value).decode("ascii")}
        if type(value) is list:
            return {"list": [self.describe(item) for item in value]}
        if type(value) is dict:
            if not all(type(key) is str for key in value):
                _refuse(value)
            return {"dict": {key: self.describe(item) for key, item in value.items()}}
        if isinstance(value, tuple):
            return self._tuple(value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value)
        return self._tensor(value)

    def _tuple(self, value: tuple[Any, ...]) -> Any:
        items = [self.describe(item) for item in value]
        if type(value) is tuple:
            return {"tuple": items}
        return {"class": _path(type(value)), "items": items}

    def _dataclass(self, value: Any) -> Any:
        kind = type(value)
        if not kind.__dataclass_params__.frozen or any(not field.init for field in fields(value)):
            _refuse(value)
        named = {field.name: self.describe(getattr(value, field.name)) for field in fields(value)}
        return {"class": _path(kind), "fields": named}

    def _tensor(self, value: Any) -> Any:
        torch: Any = sys.modules.get("torch")
        numpy: Any = sys.modules.get("numpy")
        if torch is not None and type(value) is torch.Tensor and value.layout is torch.strided:
            return {"tensor": self._name(value, value.detach().cpu()), "device": str(value.device)}
        if numpy is not None and type(value) is numpy.ndarray and value.dtype.kind in "biuf":
            from torch import from_numpy

            try:
                copied = from_numpy(numpy.array(value, order="C"))
            except TypeError:  # a type of number that torch doesn't have
                _refuse(value)
            return {"array": self._name(value, copied)}
        return _refuse(value)

    def _name(self, value: Any, tensor: Any) -> str:
        known = self._names.get(id(value))
        if known is None:
            known = self._names[id(value)] = str(len(self.tensors))
            # A copy of its own: safetensors takes no two tensors of one storage.
            self.tensors[known] = tensor.clone().contiguous()
        return known


class Restoring:
    """Makes values of their descriptions."""

    def __init__(self, tensors: dict[str, Any]) -> None:
        self._tensors = tensors

    def restore(self, described: Any) -> Any:
        """The value; raises LookupError, TypeError or ValueError for what is no description."""
        if not isinstance(described, dict):
            return described
        kind = next(iter(described))
        content = described[kind]
        if kind == "list":
            return [self.restore(item) for item in content]
        if kind == "tuple":
            return tuple(self.restore(item) for item in content)
        if kind == "dict":
            return {key: self.restore(item) for key, item in content.items()}
        if kind == "tensor":
            tensor = self._tensors[content]
            return tensor if described["device"] == "cpu" else tensor.to(described["device"])
        if kind == "array":
            array = self._tensors[content].numpy()
            array.setflags(write=False)
            return array
        if kind == "class":
            return self._instance(described)
        if kind == "int":
            return int(content)
        if kind == "float":
            return float(content)
        if kind == "bytes":
            return base64.b64decode(content)
        raise ValueError(f"unknown kind '{kind}'")

    def _instance(self, described: dict[str, Any]) -> Any:
        kind = _class_at(described["class"])
        if "items" in described:
            items = [self.restore(item) for item in described["items"]]
            return kind(*items) if hasattr(kind, "_fields") else kind(items)
        return kind(**{name: self.restore(each) for name, each in described["fields"].items()})


def _refuse(value: Any) -> Any:
    raise NotStorable(type(value).__name__)


def _path(kind: type) -> str:
    path = f"{kind.__module__}:{kind.__qualname__}"
    try:
        if _class_at(path) is kind:
            return path
    except (LookupError, ValueError, TypeError, AttributeError, ImportError):
        pass
    raise NotStorable(path)


def _class_at(path: str) -> Any:
    """A class that holds plain values: a frozen dataclass or a kind of tuple, and nothing else."""
    module, _, name = path.partition(":")
    if module != OWN and not module.startswith(f"{OWN}.") and module not in sys.modules:
        raise ValueError(f"the module {module} is not imported")
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if not isinstance(found, type):
        raise ValueError(f"{path} is no class")
    frozen = is_dataclass(found) and found.__dataclass_params__.frozen  # type: ignore[attr-defined]
    if not frozen and not issubclass(found, tuple):
        raise ValueError(f"{path} is neither a frozen dataclass nor a kind of tuple")
    return found
