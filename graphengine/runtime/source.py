"""What a workflow can be given as: a file, a bare name, a picture, JSON, or a document."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document, load
from graphengine.graph.saved import embed_saved
from graphengine.home import Home
from graphengine.nearest import did_you_mean
from graphengine.provenance import SHEET, is_picture, read_provenance
from graphengine.runtime.grid import Axis

Source = str | Path | Mapping[str, Any] | Document
PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})


@dataclass(frozen=True)
class Opened:
    """A document, what the files of its pictures are called after, and of a contact sheet its axes."""

    document: Document
    stem: str
    axes: tuple[Axis, ...] = ()


def open_source(source: Source, home: Home) -> Opened:
    """Read the workflow, with the saved ones that it uses in it.

    Raises `InvalidWorkflow` for what is none, `GraphEngineError` for a bare picture.
    """
    if isinstance(source, Document):
        return _opened(source, "picture", home)
    if isinstance(source, Mapping) or _is_json(source):
        return _opened(load(source), "picture", home)
    path = _find(source, home)
    if is_picture(path) or path.suffix.lower() in PICTURE_SUFFIXES:
        record = read_provenance(path)
        stem = re.sub(r"-\d{4,}(-seed\d+)?$", "", path.stem)
        axes = _axes(path, record.sweep)
        return _opened(load(record.document), stem.removesuffix(SHEET) if axes else stem, home, axes)
    return _opened(load(path), path.stem, home)


def _opened(document: Document, stem: str, home: Home, axes: tuple[Axis, ...] = ()) -> Opened:
    saved: Mapping[str, Path] | None = None

    def find(name: str) -> Document | None:
        nonlocal saved
        if saved is None:
            saved = home.workflow_files()
        return load(saved[name]) if name in saved else None

    return Opened(embed_saved(document, find), document.name or stem, axes)


def _axes(path: Path, recorded: tuple[Any, ...]) -> tuple[Axis, ...]:
    try:
        return tuple(Axis.from_dict(each) for each in recorded)
    except (ValueError, AttributeError) as error:
        raise GraphEngineError(
            f"'{path}' carries a damaged record: {error}", kind="unreadable_picture"
        ) from error


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
