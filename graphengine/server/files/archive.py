"""A zip file that is sent while it is written: nothing of it is ever whole in memory or on disk."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

CHUNK = 1 << 18


class Entry(NamedTuple):
    """A file in the archive: from disk, or of a few bytes."""

    name: str
    at: datetime
    source: Path | bytes


class _Sink(io.RawIOBase):
    """A file that can only be written, and hands out what was."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken


async def zipped(entries: Iterable[Entry]) -> AsyncIterator[bytes]:
    """The bytes of a zip with these files, stored as they are: pictures don't get smaller."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, entry.at.timetuple()[:6])
            with archive.open(info, "w", force_zip64=True) as target:
                if isinstance(entry.source, bytes):
                    target.write(entry.source)
                else:
                    with entry.source.open("rb") as file:
                        while chunk := await asyncio.to_thread(file.read, CHUNK):
                            target.write(chunk)
                            yield sink.take()
            yield sink.take()
    yield sink.take()
