"""One server per home folder."""

from __future__ import annotations

import os
from pathlib import Path

from graphengine.server.errors import FolderInUse

FILE = "graphengine.lock"


class FolderLock:
    """A lock of the operating system on a file, which ends with the process, however that ends."""

    def __init__(self, root: Path) -> None:
        self._path = root / FILE
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock; raises `FolderInUse` where another process has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(handle):
            owner = os.read(handle, 100).decode("ascii", "replace").strip()
            os.close(handle)
            who = f" (process {owner})" if owner.isdigit() else ""
            raise FolderInUse(
                f"another graphengine server{who} uses the folder '{self._path.parent}'",
                kind="folder_in_use",
                expected="a home folder of its own",
                got=str(self._path.parent),
                hint="stop that one, or name another folder with --home",
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode("ascii"))
        self._handle = handle

    def release(self) -> None:
        """Give it back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        return _lock_first_byte(handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_first_byte(handle: int) -> bool:
    import msvcrt

    try:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except OSError:
        return False
    return True
