"""Small WebP copies of pictures, made once and kept in the home folder's cache."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from graphengine.server.core.thumbnail_files import ThumbnailFiles
from graphengine.server.files.pictures import opened
from graphengine.server.files.uploads import discard

QUALITY = 80
AT_ONCE = 2
"""Pictures that are decoded at a time, so that a page of a gallery doesn't take all memory."""


class Thumbnails:
    """Makes thumbnails when they are asked for."""

    def __init__(self, files: ThumbnailFiles, max_pixels: int) -> None:
        self._files = files
        self._max_pixels = max_pixels
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def of(self, picture: Path, sha256: str, size: int) -> Path:
        """The file; made if it isn't there. Raises as `opened`."""
        target = self._files.at(sha256, size)
        if not target.is_file():
            async with self._turns:
                await asyncio.to_thread(self._make, picture, target, size)
        return target

    def _make(self, picture: Path, target: Path, size: int) -> None:
        if target.is_file():  # another request was quicker
            return
        with opened(picture, self._max_pixels) as full:
            small = full.convert("RGBA" if "A" in full.getbands() else "RGB")
        small.thumbnail((size, size))
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                small.save(file, format="WEBP", quality=QUALITY)
            os.replace(beside, target)
        finally:
            discard(Path(beside))
