"""Results on disk, so that they survive the process: one file each, safe with several processes at once."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import secrets
import threading
import time
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from graphengine.execution.cache.entry import Entry, Origin

FORMAT = "graphengine-result/1"
SUFFIX = ".result"
LEAST_SECONDS = 0.02
"""Results that were made faster aren't worth a file."""
STALE_SECONDS = 3600.0
WAITING = 64
"""Results that may wait to be written; beyond these a run waits for the disk."""

logger = logging.getLogger(__name__)


class Codec(Protocol):
    """Turns the values of a result into bytes and back."""

    def encode(self, values: tuple[Any, ...]) -> bytes | None:
        """The bytes; None if some value can't be stored."""

    def decode(self, data: bytes) -> tuple[Any, ...]:
        """The values; raises ValueError for what `encode` didn't make."""


class DiskCache:
    """Keeps results that took long enough to make, the least recently used leaving first.

    folder: has a subfolder per `stamp`, which names what results depend on beside their keys, such as the
    versions of libraries.
    A file gets its name only once it is whole, and carries a checksum, so that a process that dies while it
    writes, or a disk that fails, leaves nothing that is taken for a result. A disk that is full or read-only
    is no error: results then aren't kept.
    """

    def __init__(
        self,
        folder: Path,
        budget_bytes: int,
        codec: Codec,
        stamp: str = "",
        least_seconds: float = LEAST_SECONDS,
    ) -> None:
        self.root = folder
        name = blake2b(f"{FORMAT} {stamp}".encode(), digest_size=8).hexdigest()
        self.folder = folder / name
        self.budget_bytes = budget_bytes
        self._codec = codec
        self._least_seconds = least_seconds
        self._known: set[str] | None = None
        self._used = 0
        self._lock = threading.Lock()
        self._waiting: queue.Queue[tuple[bytes, Entry] | None] = queue.Queue(WAITING)
        self._writer: threading.Thread | None = None

    @property
    def used_bytes(self) -> int:
        """What all results take, those of older versions too; looked up once per run."""
        self._names()
        return self._used

    def get(self, key: bytes) -> Entry | None:
        """The result of that key, read and checked; None if there is none that is whole."""
        name = key.hex()
        if name not in self._names():
            return None
        path = self._path(name)
        try:
            header, payload = _split(path.read_bytes(), key)
        except FileNotFoundError:  # another process dropped it
            self._forget(name)
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.debug("%s is no result: %s", path, error)
            self.drop(key)
            return None
        try:
            entry = self._entry(header, payload)
        except (ValueError, KeyError, TypeError, ImportError) as error:
            # Whole, but not for this process: of a plugin that isn't imported, or a device that isn't here.
            logger.debug("%s can't be read here: %s", path, error)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return entry

    def peek(self, key: bytes) -> Entry | None:
        """None: nothing is in memory."""
        return None

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep a result: written by and by, so that nobody waits for the disk."""
        if entry.seconds < self._least_seconds or entry.artifacts or entry.size > self.budget_bytes:
            return
        if self._writer is None or not self._writer.is_alive():
            self._writer = threading.Thread(target=self._write_all, name="graphengine-results", daemon=True)
            self._writer.start()
        self._waiting.put((key, entry))

    def drop(self, key: bytes) -> None:
        """Forget a result, if it is kept."""
        name = key.hex()
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)
        self._forget(name)

    def where(self, key: bytes) -> str | None:
        """`disk`, or None if it isn't kept."""
        return "disk" if key.hex() in self._names() else None

    def run_began(self) -> None:
        """A run begins: look what other processes have written."""
        self._known = None

    def run_ended(self) -> None:
        """A run ended: what it made is on disk when this returns."""
        self.flush()

    def flush(self) -> None:
        """Wait until all is written."""
        if self._writer is not None:
            self._waiting.join()

    def clear(self) -> None:
        """Forget all results."""
        self.flush()
        for name in tuple(self._names()):
            self.drop(bytes.fromhex(name))

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}{SUFFIX}"

    def _names(self) -> set[str]:
        """The names of all results; looked up once per run, since asking for each file takes longer."""
        known = self._known
        if known is None:
            with self._lock:
                known = self._known = self._scan()
        return known

    def _scan(self) -> set[str]:
        found: set[str] = set()
        used = 0
        now = time.time()
        for path, status in self._files():
            if path.name.endswith(SUFFIX):
                used += status.st_size
                if path.parent.parent == self.folder:
                    found.add(path.name.removesuffix(SUFFIX))
            elif now - status.st_mtime > STALE_SECONDS:  # of a process that died
                with contextlib.suppress(OSError):
                    path.unlink()
        self._used = used
        return found

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        """The files of all stamps: results of older versions count, and leave, as well."""
        found = []
        for path in self.root.glob("*/??/*") if self.root.is_dir() else ():
            with contextlib.suppress(OSError):
                found.append((path, path.stat()))
        return found

    def _forget(self, name: str) -> None:
        if self._known is not None:
            self._known.discard(name)

    def _write_all(self) -> None:
        while True:
            item = self._waiting.get()
            try:
                if item is not None:
                    self._write(*item)
            except Exception:
                logger.debug("a result is not kept", exc_info=True)
            finally:
                self._waiting.task_done()

    def _write(self, key: bytes, entry: Entry) -> None:
        name = key.hex()
        if name in self._names():
            return
        payload = self._codec.encode(entry.values)
        if payload is None:
            return
        data = _with_header(key, entry, payload)
        if len(data) > self.budget_bytes:
            return
        path = self._path(name)
        beside = path.with_name(f".{name}.{secrets.token_hex(4)}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            os.replace(beside, path)
        except OSError as error:
            logger.debug("%s is not kept: %s", path, error)
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            return
        self._names().add(name)
        self._used += len(data)
        if self._used > self.budget_bytes:
            self._make_room()

    def _make_room(self) -> None:
        """Drop the least recently used results, down to nine tenths of the budget."""
        files = sorted(self._files(), key=lambda file: file[1].st_mtime_ns)
        used = sum(status.st_size for _, status in files)
        for path, status in files:
            if used <= 0.9 * self.budget_bytes:
                break
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            used -= status.st_size
            self._forget(path.name.removesuffix(SUFFIX))
        self._used = used

    def _entry(self, header: dict[str, Any], payload: bytes) -> Entry:
        values = self._codec.decode(payload)
        origins = header["origins"]
        return Entry.of(
            values,
            (),
            float(header["seconds"]),
            None if origins is None else tuple(_origin(each) for each in origins),
        )


def _with_header(key: bytes, entry: Entry, payload: bytes) -> bytes:
    """The file: checksum of all that follows, length of the header, header, payload."""
    header = json.dumps(
        {
            "format": FORMAT,
            "key": key.hex(),
            "seconds": entry.seconds,
            "origins": None if entry.origins is None else [_written(each) for each in entry.origins],
        }
    ).encode()
    rest = len(header).to_bytes(4, "little") + header + payload
    return blake2b(rest, digest_size=32).digest() + rest


def _split(data: bytes, key: bytes) -> tuple[dict[str, Any], bytes]:
    """Header and payload of a file that is whole, and of this key; raises ValueError for any other."""
    checksum, rest = data[:32], data[32:]
    if len(checksum) < 32 or blake2b(rest, digest_size=32).digest() != checksum:
        raise ValueError("it is damaged")
    length = int.from_bytes(rest[:4], "little")
    header = json.loads(rest[4 : 4 + length])
    if header["format"] != FORMAT or header["key"] != key.hex():
        raise ValueError("it is of another format or key")
    return header, rest[4 + length :]


def _written(origin: Origin) -> list[Any]:
    return [origin.key.hex(), origin.output, [_written(each) for each in origin.items]]


def _origin(data: list[Any]) -> Origin:
    key, output, items = data
    return Origin(bytes.fromhex(key), int(output), tuple(_origin(each) for each in items))
