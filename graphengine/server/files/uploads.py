"""Uploaded pictures: in the home folder's input/, under the SHA-256 of their bytes, for workflows to name."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, Field

from graphengine.server.errors import NotFound, StorageFull
from graphengine.server.files.pictures import FORMATS, Decoded, Kind, check_picture, write_mask
from graphengine.server.http.refusals import TooLarge

NAME = re.compile(r"[0-9a-f]{64}\.(png|jpg|webp)")
_MEDIA_TYPES = dict(FORMATS.values())


class Upload(BaseModel):
    """An uploaded picture; workflows give its `name` to `load_image`."""

    name: str
    sha256: str
    media_type: str
    size: int = Field(description="bytes")
    uploaded_at: datetime


class NewUpload(Upload):
    """One that was just decoded."""

    width: int
    height: int


async def spool(chunks: AsyncIterator[bytes], folder: Path, most: int) -> Path:
    """Write what comes into a new file in the folder; raises `TooLarge` as soon as it is more than that."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".upload-", dir=folder)
    path = Path(name)
    written = 0
    try:
        with os.fdopen(handle, "wb") as file:
            async for chunk in chunks:
                written += len(chunk)
                if written > most:
                    raise TooLarge(
                        f"the file is too large: expected at most {most} bytes",
                        expected=f"at most {most} bytes",
                    )
                file.write(chunk)
    except OSError as error:
        discard(path)
        raise StorageFull(f"the upload can't be kept: {error.strerror}", kind="storage_full") from error
    except BaseException:
        discard(path)
        raise
    return path


def discard(path: Path) -> None:
    """Remove a file, if it is there."""
    with contextlib.suppress(OSError):
        path.unlink()


class Uploads:
    """The uploads of a home folder."""

    def __init__(self, folder: Path, max_pixels: int) -> None:
        self._folder = folder
        self._max_pixels = max_pixels

    def keep(self, spooled: Path, kind: Kind) -> NewUpload:
        """Decode the file and give it its name; it is gone afterwards, whatever comes of it."""
        mask = spooled.with_suffix(".mask")
        try:
            if kind == "mask":
                decoded = write_mask(spooled, mask, self._max_pixels)
                return self._take(mask, decoded)
            return self._take(spooled, check_picture(spooled, self._max_pixels))
        finally:
            discard(spooled)
            discard(mask)

    def _take(self, file: Path, decoded: Decoded) -> NewUpload:
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        target = self._folder / f"{sha256}.{decoded.suffix}"
        file.chmod(0o644)
        os.replace(file, target)
        return NewUpload(**self._describe(target).model_dump(), width=decoded.width, height=decoded.height)

    def list(self) -> list[Upload]:
        """The newest first."""
        found = [self._describe(path) for path in self._files()]
        return sorted(found, key=lambda each: (each.uploaded_at, each.name), reverse=True)

    def file(self, name: str) -> Path:
        """Where one is; raises `NotFound`. Only names of uploads are looked for, and no link is followed."""
        path = self._folder / name
        if not NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            raise NotFound("upload", name)
        return path

    def media_type(self, path: Path) -> str:
        """By its suffix, which was given to it after it was decoded."""
        return _MEDIA_TYPES[path.suffix[1:]]

    def delete(self, name: str) -> None:
        """Raises `NotFound`."""
        self.file(name).unlink()

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            for entry in os.scandir(self._folder):
                if NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)

    def _describe(self, path: Path) -> Upload:
        stat = path.stat()
        return Upload(
            name=path.name,
            sha256=path.stem,
            media_type=self.media_type(path),
            size=stat.st_size,
            uploaded_at=datetime.fromtimestamp(stat.st_mtime, UTC),
        )
