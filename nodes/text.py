"""Turn words into conditioning."""

from typing import Annotated, Literal

from graphengine.nodes.model_hash import model_hash

from graphengine.authoring import Conditioning, ConditioningPart, Context, Field, StepRange, Widget, node
from graphengine.diffusion.prompts.embeddings import Embeddings
from graphengine.diffusion.prompts.encode import encode
from graphengine.diffusion.prompts.symbols import embeddings_in
from graphengine.diffusion.prompts.weighting import WEIGHTINGS
from graphengine.diffusion.prompts.wordings import wordings
from graphengine.diffusion.weights.checkpoint import TextEncoder
from graphengine.errors import mismatch
from graphengine.home import EMBEDDINGS, Home
from graphengine.memory.residency import Residency


def embeddings_of(home: Home, width: int | None = None) -> Embeddings:
    """The embeddings in the home folder's `models/embeddings/`, and those that come with the package."""
    return Embeddings(home.model_files(EMBEDDINGS), home.models / EMBEDDINGS, width)


def check_prompt(text: str = "", syntax: bool = True, *, context: Context) -> None:
    """Refuse a prompt that can't be read, before anything runs."""
    wordings(text, syntax=syntax, embeddings=embeddings_of(context.home))


def embedding_hashes(text: str | None = None, *, context: Context) -> dict[str, str]:
    """What the embeddings contain that a prompt names; all of them, where another node makes the prompt."""
    known = embeddings_of(context.home)
    names = context.home.model_files(EMBEDDINGS) if text is None else embeddings_in(text)
    paths = {name: known.path(name) for name in names}
    return {name: model_hash(path, context) for name, path in paths.items() if path is not None}


@node(
    category="conditioning", lane="device", version="3", validate=check_prompt, fingerprint=embedding_hashes
)
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
        the steps, [one|two] in turns; embedding:name is what a file in models/embeddings/ stands for; BREAK
        begins a chunk, AND combines prompts; \( is a bracket. Off: all of that is text.
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
    embeddings = embeddings_of(context.home, text_encoder.config.width)
    said = wordings(text, syntax=syntax, embeddings=embeddings)
    with context.service(Residency).use(text_encoder, context.check_cancelled) as encoder:
        parts = encode(
            encoder,
            said,
            embeddings=embeddings,
            weighting=WEIGHTINGS[weighting],
            layer=-clip_skip,
            check=context.check_cancelled,
        )
    return Conditioning(
        ConditioningPart(part.context, part.strength, steps=tuple(StepRange(*span) for span in part.steps))
        for part in parts
    )
