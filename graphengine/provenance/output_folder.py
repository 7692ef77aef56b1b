"""The folder that pictures are saved in: checked before a run, never overwritten, no half-written file."""

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graphengine.errors import GraphEngineError

PROBE_BYTES = 1 << 16
"""Room that a folder must have before a run is worth starting."""
LONGEST_STEM = 80
"""Characters of a file's name before its number."""


class OutputFolder:
    """Saves files as `stem-0001-seed7.png`, counting on from what is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Make the folder and write a little into it, so that no run is lost to a bad path or a full disk."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                dir=self.folder, prefix=".graphengine-", suffix=".part"
            ) as probe:
                probe.write(bytes(PROBE_BYTES))
                probe.flush()
                os.fsync(probe.fileno())
        except OSError as error:
            raise cannot_save(self.folder, error) from error

    def save(self, data: bytes, stem: str, seed: int | None = None) -> Path:
        """Write `data` beside its place, then give it the first free name; returns that path."""
        beside = self.folder / f".graphengine-{secrets.token_hex(8)}.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return self._place(beside, file_stem(stem), "" if seed is None else f"-seed{seed}")
        except OSError as error:
            raise cannot_save(self.folder, error) from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def again(self, path: Path, remake: Callable[[bytes], bytes]) -> Path:
        """The same file: once it is there it is its owner's, and nothing in it changes."""
        return path

    def _place(self, beside: Path, stem: str, tail: str) -> Path:
        number = self._last_number(stem)
        while True:
            number += 1
            path = self.folder / f"{stem}-{number:04d}{tail}.png"
            try:
                os.link(beside, path)  # unlike a rename, refuses to overwrite
            except FileExistsError:
                continue
            except OSError:  # a file system without hard links
                if path.exists():
                    continue
                os.replace(beside, path)
            return path

    def _last_number(self, stem: str) -> int:
        named = re.compile(re.escape(stem) + r"-(\d{4,})\b.*\.png")
        numbers = (named.fullmatch(path.name) for path in self.folder.iterdir())
        return max((int(match[1]) for match in numbers if match), default=0)


def file_stem(name: str) -> str:
    """A name for people as part of a file name: letters, digits, `-` and `_`, not too many of them."""
    return re.sub(r"[^\w-]+", "_", name).strip("_")[:LONGEST_STEM] or "picture"


def cannot_save(folder: Path, error: OSError) -> GraphEngineError:
    """The error for a folder that can't be written to."""
    not_a_folder = isinstance(error, FileExistsError | NotADirectoryError)
    reason = "There is a file of that name" if not_a_folder else error.strerror or str(error)
    return GraphEngineError(
        f"cannot save into '{folder}': {reason[:1].lower()}{reason[1:]}",
        kind="output_folder",
        expected="a folder that can be written",
        got=reason,
        hint="name another folder with --output, or make room",
    )
