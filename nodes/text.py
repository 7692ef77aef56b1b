"""Turn words into conditioning."""

from typing import Annotated, Literal

from graphengine.authoring import Conditioning, ConditioningPart, Context, Field, StepRange, Widget, node
from graphengine.diffusion.prompts.encode import encode
from graphengine.diffusion.prompts.weighting import WEIGHTINGS
from graphengine.diffusion.prompts.wordings import wordings
from graphengine.diffusion.weights.checkpoint import TextEncoder
from graphengine.errors import mismatch
from graphengine.memory.residency import Residency


def check_prompt(text: str = "", syntax: bool = True) -> None:
    """Refuse a prompt that can't be read, before anything runs."""
    wordings(text, syntax=syntax)


@node(category="conditioning", lane="device", version="2", validate=check_prompt)
def encode_text(
    text_encoder: TextEncoder,
    text: Annotated[str, Widget("multiline")] = "",
    syntax: bool = True,
    weighting: Literal["from_empty", "keep_mean"] = "from_empty",
    clip_skip: Annotated[int, Field(ge=1, le=32)] = 1,
    *,
    context: Context,
) -> Conditioning:
    r"""Encode a prompt with the model's text encoder, in as many chunks of 75 tokens as it needs.

    text: what the picture should show, or should not.
    syntax: (word:1.3) weighs, (word) and [word] a little more or less; [from:to:0.4] changes at a share of
        the steps, [one|two] in turns; BREAK begins a chunk, AND combines prompts; \( is a bracket. Off: all
        of that is text.
    weighting: from_empty moves the vectors of weighted words away from those of the empty prompt; keep_mean
        multiplies them, and then all vectors alike, so that their mean stays.
    clip_skip: the text encoder's layer to take, counted from its end: 1 is the last, 2 the one before.
    """
    layers = text_encoder.config.layers
    if clip_skip > layers:
        raise mismatch(
            f"at most {layers}, the layers of this text encoder",
            str(clip_skip),
            kind="invalid_value",
            input="clip_skip",
        )
    said = wordings(text, syntax=syntax)
    with context.service(Residency).use(text_encoder, context.check_cancelled) as encoder:
        parts = encode(
            encoder, said, weighting=WEIGHTINGS[weighting], layer=-clip_skip, check=context.check_cancelled
        )
    return Conditioning(
        ConditioningPart(part.context, part.strength, steps=tuple(StepRange(*span) for span in part.steps))
        for part in parts
    )
