"""Saved workflows with their versions."""

from __future__ import annotations

from typing import Any

from graphengine.server.models import SavedWorkflow, WorkflowRecord


class Workflows:
    """What people saved, kept in the store and as files in the home folder, and what came with the package.

    A file that was edited by hand counts as a new version. Unknown names raise `NotFound`, names that can't
    be file names `BadRequest`.
    """

    async def all(self) -> list[WorkflowRecord]:
        """The newest version of each, by name."""
        raise NotImplementedError

    async def read(self, name: str, version: int | None = None) -> SavedWorkflow:
        """A workflow, the newest version if none is named."""
        raise NotImplementedError

    async def versions(self, name: str) -> list[WorkflowRecord]:
        """All versions, the newest first."""
        raise NotImplementedError

    async def save(self, name: str, document: dict[str, Any], expected: int) -> SavedWorkflow:
        """Save a new version; a draft that wouldn't run is saved too, as long as it is a document.

        expected: the version that it was made from; 0 for a new one. Raises `Conflict` where another was
        saved since, or a new one exists already; `InvalidWorkflow` for what is no document.
        """
        raise NotImplementedError

    async def delete(self, name: str, expected: int) -> None:
        """Delete it with all versions; raises `Conflict` as `save`, and for one of the package."""
        raise NotImplementedError

    async def duplicate(self, name: str, new_name: str) -> SavedWorkflow:
        """Save the newest version under a new name; raises `Conflict` where that exists."""
        raise NotImplementedError
