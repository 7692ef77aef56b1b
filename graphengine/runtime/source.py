"""What a workflow can be given as: a file, a bare name, a picture, JSON, or a document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document, load
from graphengine.home import Home
from graphengine.nearest import did_you_mean
from graphengine.provenance import is_picture, read_provenance

Source = str | Path | Mapping[str, Any] | Document
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True)
class Opened:
    """A document, and what the files of its pictures are called after."""

    document: Document
    stem: str


def open_source(source: Source, home: Home) -> Opened:
    """Read the workflow; raises `InvalidWorkflow` for what is none, `GraphEngineError` for a bare picture."""
    if isinstance(source, Document):
        return _opened(source, "picture")
    if isinstance(source, Mapping) or _is_json(source):
        return _opened(load(source), "picture")
    path = _find(source, home)
    if is_picture(path) or path.suffix.lower() in PICTURE_SUFFIXES:
        stem = re.sub(r"-\d{4,}(-seed\d+)?$", "", path.stem)
        return _opened(load(read_provenance(path).document), stem)
    return _opened(load(path), path.stem)


def _opened(document: Document, stem: str) -> Opened:
    return Opened(document, document.name or stem)


def _is_json(source: str | Path) -> bool:
    return isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith(("{", "["))


def _find(source: str | Path, home: Home) -> Path:
    path = Path(source).expanduser()
    try:
        if path.exists():
            return path
    except OSError:  # a name that is too long
        pass
    saved = home.workflow_files()
    name = path.name.removesuffix(".json")
    if path.name == str(path) and name in saved:
        return saved[name]
    hint = did_you_mean(name, saved)
    message = f"there is no workflow '{source}'" + (f"; {hint}" if hint else "")
    expected = "a workflow file, a picture that carries one, or one of: " + ", ".join(sorted(saved))
    raise InvalidWorkflow(
        [GraphEngineError(message, kind="no_file", expected=expected, got=str(source), hint=hint)]
    )
