"""The record that a picture carries: enough to make the same pixels again."""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graphengine import __version__

FORMAT = "graphengine-picture/1"


@dataclass(frozen=True)
class ModelUsed:
    """A model file by the name that the workflow gives it, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """How a picture was made: the document with its parameters applied, and what it ran on.

    sweep: of a contact sheet, the axes along which the document's inputs varied.
    """

    document: Mapping[str, Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    models: tuple[ModelUsed, ...] = ()
    sweep: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> str:
        """One line of JSON in ASCII, as the PNG's text chunk holds it."""
        record = {
            "format": FORMAT,
            "document": self.document,
            "parameters": self.parameters,
            "seed": self.seed,
            "versions": self.versions,
            "models": [{"name": model.name, "sha256": model.sha256} for model in self.models],
        }
        if self.sweep:
            record["sweep"] = {"axes": list(self.sweep)}
        return json.dumps(record, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Provenance":
        """Read what `to_json` wrote; raises ValueError when `text` is no such record."""
        record = json.loads(text)
        if not isinstance(record, dict) or not isinstance(record.get("document"), dict):
            raise ValueError("no workflow document in it")
        major = str(record.get("format", "")).partition("/")
        if major[0] != FORMAT.partition("/")[0]:
            raise ValueError(f"its format is {record.get('format')!r}, expected {FORMAT!r}")
        return cls(
            document=record["document"],
            parameters=_mapping(record, "parameters"),
            seed=record.get("seed"),
            versions=_mapping(record, "versions"),
            models=tuple(ModelUsed(entry["name"], entry["sha256"]) for entry in record.get("models", ())),
            sweep=tuple(_mapping(record, "sweep").get("axes", ())),
        )


def versions_in_use() -> dict[str, str]:
    """Versions of what decides the pixels, read from package metadata without importing anything heavy."""
    versions = {"graphengine": __version__, "python": platform.python_version()}
    for package in ("torch", "transformers"):
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def _mapping(record: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = record.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"its {key!r} is no object")
    return value
