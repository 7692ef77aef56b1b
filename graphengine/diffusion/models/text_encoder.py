"""CLIP's text model, from `transformers`, in the original checkpoint's parameter names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.models.tokens import END, START, TOKENS

CLIP_MODULES = ("transformers.models.clip.configuration_clip", "transformers.models.clip.modeling_clip")
"""What a text encoder imports when it is built; takes seconds."""


@dataclass(frozen=True)
class ClipTextConfig:
    """Sizes of a CLIP text model. The defaults are Stable Diffusion 1's (ViT-L/14)."""

    vocabulary: int = 49408
    width: int = 768
    inner: int = 3072
    """Width between the two linear layers of a block."""
    layers: int = 12
    positions: int = TOKENS

    @property
    def heads(self) -> int:
        """Attention heads: each 64 wide, as in every CLIP; one where the model is narrower than that."""
        return max(1, self.width // 64)


class ClipText(nn.Module):
    """Maps token numbers to one vector a token, after the final layer norm."""

    def __init__(self, config: ClipTextConfig) -> None:
        super().__init__()
        if config.width % config.heads:
            raise ValueError(f"text encoder width {config.width} is not divisible by {config.heads} heads")
        self.config = config
        # Imported here, since it takes longer than all else: only a process that encodes text pays for it.
        from transformers.models.clip.configuration_clip import CLIPTextConfig
        from transformers.models.clip.modeling_clip import CLIPTextModel

        model = CLIPTextModel(
            CLIPTextConfig(
                vocab_size=config.vocabulary,
                hidden_size=config.width,
                intermediate_size=config.inner,
                num_hidden_layers=config.layers,
                num_attention_heads=config.heads,
                max_position_embeddings=config.positions,
                bos_token_id=START,
                eos_token_id=END,
            )
        )
        # Up to version 4 the layers are in an inner module, from 5 on in the model itself.
        self.text_model: Any = getattr(model, "text_model", model)
        # Not a weight, and without a value where the module is built on the meta device: see `forward`.
        self.text_model.embeddings.position_ids = None

    def forward(self, tokens: Tensor, layer: int = -1, added: Tensor | None = None) -> Tensor:
        """tokens: [b, t], int64, t at most `config.positions`. Returns [b, t, d].

        layer: whose vectors go to the final layer norm, counted from the end: -1 is the last.
        added: [n, d], the vectors of tokens that the vocabulary lacks, numbered on from its size.
        """
        if not -self.config.layers <= layer <= -1:
            raise ValueError(f"a layer between -{self.config.layers} and -1 is expected, got {layer}")
        positions = torch.arange(tokens.shape[1], device=tokens.device)[None]
        with self._also_knowing(tokens, added) as known:
            answer = self.text_model(input_ids=known, position_ids=positions, output_hidden_states=layer < -1)
        if layer == -1:
            return answer.last_hidden_state  # type: ignore[no-any-return]
        return self.text_model.final_layer_norm(answer.hidden_states[layer])  # type: ignore[no-any-return]

    @contextmanager
    def _also_knowing(self, tokens: Tensor, added: Tensor | None) -> Iterator[Tensor]:
        """While it lasts, the embedding of what it yields has the added vectors where those tokens are."""
        if added is None:
            yield tokens
            return
        index = tokens - self.config.vocabulary
        is_added = index >= 0

        def put_in(module: nn.Module, given: object, vectors: Tensor) -> Tensor:
            return torch.where(is_added[..., None], added.to(vectors)[index.clamp(min=0)], vectors)

        hook = self.text_model.embeddings.token_embedding.register_forward_hook(put_in)
        try:
            yield tokens.masked_fill(is_added, END)
        finally:
            hook.remove()


@torch.inference_mode()
def encode_text(encoder: ClipText, texts: Sequence[str]) -> Tensor:
    """Encode prompts on the device and in the precision that the encoder is in. Returns [b, 77, d]."""
    device = next(encoder.parameters()).device
    encoded: Tensor = encoder(tokenize(texts).to(device))
    return encoded
