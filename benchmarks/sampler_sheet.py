"""One prompt drawn by every sampler, at a number of steps that suits it, as one sheet with labels.

    python benchmarks/sampler_sheet.py docs/samplers.webp

The embedded model, seed 1, guidance 4 (0.7 for CFG++, whose scale is another), Karras' schedule. Prints what
plain image processing sees in each picture, and fails where it isn't what was asked for.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.runtime import Runtime
from graphengine.runtime.contact_sheet import contact_sheet
from graphengine.runtime.grid import Axis
from tests.shapes.scorer import Seen, look

PROMPT = "a large red circle in the middle on a white background"
STEPS = 20
MORE_STEPS = {
    "ddpm": 50,
    "dpm_2_ancestral": 30,
    "dpm_fast": 30,
    "euler_ancestral": 30,
    "ipndm": 40,
    "plms": 40,
    "sa_solver": 30,
    "uni_pc": 30,
    "uni_pc_bh2": 30,
}
"""Samplers that need more: with noise in every step, or of an order that long steps make unstable."""


def steps_of(name: str) -> int:
    """Steps at which the sampler draws well."""
    return MORE_STEPS.get(name, STEPS)


def guidance_of(name: str) -> float:
    """Guidance in the sampler's own scale: that of CFG++ lies in 0..1."""
    return 0.7 if SAMPLERS[name].pair else 4.0


def is_right(seen: Seen | None) -> bool:
    """Whether the picture is the one of PROMPT."""
    asked = ("circle", "red", "white", 1, 1)
    return seen is not None and (seen.shape, seen.colour, seen.background, seen.column, seen.row) == asked


def main() -> None:
    """Draw, judge, and write the sheet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sheet", type=Path)
    sheet: Path = parser.parse_args().sheet
    inputs = {
        "sample.sampler": tuple(SAMPLERS),
        "sample.steps": tuple(steps_of(name) for name in SAMPLERS),
        "sample.guidance": tuple(guidance_of(name) for name in SAMPLERS),
    }
    with tempfile.TemporaryDirectory() as home, Runtime(home) as runtime:
        drawn = runtime.sweep(
            "text_to_image", [Axis("sampler", inputs)], {"prompt": PROMPT, "seed": 1}, sheet=False
        )
    wrong = 0
    for name, image in zip(SAMPLERS, drawn.images, strict=True):
        seen = look(np.asarray(image))
        wrong += not is_right(seen)
        print(f"{name:28} {steps_of(name):3} steps  {'right' if is_right(seen) else 'WRONG'}  {seen}")
    titles = tuple(f"{name}, {steps_of(name)} steps" for name in SAMPLERS)
    picture = contact_sheet(drawn.points, [Axis("sampler", {"sample.sampler": titles})], PROMPT)
    sheet.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).save(sheet, quality=85)
    print(f"wrote {sheet}, {sheet.stat().st_size / 1e3:.0f} kB")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
