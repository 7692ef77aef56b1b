"""Requests that are refused for their form, whatever they ask for; each has its status, as in the core."""

from __future__ import annotations

from collections.abc import Sequence

from graphengine.errors import GraphEngineError
from graphengine.server.errors import ServerError


class Malformed(ServerError):  # noqa: N818 - these read as what happened
    """It can't be read: no JSON, a query that isn't declared, a header that makes no sense."""

    status = 400

    def __init__(
        self, message: str, *, kind: str = "malformed", problems: Sequence[GraphEngineError] = ()
    ) -> None:
        super().__init__(message, kind=kind)
        self.problems = tuple(problems)


class Invalid(ServerError):  # noqa: N818
    """A JSON body that isn't what the route takes; `problems` holds everything that is wrong with it."""

    status = 422

    def __init__(self, problems: Sequence[GraphEngineError]) -> None:
        first = problems[0].message
        text = first if len(problems) == 1 else f"{len(problems)} problems, the first: {first}"
        super().__init__(text, kind="invalid_request")
        self.problems = tuple(problems)


class Unauthorized(ServerError):  # noqa: N818
    """A token is needed, and there is none or a wrong one."""

    status = 401

    def __init__(self, message: str) -> None:
        super().__init__(
            message,
            kind="unauthorized",
            hint="send the server's token as 'Authorization: Bearer TOKEN', or open the page that it printed",
        )


class Forbidden(ServerError):  # noqa: N818
    """It comes from another site, or under a name that isn't this server's."""

    status = 403


class MethodNotAllowed(ServerError):  # noqa: N818
    """The path is there, and takes other methods."""

    status = 405


class TooLarge(ServerError):  # noqa: N818
    """More bytes, pixels or nodes than may be."""

    status = 413

    def __init__(self, message: str, **facts: str | None) -> None:
        super().__init__(message, kind="too_large", **facts)


class WrongMediaType(ServerError):  # noqa: N818
    """A body of a kind that the route doesn't take."""

    status = 415

    def __init__(self, expected: str, got: str) -> None:
        super().__init__(
            f"the body: expected {expected}, got '{shorten(got)}'",
            kind="media_type",
            expected=expected,
            got=shorten(got),
        )


class TooMany(ServerError):  # noqa: N818
    """More requests than a client may make; `retry_after` is in whole seconds."""

    status = 429

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message, kind="too_many_requests")
        self.retry_after = retry_after


def shorten(text: str, most: int = 100) -> str:
    """Text from a request as messages may repeat it: of one line, and of bounded length."""
    line = "".join(each if each.isprintable() else "?" for each in text)
    return line if len(line) <= most else f"{line[: most - 3]}..."
