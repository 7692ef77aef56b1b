"""SHA-256 of model files, remembered between runs."""

import contextlib
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

CHUNK = 16 << 20


class FileHashes:
    """Hashes files once; a file is known again by its path, size and time of change.

    remembered_in: a JSON file, written when something new was hashed. One that can't be read or
    written is done without.
    """

    def __init__(self, remembered_in: Path | None = None) -> None:
        self._remembered_in = remembered_in
        self._lock = threading.Lock()
        self._known: dict[str, str] | None = None

    def sha256(self, path: Path, on_chunk: Callable[[int, int], None] | None = None) -> str:
        """The file's SHA-256 in hexadecimal.

        on_chunk: told the bytes done and in all now and then; may raise to stop. Raises OSError
        where the file can't be read.
        """
        identity = _identity(path)
        if (known := self._remembered(identity)) is not None:
            return known
        digest = hash_file(path, on_chunk)
        with self._lock:
            same_path = f"{path.resolve()}|"
            self._known = {
                other: value
                for other, value in (self._read() | (self._known or {})).items()
                if not other.startswith(same_path)
            } | {identity: digest}
            self._write(self._known)
        return digest

    def known(self, path: Path) -> str | None:
        """The hash if the file was hashed before and is as it was then; reads none of it."""
        return self._remembered(_identity(path))

    def _remembered(self, identity: str) -> str | None:
        with self._lock:
            if self._known is None:
                self._known = self._read()
            return self._known.get(identity)

    def _read(self) -> dict[str, str]:
        if self._remembered_in is None:
            return {}
        try:
            known = json.loads(self._remembered_in.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(known, dict):
            return {}
        return {key: value for key, value in known.items() if isinstance(value, str)}

    def _write(self, known: dict[str, str]) -> None:
        if self._remembered_in is None:
            return
        try:
            self._remembered_in.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._remembered_in.parent, prefix=".hashes-")
        except OSError:
            return
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(known, file, indent=1, sort_keys=True)
            os.replace(beside, self._remembered_in)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(beside)


def _identity(path: Path) -> str:
    stat = path.stat()
    return f"{path.resolve()}|{stat.st_size}|{stat.st_mtime_ns}"


def hash_file(path: Path, on_chunk: Callable[[int, int], None] | None = None) -> str:
    """Read a whole file and hash it."""
    digest = hashlib.sha256()
    done, total = 0, path.stat().st_size
    buffer = memoryview(bytearray(min(CHUNK, max(1, total))))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])
            done += count
            if on_chunk is not None:
                on_chunk(done, total)
    return digest.hexdigest()
