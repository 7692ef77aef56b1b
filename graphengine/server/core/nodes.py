"""The nodes there are, as the worker tells: the server imports no node's module."""

from __future__ import annotations

from typing import Any

from graphengine.authoring.catalogue import Catalogue


class Nodes:
    """The catalogue of the worker, with what its drop-downs offer now."""

    @property
    def ready(self) -> bool:
        """Whether the worker has told of its nodes yet."""
        raise NotImplementedError

    async def catalogue(self) -> Catalogue:
        """The schemas, for checking documents; waits for a worker that starts, or raises `Unavailable`."""
        raise NotImplementedError

    async def refresh(self) -> None:
        """Ask the worker what drop-downs offer now; keeps what is known if it can't be asked."""
        raise NotImplementedError

    async def described(self) -> list[dict[str, Any]]:
        """All schemas as JSON, with an input's `options` where it has choices; changes only with `digest`."""
        raise NotImplementedError

    async def digest(self) -> str:
        """A hash of what `described` gives, for an ETag."""
        raise NotImplementedError

    async def problems(self) -> list[str]:
        """Why which plugin brings no nodes, a line each."""
        raise NotImplementedError
