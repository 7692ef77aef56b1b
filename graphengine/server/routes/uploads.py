"""Pictures and masks that clients bring."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from aiohttp import BodyPartReader, hdrs, web
from pydantic import BaseModel, Field

from graphengine.server.files.pictures import FORMATS, Kind
from graphengine.server.files.uploads import NewUpload, Upload, spool
from graphengine.server.http.refusals import Malformed, WrongMediaType
from graphengine.server.http.reply import Content
from graphengine.server.http.route import route
from graphengine.server.routes.paths import Taken
from graphengine.server.routes.sending import FILE_STATUSES, ThumbnailQuery, send_file
from graphengine.server.site import Site

MULTIPART = "multipart/form-data"
MEDIA_TYPES = tuple(media_type for _, media_type in FORMATS.values())
CHUNK = 1 << 18


class UploadList(BaseModel):
    """All uploads, the newest first."""

    uploads: list[Upload]


class UploadQuery(Taken):
    """What the picture is for."""

    kind: Kind = Field(
        default="image", description="of a mask only the alpha channel is kept, or else the brightness"
    )


class ByUpload(Taken):
    """An upload."""

    name: str = Field(max_length=100, description="the `name` of an upload")


async def upload_picture(site: Site, request: web.Request, query: UploadQuery) -> NewUpload:
    """Upload a picture: as the body itself, or as the part `file` of a form.

    It is decoded before it is kept; the same bytes are kept once.
    """
    if request.content_type == MULTIPART:
        chunks = _part(request)
    elif request.content_type in MEDIA_TYPES:
        chunks = request.content.iter_chunked(CHUNK)
    else:
        given = request.headers.get("Content-Type", "")
        raise WrongMediaType(f"{MULTIPART} or {', '.join(MEDIA_TYPES)}", given)
    spooled = await spool(chunks, site.core.home.input, site.settings.max_upload)
    return await asyncio.to_thread(site.uploads.keep, spooled, query.kind)


async def _part(request: web.Request) -> AsyncIterator[bytes]:
    """The bytes of the form's part `file`."""
    try:
        form = await request.multipart()
        async for part in form:
            if isinstance(part, BodyPartReader) and part.name == "file":
                if part.headers.get(hdrs.CONTENT_ENCODING) or part.headers.get(
                    hdrs.CONTENT_TRANSFER_ENCODING
                ):
                    raise Malformed("part 'file': expected the plain bytes, got encoded ones")
                while chunk := await part.read_chunk(CHUNK):
                    yield chunk
                return
    except ValueError as error:  # no boundary, or what lies between them makes no sense
        raise Malformed(f"the form can't be read: {error}") from error
    raise Malformed("the form has no part 'file'")


async def list_uploads(site: Site) -> UploadList:
    """List the uploads, the newest first."""
    return UploadList(uploads=await asyncio.to_thread(site.uploads.list))


async def read_upload(site: Site, path: ByUpload) -> web.StreamResponse:
    """Download an upload."""
    file = site.uploads.file(path.name)
    return send_file(file, site.uploads.media_type(file))


async def read_upload_thumbnail(site: Site, path: ByUpload, query: ThumbnailQuery) -> web.StreamResponse:
    """A small copy of an upload."""
    file = site.uploads.file(path.name)
    return send_file(await site.thumbnails.of(file, file.stem, query.size), "image/webp")


async def delete_upload(site: Site, path: ByUpload) -> None:
    """Delete an upload; workflows that name it no longer run."""
    site.uploads.delete(path.name)
    site.core.thumbnails.remove(path.name.partition(".")[0])


PICTURES = tuple(Content(each) for each in MEDIA_TYPES)
FORM = Content(
    MULTIPART,
    {
        "type": "object",
        "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
        "required": ["file"],
    },
)

ROUTES = (
    route("POST", "/api/uploads", upload_picture, status=201, consumes=(FORM, *PICTURES), errors=(507,)),
    route("GET", "/api/uploads", list_uploads),
    route("GET", "/api/uploads/{name}", read_upload, content=PICTURES, also=FILE_STATUSES),
    route(
        "GET",
        "/api/uploads/{name}/thumbnail",
        read_upload_thumbnail,
        content=(Content("image/webp"),),
        errors=(413, 422),
        also=FILE_STATUSES,
    ),
    route("DELETE", "/api/uploads/{name}", delete_upload),
)
