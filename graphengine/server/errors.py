"""What the server refuses or can't do, each with the HTTP status that says so."""

from __future__ import annotations

from typing import ClassVar

from graphengine.errors import GraphEngineError


class ServerError(GraphEngineError):
    """A request that can't be met; `status` is the HTTP status, `kind` the machine's name for it."""

    status: ClassVar[int] = 400


class NotFound(ServerError):  # noqa: N818 - these read as what happened
    """There is no such thing."""

    status = 404

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            f"there is no {what} '{name}'", kind="not_found", expected=f"a known {what}", got=name
        )


class Gone(ServerError):  # noqa: N818
    """It was there, and was deleted."""

    status = 410

    def __init__(self, message: str, **facts: str | None) -> None:
        super().__init__(message, kind="deleted", **facts)


class Conflict(ServerError):  # noqa: N818
    """It can't be done in the state that things are in."""

    status = 409

    def __init__(self, message: str, **facts: str | None) -> None:
        super().__init__(message, kind="conflict", **facts)


class BadRequest(ServerError):  # noqa: N818
    """The request makes no sense, whatever state things are in."""

    status = 422

    def __init__(self, message: str, **facts: str | None) -> None:
        super().__init__(message, kind="bad_request", **facts)


class QueueFull(ServerError):  # noqa: N818
    """As many runs wait as may."""

    status = 429


class StorageFull(ServerError):  # noqa: N818
    """The disk is full; what was accepted is safe, and nothing more is accepted until there is room."""

    status = 507


class Unavailable(ServerError):  # noqa: N818
    """It can't be done now; trying again later may help."""

    status = 503

    def __init__(self, message: str, **facts: str | None) -> None:
        super().__init__(message, kind="unavailable", **facts)


class FolderInUse(ServerError):  # noqa: N818
    """Another server works on the home folder."""


class DamagedStore(ServerError):  # noqa: N818
    """The database can't be read; it is left as it is."""

    status = 503
