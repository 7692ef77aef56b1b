"""Train the text encoder to make what a caption says linearly readable from its hidden states.

CLIP's text encoder learns from millions of pictures with captions. Ours has a small world of five
attributes, so it learns to name them; the classifiers are thrown away afterwards, and the hidden states
are what the UNet attends to.
"""

import random
from collections.abc import Iterator
from types import MappingProxyType

import torch
from torch import Tensor, nn
from torch.nn import functional

from graphengine.diffusion.models.text_encoder import ClipText
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.tokens import TOKENS
from graphengine.diffusion.training.captions import caption
from graphengine.diffusion.training.pictures import COLOURS, RADII, SHAPES, TRAINING_PAIRS, Picture, imagine
from graphengine.diffusion.training.run import Training

END = 49_407
"""The token that ends a caption."""

PLACES = tuple((column, row) for row in range(3) for column in range(3))

CLASSES: MappingProxyType[str, tuple[object, ...]] = MappingProxyType(
    {
        "shape": tuple(SHAPES),
        "colour": tuple(COLOURS),
        "size": tuple(RADII),
        "position": PLACES,
        "background": tuple(COLOURS),
    }
)

STRAY_WORDS = 0.3
"""Share of the captions in which random words are inserted, so that unknown words do no harm."""


def labels(picture: Picture, told: frozenset[str]) -> list[int]:
    """The class of each attribute; the number past the last class where the caption leaves it unsaid."""
    values = {
        "shape": picture.shape,
        "colour": picture.colour,
        "size": picture.size,
        "position": (picture.column, picture.row),
        "background": picture.background,
    }
    return [
        CLASSES[name].index(value) if name in told else len(CLASSES[name]) for name, value in values.items()
    ]


class CaptionReader(nn.Module):
    """A text encoder with one linear classifier for each attribute."""

    def __init__(self, text_encoder: ClipText) -> None:
        super().__init__()
        self.text_encoder = text_encoder
        width = text_encoder.config.width
        self.classifiers = nn.ModuleList(nn.Linear(width, len(CLASSES[name]) + 1) for name in CLASSES)

    def forward(self, tokens: Tensor, targets: Tensor, position: Tensor) -> tuple[Tensor, Tensor]:
        """Loss and share of right answers, read from one hidden state of each caption.

        tokens: [b, t]; targets: [b, attributes]; position: [b], the token to read from.
        """
        hidden = self.text_encoder(tokens)  # b t d
        read = hidden[torch.arange(len(tokens), device=hidden.device), position]  # b d
        scores = [classifier(read).float() for classifier in self.classifiers]
        pairs = zip(scores, targets.T, strict=True)
        loss = torch.stack([functional.cross_entropy(score, target) for score, target in pairs]).sum()
        right = torch.stack([score.argmax(-1) for score in scores], dim=1) == targets
        return loss, right.float().mean()


def with_stray_words(random_source: random.Random, tokens: Tensor) -> Tensor:
    """Insert up to three random words into a row of tokens, between its start and its end: [t] to [t]."""
    row = tokens.tolist()
    for _ in range(random_source.randint(1, 3)):
        row.insert(random_source.randint(1, row.index(END)), random_source.randrange(END - 1))
    return torch.tensor(row[: len(tokens)])


def train_text_encoder(training: Training[CaptionReader], reader: CaptionReader, batch: int) -> Iterator[str]:
    """Take the remaining steps; yields a line about each."""
    for step in training.steps():
        random_source = random.Random(f"{training.name}/{training.seed}/{step}")
        pictures = [imagine(random_source, TRAINING_PAIRS) for _ in range(batch)]
        texts, told = zip(*(caption(random_source, picture) for picture in pictures), strict=True)
        rows = [
            with_stray_words(random_source, row) if random_source.random() < STRAY_WORDS else row
            for row in tokenize(texts)
        ]
        targets = [labels(*pair) for pair in zip(pictures, told, strict=True)]
        ends = [row.tolist().index(END) for row in rows]
        positions = [random_source.choice((end, random_source.randint(end, TOKENS - 1))) for end in ends]
        with training.mixed_precision():
            loss, right = reader(
                torch.stack(rows).to(training.device),
                torch.tensor(targets, device=training.device),
                torch.tensor(positions, device=training.device),
            )
        training.descend(loss)
        yield f"loss {loss.item():.4f}, {right.item():.1%} of the attributes read right"
