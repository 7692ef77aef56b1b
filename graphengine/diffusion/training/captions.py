"""Plain-English captions of training pictures, in varied wording."""

import random
from types import MappingProxyType

from graphengine.diffusion.training.pictures import Picture

SHAPE_WORDS = MappingProxyType(
    {
        "circle": ("circle", "circle", "disc", "round circle"),
        "square": ("square", "square", "box"),
        "triangle": ("triangle",),
        "diamond": ("diamond", "diamond", "rhombus"),
        "star": ("star", "star", "five-pointed star"),
        "cross": ("cross", "cross", "plus sign"),
        "ring": ("ring", "ring", "hoop"),
    }
)

COLOUR_WORDS = MappingProxyType({"gray": ("gray", "grey")})

SIZE_WORDS = MappingProxyType(
    {
        "small": ("small", "little", "tiny"),
        "medium": ("medium", "medium-sized"),
        "large": ("large", "big", "huge"),
    }
)

COLUMN_WORDS = ("left", "", "right")
ROW_WORDS = (("top", "upper"), ("",), ("bottom", "lower"))

PICTURE_WORDS = (
    "a picture of",
    "a drawing of",
    "an image of",
    "there is",
    "a simple picture with",
    "here is",
)
BACKDROP_WORDS = ("on {a} {colour} background", "on {colour}", "against {a} {colour} background")


def position_words(random_source: random.Random, column: int, row: int) -> str:
    """A phrase for one of the nine places of a picture."""
    side, height = COLUMN_WORDS[column], random_source.choice(ROW_WORDS[row])
    if side and height:
        return random_source.choice(
            (f"in the {height} {side}", f"in the {height} {side} corner", f"at the {height} {side}")
        )
    if side:
        return random_source.choice((f"on the {side}", f"on the {side} side", f"at the {side}"))
    if height:
        return f"at the {'top' if row == 0 else 'bottom'}"
    return random_source.choice(("in the center", "in the middle", "in the centre"))


def article(phrase: str) -> str:
    """The indefinite article that goes before a phrase."""
    return "an" if phrase[0] in "aeiou" else "a"


def colour_word(random_source: random.Random, colour: str) -> str:
    """A word for a colour, in one of its spellings."""
    return random_source.choice(COLOUR_WORDS.get(colour, (colour,)))


def caption(
    random_source: random.Random, picture: Picture, leave_out: float = 0.25
) -> tuple[str, frozenset[str]]:
    """Describe a picture.

    Size, position and background are each left unsaid with probability `leave_out`, the colour with a
    fifth of it.
    Returns the text and the names of the attributes that it states.
    """
    told = {"shape"}

    def tells(attribute: str, chance: float) -> bool:
        if random_source.random() < chance:
            return False
        told.add(attribute)
        return True

    words = []
    if tells("size", leave_out):
        words.append(random_source.choice(SIZE_WORDS[picture.size]))
    if tells("colour", leave_out / 5):
        words.append(colour_word(random_source, picture.colour))
    words.append(random_source.choice(SHAPE_WORDS[picture.shape]))
    terse = random_source.random() < 0.2
    subject = " ".join(words)
    parts = [subject if terse else f"{article(subject)} {subject}"]

    backdrop = colour_word(random_source, picture.background)
    if tells("position", leave_out):
        parts.append(position_words(random_source, picture.column, picture.row))
    if tells("background", leave_out):
        wording = "{colour} background" if terse else random_source.choice(BACKDROP_WORDS)
        parts.append(wording.format(a=article(backdrop), colour=backdrop))
    if terse:
        return ", ".join(parts), frozenset(told)
    if "background" in told and random_source.random() < 0.2:
        return f"{parts[-1]}, {' '.join(parts[:-1])}", frozenset(told)
    opening = f"{random_source.choice(PICTURE_WORDS)} " if random_source.random() < 0.25 else ""
    return opening + " ".join(parts), frozenset(told)
