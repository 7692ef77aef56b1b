"""Where the small copies of pictures are, and removing those of pictures that are gone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = "thumbnails"
"""In the cache folder."""
KEPT_SECONDS = 30 * 24 * 3600.0
"""For which those of unknown pictures are kept: some are of pictures beside models."""


class ThumbnailFiles:
    """WebP files by the SHA-256 of the picture and the length of the longer side."""

    def __init__(self, cache: Path) -> None:
        self._folder = cache / FOLDER

    def at(self, sha256: str, size: int) -> Path:
        """The file of one, whether or not it is there."""
        return self._folder / sha256[:2] / f"{sha256}-{size}.webp"

    def remove(self, sha256: str) -> None:
        """Remove those of a picture, of all sizes."""
        for path in list((self._folder / sha256[:2]).glob(f"{sha256}-*.webp")):
            with contextlib.suppress(OSError):
                path.unlink()

    def sweep(self, is_known: Callable[[str], bool]) -> None:
        """Remove old ones of pictures that aren't known by their hash."""
        latest = time.time() - KEPT_SECONDS
        for path in list(self._folder.glob("??/*.webp")):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < latest and not is_known(path.name.partition("-")[0]):
                    path.unlink()
