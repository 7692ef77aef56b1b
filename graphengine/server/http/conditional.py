"""ETags: an answer that the client has already isn't sent again."""

from __future__ import annotations

from aiohttp import web


def etag_of(digest: str) -> str:
    """The strong ETag of content with that digest."""
    return f'"{digest}"'


def is_current(if_none_match: str | None, etag: str) -> bool:
    """Whether what the client names is what there is (RFC 9110, 13.1.2)."""
    if if_none_match is None:
        return False
    given = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return etag in given or given == ["*"]


def not_modified(etag: str) -> web.Response:
    """304."""
    return web.Response(status=304, headers={"ETag": etag})
