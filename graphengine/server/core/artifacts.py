"""Pictures that runs have made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graphengine.server.models import ArtifactRecord


@dataclass(frozen=True)
class GalleryQuery:
    """Which pictures; None is any. since, until: when made, [since, until).

    values: what parameters of the run had to be, by name. text: part of the workflow's name or of any value.
    before: the `id` of the last picture of the page before. limit: 1 to 500.
    """

    since: datetime | None = None
    until: datetime | None = None
    workflow: str | None = None
    run: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    text: str | None = None
    before: int | None = None
    limit: int = 50


class Artifacts:
    """Records of pictures and their files, which are named by the SHA-256 of their bytes."""

    async def read(self, id: int) -> ArtifactRecord:
        """The record; raises `NotFound`."""
        raise NotImplementedError

    async def by_hash(self, sha256: str) -> ArtifactRecord:
        """The first record of a file; raises `NotFound`."""
        raise NotImplementedError

    async def gallery(self, query: GalleryQuery = GalleryQuery()) -> list[ArtifactRecord]:
        """The newest first."""
        raise NotImplementedError

    def file(self, sha256: str) -> Path:
        """Where the bytes are; raises `NotFound` for what is no hash or has no file."""
        raise NotImplementedError
