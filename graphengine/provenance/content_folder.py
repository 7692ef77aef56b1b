"""A folder of files that are named by the SHA-256 of their bytes: the same picture is there once."""

import errno
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from graphengine.provenance.output_folder import PROBE_BYTES, cannot_save

_HASH = re.compile(r"[0-9a-f]{64}")
_BESIDE = ".part"


class ContentFolder:
    """Saves files as `ab/abcd….png`, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self) -> None:
        """Make the folder and look for room, so that no run is lost to a bad path or a full disk."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self.folder).free < PROBE_BYTES:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise cannot_save(self.folder, error) from error

    def save(self, data: bytes, stem: str = "", seed: int | None = None, suffix: str = ".png") -> Path:
        """Write `data`, unless it is there; returns its path. What else is known of it has no place here."""
        name = hashlib.sha256(data).hexdigest()
        path = self.folder / name[:2] / f"{name}{suffix}"
        if path.exists():
            return path
        beside = path.with_name(f".{secrets.token_hex(8)}{_BESIDE}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except OSError as error:
            raise cannot_save(self.folder, error) from error
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        return path

    def again(self, path: Path, remake: Callable[[bytes], bytes]) -> Path:
        """A file of this folder as `remake` would have it; one from elsewhere stays as it is."""
        if path.parent.parent != self.folder:
            return path
        return self.save(remake(path.read_bytes()), suffix=path.suffix)

    def find(self, sha256: str) -> Path | None:
        """The file of that hash; None for what is no hash or isn't here."""
        if not _HASH.fullmatch(sha256):
            return None
        usual = self.folder / sha256[:2] / f"{sha256}.png"
        if usual.is_file():
            return usual
        return next(usual.parent.glob(f"{sha256}.*"), None)

    def sweep(self) -> set[str]:
        """Remove what a process that died left half-written; gives the hashes of the files that are here.

        No other process may be saving into it.
        """
        found = set()
        for path in self.folder.glob("??/*") if self.folder.is_dir() else ():
            name = path.name.partition(".")[0]
            if path.name.startswith(".") and path.name.endswith(_BESIDE):
                with suppress(OSError):
                    path.unlink()
            elif _HASH.fullmatch(name):
                found.add(name)
        return found
