"""Turn words into conditioning."""

from typing import Annotated

from graphengine.authoring import Conditioning, ConditioningPart, Context, Field, node
from graphengine.diffusion.models.text_encoder import encode_text as encode
from graphengine.diffusion.weights.checkpoint import TextEncoder
from graphengine.memory.residency import Residency


@node(category="conditioning", lane="device")
def encode_text(
    text_encoder: TextEncoder,
    text: Annotated[str, Field(json_schema_extra={"widget": "multiline"})] = "",
    *,
    context: Context,
) -> Conditioning:
    """Encode a prompt with the model's text encoder.

    text: what the picture should show, or should not, in up to 75 tokens; what is beyond is left out.
    """
    with context.service(Residency).use(text_encoder, context.check_cancelled) as encoder:
        encoded = encode(encoder, [text])
    return Conditioning([ConditioningPart(encoded.float().cpu())])
