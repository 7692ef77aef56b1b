"""The files of artifacts, and removing those that nothing speaks of any more."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Collection

from graphengine.home import Home
from graphengine.provenance import ContentFolder
from graphengine.server.core.artifact_rows import still_shown
from graphengine.server.core.store import Store
from graphengine.server.core.thumbnail_files import ThumbnailFiles
from graphengine.server.errors import ServerError

FOLDER = "artifacts"
"""In the home folder."""
logger = logging.getLogger(__name__)


class ArtifactFiles:
    """Files are removed only while no run is under way, since it may just be making the same one again."""

    def __init__(self, home: Home, store: Store) -> None:
        self.folder = ContentFolder(home.root / FOLDER)
        self.thumbnails = ThumbnailFiles(home.cache)
        self._uploads = home.input
        self._store = store
        self._doomed: set[str] = set()

    def doom(self, hashes: Collection[str]) -> None:
        """Remove these at the next occasion, unless another record speaks of them then."""
        self._doomed = self._doomed | set(hashes)

    async def remove_doomed(self) -> None:
        """Remove them; no run may be under way."""
        if self._doomed:
            try:
                await self._remove(self._doomed)
            except ServerError as error:
                logger.warning("%d files stay for now: %s", len(self._doomed), error)
            else:
                self._doomed = set()

    async def sweep(self) -> None:
        """Remove what an earlier server left half-written or without a record; no run may be under way."""
        found = await asyncio.to_thread(self.folder.sweep)
        hashes = list(found)
        for start in range(0, len(hashes), 500):
            await self._remove(set(hashes[start : start + 500]))
        await asyncio.to_thread(self._sweep_thumbnails)

    async def _remove(self, hashes: Collection[str]) -> None:
        known = await self._store.read(lambda db: still_shown(db, hashes))
        for sha256 in set(hashes) - known:
            path = self.folder.find(sha256)
            if path is not None:
                with contextlib.suppress(OSError):
                    path.unlink()
            self.thumbnails.remove(sha256)

    def _sweep_thumbnails(self) -> None:
        uploads = {path.name.partition(".")[0] for path in self._uploads.glob("*")}
        self.thumbnails.sweep(lambda sha256: sha256 in uploads or self.folder.find(sha256) is not None)
