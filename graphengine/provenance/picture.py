"""PNG bytes with a provenance record in a text chunk, and the way back."""

from io import BytesIO
from pathlib import Path
from typing import Any

from graphengine.errors import GraphEngineError
from graphengine.provenance.record import Provenance

KEYWORD = "graphengine"
"""The keyword of the iTXt chunk."""
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


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
