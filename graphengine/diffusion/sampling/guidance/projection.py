"""Parts of one prediction along another, image by image."""

from torch import Tensor


def inner(a: Tensor, b: Tensor) -> Tensor:
    """The inner product of each image's values, [b, c, h, w] in, [b, 1, 1, 1] out, in double precision."""
    # A GPU of Apple's has no double precision; float32 is wide enough for the sums there.
    wide = (a.float(), b.float()) if a.device.type == "mps" else (a.double(), b.double())
    return (wide[0] * wide[1]).sum((1, 2, 3), keepdim=True)


def share_along(a: Tensor, direction: Tensor) -> Tensor:
    """How many times `direction` is in a, [b, 1, 1, 1]; 0 along a direction without length."""
    length = inner(direction, direction)
    share = inner(a, direction) / length.where(length > 0, length.new_ones(()))
    return share.to(a)
