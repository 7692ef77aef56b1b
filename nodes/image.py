"""Load, resize, show and save pictures."""

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import torch
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError
from torch.nn import functional

from graphengine.authoring import Context, Field, Image, Widget, node
from graphengine.errors import GraphEngineError
from graphengine.home import Home, example_pictures


def picture_file(name: str, home: Home, input: str = "image") -> Path:
    """The file of a picture: a path, or a name in the input folder or among the examples.

    input: of the node, for the error.
    """
    found = home.input_file(name) or example_pictures().get(name)
    if found is not None:
        return found
    uploaded = "the name of a picture that was uploaded"
    raise GraphEngineError(
        f"there is no picture '{name}'",
        kind="missing_file",
        input=input,
        expected=uploaded if home.confined else f"a path, or the name of a file in {home.input}",
        got=name,
    )


def opened(name: str, home: Home, input: str = "image") -> PillowImage.Image:
    """The picture of that name, decoded and turned upright; `input` of the node, for the error."""
    path = picture_file(name, home, input)
    try:
        with PillowImage.open(path) as file:
            return ImageOps.exif_transpose(file)
    except (UnidentifiedImageError, OSError, SyntaxError, PillowImage.DecompressionBombError) as error:
        raise GraphEngineError(
            f"'{path}' cannot be read as a picture: {error}", kind="bad_picture", input=input, got=name
        ) from error


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content(image: str, context: Context) -> str:
    """SHA-256 of the picture's file."""
    return digest(picture_file(image, context.home))


@node(category="image", lane="io", fingerprint=content)
def load_image(image: Annotated[str, Field(min_length=1), Widget("picture")], *, context: Context) -> Image:
    """Load a picture from a file.

    image: a path, or the name of a file in the home folder's input/. Turned upright; what is transparent
    becomes white.
    """
    upright = opened(image, context.home).convert("RGBA")
    paper = PillowImage.new("RGBA", upright.size, "white")
    pixels = np.asarray(PillowImage.alpha_composite(paper, upright).convert("RGB"), dtype=np.float32) / 255
    return Image(torch.from_numpy(pixels)[None])


@node(category="image")
def resize_image(
    image: Image,
    scale: Annotated[float, Field(ge=0.05, le=16)] = 2.0,
    method: Literal["bicubic", "bilinear", "nearest", "area"] = "bicubic",
) -> Image:
    """Enlarge or shrink pictures.

    scale: new height and width over the old ones, rounded to whole pixels.
    method: how values between the old pixels are found; area is best to shrink.
    """
    size = tuple(max(1, round(length * scale)) for length in image.pixels.shape[1:3])
    smooth = method in ("bicubic", "bilinear")
    resized = functional.interpolate(
        image.pixels.permute(0, 3, 1, 2),
        size=size,
        mode=method,
        align_corners=False if smooth else None,
        antialias=smooth and scale < 1,
    )
    return Image(resized.clamp(0, 1).permute(0, 2, 3, 1).contiguous(), seeds=image.seeds)


@node(category="image", lane="output", output=True)
def save_image(image: Image, *, context: Context) -> None:
    """Save pictures as PNG files that carry how they were made, one after another: a list stays in order."""
    for index, picture in enumerate(image.pixels):
        context.check_cancelled()
        context.output(picture, seed=image.seeds[index] if image.seeds else None)


@node(category="image", output=True)
def preview_image(image: Image, *, context: Context) -> None:
    """Show pictures and save nothing."""
    for picture in image.pixels:
        context.preview(picture)
