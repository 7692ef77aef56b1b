"""A file whose reading can be stopped."""

from collections.abc import Callable
from typing import BinaryIO

CHUNK = 16 << 20


class CheckedFile:
    """An open file; `check` is called before each chunk that is read.

    What it raises is kept in `stopped`, and the file is at its end from then on: readers written in C can't
    be left by an exception.
    """

    def __init__(self, file: BinaryIO, check: Callable[[], None]) -> None:
        self.stopped: BaseException | None = None
        self._file = file
        self._check = check

    def read(self, size: int = -1) -> bytes:
        """Some bytes, or all that are left."""
        return self._file.read(size) if self._goes_on() else b""

    def readline(self, size: int = -1) -> bytes:
        """The rest of a line, without more bytes than `size`."""
        return self._file.readline(size) if self._goes_on() else b""

    def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill a buffer; the number of bytes that there were."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and self._goes_on():
            count = self._file.readinto(view[done : done + CHUNK])  # type: ignore[attr-defined]
            if not count:
                break
            done += count
        return done

    def seek(self, place: int, origin: int = 0) -> int:
        """Go to a place in the file."""
        return self._file.seek(place, origin)

    def tell(self) -> int:
        """The place in the file."""
        return self._file.tell()

    def _goes_on(self) -> bool:
        if self.stopped is None:
            try:
                self._check()
            except BaseException as raised:  # noqa: BLE001 - whoever reads raises it
                self.stopped = raised
        return self.stopped is None
