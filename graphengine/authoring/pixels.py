"""From what nodes hold (tensors, arrays, `Image`) to the bytes that people look at."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def to_uint8(picture: object) -> NDArray[np.uint8]:
    """One picture as a uint8 array [H, W, 3], from an `Image` or array [H, W, C] with floats in 0..1."""
    import numpy as np

    from graphengine.authoring.ports import Image

    source: Any = picture.pixels if isinstance(picture, Image) else picture
    if hasattr(source, "detach"):
        source = source.detach().to("cpu")
        source = source.float() if source.is_floating_point() else source
        source = source.numpy()
    array = np.asarray(source)
    if array.ndim == 4 and array.shape[0] == 1:
        array = array[0]
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3 or array.shape[2] not in (1, 3, 4):
        raise ValueError(f"expected one picture of shape [H, W, 3], got {list(array.shape)}")
    if array.shape[2] == 1:
        array = np.repeat(array, 3, axis=2)
    array = array[:, :, :3]
    if array.dtype != np.uint8:
        array = np.nan_to_num(array.astype(np.float32))
        array = (np.clip(array, 0.0, 1.0) * 255.0 + 0.5).astype(np.uint8)
    return np.ascontiguousarray(array)


def png_bytes(picture: object) -> bytes:
    """One picture as the bytes of a PNG file, compressed fast rather than small; bytes are passed through."""
    if isinstance(picture, bytes):
        return picture
    from PIL import Image as PillowImage

    file = io.BytesIO()
    PillowImage.fromarray(to_uint8(picture)).save(file, format="PNG", compress_level=1)
    return file.getvalue()
