"""Self-attention guidance."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from graphengine.diffusion.sampling.guidance.interval import ALWAYS, Interval
from graphengine.diffusion.sampling.guidance.pieces import StartedTerm
from graphengine.diffusion.sampling.guidance.rule import POSITIVE, Rule
from graphengine.diffusion.sampling.passes import Passes, Point
from graphengine.diffusion.sampling.run_network import inputs_of
from graphengine.errors import mismatch

RADIUS = 4
"""Of the blur, in positions of the latent: 9 across, as in the authors' code."""


@dataclass(frozen=True)
class SelfAttention:
    """SAG: lean away from the picture blurred where the network looks most.

    Both passes are of the rule's unconditional conditioning where it has one, else of the positive.
    scale: of the difference; blur: its standard deviation in positions of the latent; attended: the sum of
    attention above which a position is blurred. Source: Hong et al. 2023, algorithm 1.
    """

    scale: float = 0.75
    blur: float = 1.0
    attended: float = 1.0
    interval: Interval = ALWAYS

    def check(self, rule: Rule) -> None:
        """The map of attention is one of the whole picture."""
        name = rule.unconditional or POSITIVE
        if any(part.area is not None or part.mask is not None for part in rule.conditionings[name]):
            raise mismatch(
                f"a conditioning '{name}' for the whole picture",
                "one with an area or a mask",
                kind="guidance",
                input="guider",
                hint="self-attention guidance looks at the picture as a whole: set no areas or masks there",
            )

    def begin(self, passes: Passes) -> StartedTerm:
        """Have the layer at hand whose attention tells where to blur."""
        name = passes.rule.unconditional or POSITIVE
        denoiser, layer = passes.network.denoiser(), passes.network.middle

        def at(point: Point) -> Callable[[], Tensor]:
            with inputs_of(layer) as seen:
                x_0 = point.predict([name])[name]
            attention = torch.cat([layer.attention_map(tokens) for tokens in seen])  # (parts b) t t
            parts = attention.unflatten(0, (-1, len(x_0)))  # parts b t t
            blurred = self.blurred(x_0, parts.mean(0).sum(1))

            def term() -> Tensor:
                # x holds the same noise, but a blurred picture.
                signal = 1 - point.sigma if passes.levels.scale == "flow" else 1.0
                degraded = point.x + signal * (blurred - x_0)
                (answer,) = passes.ask(denoiser, degraded, point.sigma, [name])
                # eps(x) - eps(degraded), times -sigma, where eps = (x - x_0) / sigma.
                return self.scale * ((x_0 - answer) - (point.x - degraded))

            return term

        return at

    def blurred(self, x_0: Tensor, attention: Tensor) -> Tensor:
        """x_0, [b, c, h, w], blurred where attention, [b, t], is above the limit."""
        h, w = x_0.shape[-2:]
        size = grid(attention.shape[1], h, w)
        mask = (attention > self.attended).to(x_0).unflatten(1, size)[:, None]  # b 1 h' w'
        mask = functional.interpolate(mask, size=(h, w), mode="nearest")
        return torch.lerp(x_0, gaussian_blur(x_0, self.blur), mask)


def grid(positions: int, h: int, w: int) -> tuple[int, int]:
    """Height and width of a feature map with so many positions, made by halving h and w, rounded up."""
    while h * w > positions:
        h, w = -(-h // 2), -(-w // 2)
    return h, w


def gaussian_blur(x: Tensor, deviation: float) -> Tensor:
    """Blur each channel, [b, c, h, w], with what is beyond the edges mirrored."""
    if deviation == 0:
        return x
    for dim in (-2, -1):
        radius = min(RADIUS, x.shape[dim] - 1)  # no more than there is to mirror
        offsets = torch.arange(-radius, radius + 1, device=x.device, dtype=x.dtype)
        weights = torch.exp(-((offsets / deviation) ** 2) / 2)
        weights = weights / weights.sum()
        padding = (0, 0, radius, radius) if dim == -2 else (radius, radius, 0, 0)
        shape = (-1, 1) if dim == -2 else (1, -1)
        kernel = weights.reshape(1, 1, *shape).expand(x.shape[1], -1, -1, -1)
        x = functional.conv2d(functional.pad(x, padding, mode="reflect"), kernel, groups=x.shape[1])
    return x
