"""Sending files: in ranges if asked for, and not at all to who has them."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from pydantic import Field

from graphengine.server.routes.paths import Taken

FILE_STATUSES = {
    206: "the range that was asked for",
    304: "it is what you have",
    412: "it isn't what the condition says",
    416: "the range lies beyond the end",
}
A_YEAR = "private, max-age=31536000, immutable"


class ThumbnailQuery(Taken):
    """How large."""

    size: int = Field(default=256, ge=16, le=1024, description="pixels of the longer side")


def send_file(file: Path, media_type: str, filename: str | None = None) -> web.FileResponse:
    """The file with its ETag and ranges; its content never changes under its address, so it may be kept."""
    headers = {"Content-Type": media_type, "Cache-Control": A_YEAR}
    if filename is not None:
        headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return web.FileResponse(file, headers=headers)
