"""Values as safetensors with a description in JSON: tensors in the one, all else in the other. No pickle."""

from __future__ import annotations

import json
from typing import Any

from graphengine.storage.description import Describing, NotStorable, Restoring

KEY = "graphengine"
"""Where the file's metadata holds the description."""


class SafetensorsCodec:
    """Encodes JSON values, bytes, tensors, arrays, and tuples and frozen dataclasses of them.

    Models, open files and other living objects have no encoding.
    """

    def encode(self, values: tuple[Any, ...]) -> bytes | None:
        """The bytes of a safetensors file; None if some value has no encoding."""
        describing = Describing()
        try:
            described = [describing.describe(value) for value in values]
            text = json.dumps(described, allow_nan=False)
        except (NotStorable, RecursionError):
            return None
        from safetensors.torch import save

        return save(describing.tensors, {KEY: text})

    def decode(self, data: bytes) -> tuple[Any, ...]:
        """The values, which own their memory; raises ValueError for what `encode` didn't make."""
        from safetensors import SafetensorError
        from safetensors.torch import load

        try:
            length = int.from_bytes(data[:8], "little")
            described = json.loads(json.loads(data[8 : 8 + length])["__metadata__"][KEY])
            restoring = Restoring(load(data))
            return tuple(restoring.restore(each) for each in described)
        except (
            SafetensorError,
            ImportError,
            LookupError,
            TypeError,
            AttributeError,
            RuntimeError,  # also a device that isn't here
        ) as error:
            raise ValueError(f"no stored result: {error}") from error
