"""Says what is to be seen in a picture of one shape: plain image processing, nothing learned."""

from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image, ImageFilter

from graphengine.diffusion.training.pictures import CENTRES, COLOURS, SHAPES, SIZE, coverage

BORDER = 3
"""Pixels along the edges that are taken for background."""
CONTRAST = 45.0
"""Distance in RGB, 0..441, from which a pixel is no background; the palette's nearest pair is 90 apart."""
LEAST_AREA = 60
"""Pixels below which there is nothing to see."""
LEAST_OVERLAP = 0.6
"""Intersection over union that the best shape must reach: a star with round tips has little more."""


@dataclass(frozen=True)
class Seen:
    """What the scorer found; `shape` is None where nothing fits."""

    shape: str | None
    colour: str
    background: str
    column: int
    row: int
    overlap: float


def nearest_colour(rgb: np.ndarray) -> str:
    """The palette's colour nearest to an RGB value of 0..255."""
    return min(COLOURS, key=lambda name: float(np.linalg.norm(rgb - np.array(COLOURS[name], dtype=float))))


def nearest_cell(pixel: float) -> int:
    """The column or row, 0..2, whose middle is nearest."""
    return int(np.argmin([abs(pixel - centre) for centre in CENTRES]))


def look(pixels: np.ndarray) -> Seen | None:
    """Find the shape in a picture: [128, 128, 3], uint8. None where there is only background."""
    smooth = np.asarray(Image.fromarray(pixels).filter(ImageFilter.MedianFilter(3)), dtype=float)
    inside = np.zeros((SIZE, SIZE), dtype=bool)
    inside[BORDER:-BORDER, BORDER:-BORDER] = True
    background = np.median(smooth[~inside], axis=0)
    distance = np.linalg.norm(smooth - background, axis=-1)
    mask = distance > max(CONTRAST, 0.5 * float(np.quantile(distance, 0.99)))
    if mask.sum() < LEAST_AREA:
        return None
    rows, columns = np.nonzero(mask)
    box = [
        np.quantile(columns, 0.005),
        np.quantile(columns, 0.995),
        np.quantile(rows, 0.005),
        np.quantile(rows, 0.995),
    ]
    left, right, top, bottom = (float(edge) for edge in box)
    colour = np.median(smooth[mask], axis=0)
    shape, overlap = best_shape(mask, (left, right + 1, top, bottom + 1))
    return Seen(
        shape if overlap >= LEAST_OVERLAP else None,
        nearest_colour(colour),
        nearest_colour(background),
        nearest_cell((left + right + 1) / 2),
        nearest_cell((top + bottom + 1) / 2),
        overlap,
    )


def best_shape(mask: np.ndarray, box: tuple[float, float, float, float]) -> tuple[str, float]:
    """The shape that overlaps a mask best when drawn into the mask's box, and how much of it does."""
    overlaps = {name: max(overlap(mask, name, box, scale) for scale in (0.94, 1.0, 1.06)) for name in SHAPES}
    best = max(overlaps, key=lambda name: overlaps[name])
    return best, overlaps[best]


def overlap(mask: np.ndarray, shape: str, box: tuple[float, float, float, float], scale: float) -> float:
    """Intersection over union of a mask and a shape that is as large as the mask's box, times `scale`."""
    unit = np.nonzero(coverage(shape, 40.0, (SIZE / 2, SIZE / 2)).numpy() > 0.5)
    height, width = np.ptp(unit[0]) + 1, np.ptp(unit[1]) + 1
    off_row, off_column = (float(axis.min() + axis.max() + 1) / 2 - SIZE / 2 for axis in unit)
    radius = scale * 40 * ((box[1] - box[0]) / width + (box[3] - box[2]) / height) / 2
    centre = (
        (box[0] + box[1]) / 2 - off_column * radius / 40,
        (box[2] + box[3]) / 2 - off_row * radius / 40,
    )
    drawn = (coverage(shape, radius, centre) > 0.5).numpy()
    return float((drawn & mask).sum() / max(1, (drawn | mask).sum()))


def to_pixels(picture: torch.Tensor) -> np.ndarray:
    """[3, H, W] in -1..1 to [H, W, 3], uint8."""
    return ((picture.permute(1, 2, 0) + 1) * 127.5).round().clamp(0, 255).byte().numpy()
