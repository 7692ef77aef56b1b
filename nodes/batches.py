"""From a batch of pictures to a list of pictures, and back."""

import torch

from graphengine.authoring import Image, node
from graphengine.errors import mismatch


@node(category="lists")
def batch_to_list(images: Image) -> list[Image]:
    """Take a batch apart: a list of its pictures, each a batch of one."""
    seeds = images.seeds
    return [
        Image(images.pixels[index : index + 1], seeds=None if seeds is None else seeds[index : index + 1])
        for index in range(images.pixels.shape[0])
    ]


@node(category="lists")
def list_to_batch(images: list[Image]) -> Image:
    """Put a list of pictures, all of one size, into one batch."""
    if not images:
        raise mismatch("a list with a picture in it", "an empty one", kind="list_length", input="images")
    sizes = list(dict.fromkeys(_size(image) for image in images))
    if len(sizes) > 1:
        got = " and ".join(sizes[:3])
        raise mismatch(
            "pictures of one size", got, kind="wrong_size", input="images", hint="resize them first"
        )
    seeds = [seed for image in images for seed in image.seeds or ()]
    pixels = torch.cat([image.pixels for image in images])
    return Image(pixels, seeds=tuple(seeds) if len(seeds) == pixels.shape[0] else None)


def _size(image: Image) -> str:
    _, height, width, channels = image.pixels.shape
    return f"{width} x {height}" + (f" with {channels} channels" if channels != 3 else "")
