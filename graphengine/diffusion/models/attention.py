"""Attention over latent positions and from latent positions to text tokens."""

from torch import Tensor, nn
from torch.nn import functional

from graphengine.diffusion.models.attend import Attend, attend_in_slices
from graphengine.diffusion.models.patches import Attention
from graphengine.diffusion.models.text import KeysValues, Texts


class CrossAttention(nn.Module):
    """Multi-head attention; attends to `context`, or to itself where there is none."""

    def __init__(self, width: int, context_width: int, heads: int) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"attention width {width} is not divisible by {heads} heads")
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(context_width, width, bias=False)
        self.to_v = nn.Linear(context_width, width, bias=False)
        self.to_out = nn.Sequential(nn.Linear(width, width))
        self.attend = Attend()

    def forward(self, x: Tensor, context: Tensor | Texts | None = None) -> Tensor:
        """x: [b, t, d]; context: [b, t', d']. Returns [b, t, d]."""
        context = x if context is None else context
        q = self.split_heads(self.to_q(x))
        k, v = context.keys_values(self) if isinstance(context, Texts) else self.keys_values(context)
        return self.join_heads(attend_in_slices(self.attend, q, k, v))

    def identity(self, x: Tensor) -> Tensor:
        """Attention in which each position attends to itself alone: [b, t, d] in and out."""
        return self.to_out(self.to_v(x))  # type: ignore[no-any-return]

    def attention_map(self, x: Tensor) -> Tensor:
        """How much each position attends to each, the mean of the heads: [b, t, d] in, [b, t, t] out."""
        q, k = self.split_heads(self.to_q(x)), self.split_heads(self.to_k(x))  # b n t d/n
        scores: Tensor = q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5
        return scores.softmax(-1).mean(1)

    def keys_values(self, context: Tensor) -> KeysValues:
        """What there is to attend to: [b, t, d] in, [b, n, t, d/n] each out."""
        return self.split_heads(self.to_k(context)), self.split_heads(self.to_v(context))

    def split_heads(self, projected: Tensor) -> Tensor:
        """Heads apart: [b, t, d] in, [b, n, t, d/n] out."""
        heads: Tensor = projected.unflatten(-1, (self.heads, -1))
        return heads.transpose(1, 2)

    def join_heads(self, attended: Tensor) -> Tensor:
        """Heads together."""
        return self.to_out(attended.transpose(1, 2).flatten(-2))  # type: ignore[no-any-return]


class GEGLU(nn.Module):
    """Linear layer gated by the GELU of a second one (Shazeer 2020)."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.proj = nn.Linear(width, 2 * inner)

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, t, d]. Returns [b, t, inner]."""
        x, gate = self.proj(x).chunk(2, dim=-1)
        return x * functional.gelu(gate)


class FeedForward(nn.Module):
    """Two linear layers, four times as wide between them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.net = nn.Sequential(GEGLU(width, 4 * width), nn.Identity(), nn.Linear(4 * width, width))

    def forward(self, x: Tensor) -> Tensor:
        """x: [b, t, d]. Returns the same shape."""
        return self.net(x)  # type: ignore[no-any-return]


class TransformerBlock(nn.Module):
    """Self attention, attention to the text, feed-forward; each with a residual."""

    def __init__(self, width: int, context_width: int, heads: int) -> None:
        super().__init__()
        self.attn1 = CrossAttention(width, width, heads)
        self.ff = FeedForward(width)
        self.attn2 = CrossAttention(width, context_width, heads)
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.norm3 = nn.LayerNorm(width)

    def forward(self, x: Tensor, context: Tensor | Texts, attention: Attention = "whole") -> Tensor:
        """x: [b, t, d]; context: [b, t', d']. Returns [b, t, d]."""
        if attention == "skipped":
            return x
        attend = self.attn1.identity if attention == "identity" else self.attn1
        x = x + attend(self.norm1(x))
        x = x + self.attn2(self.norm2(x), context)
        return x + self.ff(self.norm3(x))  # type: ignore[no-any-return]


class SpatialTransformer(nn.Module):
    """Transformer blocks over the positions of a feature map (Rombach et al. 2022, appendix E.2.1)."""

    def __init__(self, channels: int, context_width: int, heads: int, groups: int, depth: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(groups, channels, eps=1e-6)
        self.proj_in = nn.Conv2d(channels, channels, 1)
        self.transformer_blocks = nn.ModuleList(
            TransformerBlock(channels, context_width, heads) for _ in range(depth)
        )
        self.proj_out = nn.Conv2d(channels, channels, 1)

    def forward(self, x: Tensor, context: Tensor | Texts, attention: Attention = "whole") -> Tensor:
        """x: [b, c, h, w]; context: [b, t, d]. Returns [b, c, h, w]."""
        height = x.shape[-2]
        tokens = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)  # b (h w) c
        for block in self.transformer_blocks:
            tokens = block(tokens, context, attention)
        return x + self.proj_out(tokens.transpose(1, 2).unflatten(-1, (height, -1)))  # type: ignore[no-any-return]  # b c h w
