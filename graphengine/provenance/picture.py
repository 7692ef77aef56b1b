"""PNG bytes with a provenance record in a text chunk, and the way back."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from graphengine.errors import GraphEngineError
from graphengine.provenance.record import Provenance

KEYWORD = "graphengine"
"""The keyword of the iTXt chunk."""
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = KEYWORD.encode() + b"\0\1\0\0\0"
"""What the chunk begins with: the keyword, that its text is compressed, and no language."""


def encode_picture(pixels: Any, provenance: Provenance | None = None) -> bytes:
    """The PNG file of a uint8 array [H, W, 3], with the record in an iTXt chunk."""
    from PIL import Image as Pillow
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if provenance is not None:
        info.add_itxt(KEYWORD, provenance.to_json(), zip=True)
    buffer = BytesIO()
    Pillow.fromarray(pixels).save(buffer, format="PNG", pnginfo=info, compress_level=6)
    return buffer.getvalue()


def record_in(data: bytes) -> Provenance | None:
    """The record in the bytes of a PNG that `encode_picture` made; None where there is none."""
    try:
        chunk = next(each for each in _chunks(data) if each.is_record)
        return Provenance.from_json(
            zlib.decompress(data[chunk.start + 8 + len(_HEAD) : chunk.end - 4]).decode()
        )
    except (StopIteration, struct.error, zlib.error, ValueError, KeyError, TypeError, AttributeError):
        return None


def with_record(data: bytes, provenance: Provenance) -> bytes:
    """The bytes of a PNG with another record in place of its own; its pixels stay as they are compressed."""
    chunk = next(each for each in _chunks(data) if each.is_record)
    body = b"iTXt" + _HEAD + zlib.compress(provenance.to_json().encode())
    written = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[: chunk.start] + written + data[chunk.end :]


class _Chunk(NamedTuple):
    start: int
    end: int
    is_record: bool


def _chunks(data: bytes) -> Iterator[_Chunk]:
    """Where the chunks of a PNG are, up to its pixels: length, kind, content, checksum."""
    start = len(PNG_SIGNATURE)
    while start < len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        if kind == b"IDAT":
            return
        yield _Chunk(start, start + 12 + length, data.startswith(b"iTXt" + _HEAD, start + 4))
        start += 12 + length


def read_provenance(path: str | Path) -> Provenance:
    """The record inside a PNG; raises GraphEngineError when there is none or it cannot be read."""
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    path = Path(path)
    try:
        with Pillow.open(path) as picture:
            picture.load()
            text = getattr(picture, "text", {}).get(KEYWORD)
    except UnidentifiedImageError as error:
        raise _unreadable(path, "is not a picture") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable(path, f"cannot be read: {error}") from error
    if text is None:
        raise GraphEngineError(
            f"'{path}' carries no workflow",
            kind="no_provenance",
            expected="a PNG saved by graphengine",
            got="a picture without its record",
            hint="other programs drop it when they save a picture again; use the original file",
        )
    try:
        return Provenance.from_json(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(path, f"carries a damaged record: {error}") from error


def is_picture(path: Path) -> bool:
    """Whether the file starts as a PNG does, whatever its name is."""
    try:
        with path.open("rb") as file:
            return file.read(len(PNG_SIGNATURE)) == PNG_SIGNATURE
    except OSError:
        return False


def _unreadable(path: Path, what: str) -> GraphEngineError:
    return GraphEngineError(
        f"'{path}' {what}", kind="unreadable_picture", expected="a PNG saved by graphengine"
    )
