"""How well `shapes` obeys: `python -m tests.shapes.obedience` prints it and writes a sheet of the failures.

200 captions of pairs of shape and colour that training never drew, each saying shape, colour, size,
position and background; judged by `scorer.look`.
"""

import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch

from graphengine.diffusion.models.text_encoder import ClipText
from graphengine.diffusion.training.captions import caption
from graphengine.diffusion.training.pictures import HELD_OUT, Picture, imagine
from graphengine.diffusion.training.samples import pictures_of, save_sheet
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.home import PACKAGED_MODELS
from tests.shapes.scorer import Seen, look, to_pixels

CHECKPOINT = PACKAGED_MODELS / "shapes.safetensors"
BATCH = 40


@dataclass(frozen=True)
class Answer:
    """A caption, what it asked for, and what the scorer saw."""

    text: str
    asked: Picture
    seen: Seen | None
    pixels: torch.Tensor

    def right(self, *attributes: str) -> bool:
        """Whether all of these are as asked."""
        return self.seen is not None and all(
            getattr(self.seen, attribute) == getattr(self.asked, attribute) for attribute in attributes
        )


def held_out_captions(count: int, seed: int = 0) -> list[tuple[str, Picture]]:
    """Captions that say everything, of pictures that training never drew."""
    random_source = random.Random(f"held out/{seed}")
    pairs = sorted(HELD_OUT)
    pictures = [imagine(random_source, pairs) for _ in range(count)]
    return [(caption(random_source, picture, leave_out=0)[0], picture) for picture in pictures]


def ask(captions: list[tuple[str, Picture]], path: Path = CHECKPOINT) -> list[Answer]:
    """Make a picture of each caption and look at it."""
    checkpoint = open_checkpoint(path)
    place = torch.device("cpu")
    unet = checkpoint.model.load(place, torch.float32)
    text_encoder: ClipText = checkpoint.text_encoder.load(place, torch.float32)
    autoencoder = checkpoint.vae.load(place, torch.float32)
    answers = []
    for start in range(0, len(captions), BATCH):
        part = captions[start : start + BATCH]
        texts = tuple(text for text, _ in part)
        made = pictures_of(texts, unet, text_encoder, autoencoder, seed=start)
        answers += [
            Answer(text, asked, look(to_pixels(picture)), picture)
            for (text, asked), picture in zip(part, made, strict=True)
        ]
    return answers


def share(answers: list[Answer], *attributes: str) -> float:
    """The share of the answers that have all of these right."""
    return sum(answer.right(*attributes) for answer in answers) / len(answers)


def main(sheet: Path, path: Path = CHECKPOINT) -> None:
    """Print the figures and save the pictures that went wrong."""
    answers = ask(held_out_captions(200), path)
    for attributes in (("shape",), ("colour",), ("shape", "colour"), ("column", "row"), ("background",)):
        print(f"{' and '.join(attributes):20} {share(answers, *attributes):6.1%}")
    wrong = [answer for answer in answers if not answer.right("shape", "colour", "column", "row")]
    print(Counter((answer.asked.shape, answer.asked.colour) for answer in wrong))
    for answer in wrong[:16]:
        print(f"{answer.text!r}: {answer.seen}")
    if wrong:
        save_sheet(
            torch.stack([answer.pixels for answer in wrong[:16]]), sheet, rows=2 if len(wrong) > 1 else 1
        )


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:] or ["obedience.png"]))
