"""Pictures from outside: nothing is believed before it is decoded, and nothing too large is decoded."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graphengine.errors import GraphEngineError
from graphengine.provenance import Provenance
from graphengine.provenance.picture import KEYWORD
from graphengine.server.errors import BadRequest
from graphengine.server.http.refusals import TooLarge

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

Kind = Literal["image", "mask"]
FORMATS = {"PNG": ("png", "image/png"), "JPEG": ("jpg", "image/jpeg"), "WEBP": ("webp", "image/webp")}
"""By Pillow's name: suffix and media type. No other decoder is tried."""


@dataclass(frozen=True)
class Decoded:
    """What a file turned out to be."""

    suffix: str
    media_type: str
    width: int
    height: int


def check_picture(file: Path, max_pixels: int) -> Decoded:
    """Decode the whole picture and tell what it is; raises `BadRequest`, `TooLarge`."""
    with opened(file, max_pixels) as picture:
        suffix, media_type = FORMATS[picture.format or ""]
        return Decoded(suffix, media_type, picture.width, picture.height)


def write_mask(source: Path, target: Path, max_pixels: int) -> Decoded:
    """Write the mask that a picture means as a grey PNG: its alpha where it has one, else its brightness."""
    with opened(source, max_pixels) as picture:
        has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        mask = picture.convert("RGBA").getchannel("A") if has_alpha else picture.convert("L")
    mask.save(target, format="PNG")
    return Decoded("png", "image/png", mask.width, mask.height)


def provenance_in(data: bytes, max_pixels: int) -> Provenance:
    """The record in a PNG's bytes; raises `BadRequest` where there is none, `TooLarge`."""
    with opened(BytesIO(data), max_pixels) as picture:
        text = getattr(picture, "text", {}).get(KEYWORD)
    if text is None:
        raise BadRequest(
            "the picture carries no workflow",
            expected="a PNG saved by graphengine",
            got="a picture without its record",
            hint="other programs drop it when they save a picture again; use the original file",
        )
    try:
        return Provenance.from_json(text)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest(f"the picture carries a damaged record: {error}") from error


@contextmanager
def opened(source: Path | BytesIO, max_pixels: int) -> Iterator[PillowImage]:
    """The decoded picture; its size is read first, and one with more pixels is never decoded."""
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is below it
            with Pillow.open(source, formats=tuple(FORMATS)) as picture:
                if picture.width * picture.height > max_pixels:
                    expected, got = f"at most {max_pixels} pixels", f"{picture.width} x {picture.height}"
                    raise TooLarge(f"the picture: expected {expected}, got {got}", expected=expected, got=got)
                picture.load()
                yield picture
    except UnidentifiedImageError as error:
        expected = "a picture: PNG, JPEG or WebP"
        raise BadRequest(f"expected {expected}, got something else", expected=expected) from error
    except Pillow.DecompressionBombError as error:
        raise TooLarge(f"the picture has too many pixels: {error}") from error
    except GraphEngineError:
        raise
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise BadRequest(f"the picture can't be decoded: {error}") from error
