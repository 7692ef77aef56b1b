"""The files that saved workflows also are, so that the command line finds them, and hands may edit them."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import stat
from pathlib import Path

from graphengine.errors import InvalidWorkflow
from graphengine.graph import Document, dump, load
from graphengine.server.errors import BadRequest

LONGEST_NAME = 100
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')
_NOT_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
logger = logging.getLogger(__name__)


def check_name(name: str) -> None:
    """Raise `BadRequest` for what can't be the name of a file on some system, or would be hidden."""
    expected = _expected(name)
    if expected is not None:
        got = repr(name) if len(name) <= LONGEST_NAME else f"{len(name)}"
        raise BadRequest(f"workflow name: expected {expected}, got {got}", expected=expected, got=got)


def _expected(name: str) -> str | None:
    """What is expected in the place of such a name; None if it is a good one."""
    if len(name) > LONGEST_NAME:
        return f"at most {LONGEST_NAME} characters"
    if not name.strip(". "):
        return "a name with a letter or a digit in it"
    if name[0] in ". " or name[-1] in ". ":
        return "a name that neither begins nor ends with a dot or a space"
    if not name.isprintable() or _NOT_IN_NAMES & set(name):
        return 'a name without / \\ : * ? " < > | and control characters'
    if name.partition(".")[0].casefold() in _NOT_NAMES:
        return "another name, since Windows keeps this one for a device"
    return None


class WorkflowFiles:
    """A folder with a file per workflow; one that can't be read as a workflow is left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, tuple[int, int]] = {}

    def changed(self, name: str | None = None) -> dict[str, Document]:
        """The workflows whose files are new or other than when they were last looked at, of all or of one."""
        paths = sorted(self._folder.glob("*.json")) if name is None else [self._folder / f"{name}.json"]
        found = {}
        for path in paths:
            try:
                check_name(path.stem if name is None else name)
                status = path.lstat()
            except (OSError, BadRequest):  # gone meanwhile, or no name
                continue
            state = (status.st_mtime_ns, status.st_size)
            if not stat.S_ISREG(status.st_mode) or self._seen.get(path) == state:
                continue
            self._seen[path] = state
            try:
                found[path.stem] = load(path)
            except InvalidWorkflow as error:
                logger.warning("%s is left out: %s", path, error)
        return found

    def write(self, name: str, document: Document) -> None:
        """Write the file, whole or not at all; the store has it anyway, so that a full disk is no failure."""
        path = self._folder / f"{name}.json"
        beside = path.with_name(f".{secrets.token_hex(8)}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            beside.write_text(dump(document), encoding="utf-8")
            os.replace(beside, path)
            status = path.stat()
            self._seen[path] = (status.st_mtime_ns, status.st_size)
        except OSError as error:
            logger.warning("%s can't be written: %s", path, error)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Remove the file of a workflow that was deleted."""
        with contextlib.suppress(OSError):
            (self._folder / f"{name}.json").unlink(missing_ok=True)
