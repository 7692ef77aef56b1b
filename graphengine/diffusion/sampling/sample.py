"""The loop that takes a latent from its first noise level to its last."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from graphengine.diffusion.sampling.denoiser import Denoise
from graphengine.diffusion.sampling.flow_scale import through_exploding_scale
from graphengine.diffusion.sampling.inpainting import Inpainting
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import Sampler, Step
from graphengine.diffusion.sampling.scale import add_noise
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.errors import GraphEngineError


class Sampled(NamedTuple):
    """What sampling ends with."""

    x: Tensor
    """The latent at the last sigma."""
    denoised: Tensor
    """The model's last estimate of x_0."""


class Start(NamedTuple):
    """Where sampling begins: three of [b, c, h, w]."""

    x: Tensor
    """The latent at the first sigma."""
    x_0: Tensor
    """What a mask keeps of it, without noise."""
    eps: Tensor
    """The noise that this is seen under."""

    @classmethod
    def noisy(cls, latent: Tensor, eps: Tensor, sigmas: Sigmas) -> "Start":
        """At a latent to which noise was added."""
        return cls(add_noise(latent, eps, sigmas.values[0], sigmas.scale), latent, eps)


def ignore(step: Step) -> None:
    """Let a step pass."""


@torch.no_grad()
def sample(
    denoise: Denoise,
    latent: Tensor,
    sigmas: Sigmas,
    sampler: Sampler,
    noise: NoiseSource,
    *,
    start: Start | None = None,
    mask: Tensor | None = None,
    on_step: Callable[[Step], None] = ignore,
) -> Sampled:
    """Add noise to a latent up to the first sigma, then let the sampler take it away.

    latent: [b, c, h, w] float32, zeros to make a picture from nothing; all happens on its device.
    noise: for the start, and for steps of samplers that add some.
    start: where to begin instead.
    mask: [1, h, w] or [b, h, w], 1 where the latent may change, 0 where it stays.
    on_step sees each step as it ends; what it raises ends the sampling.
    With no steps, the latent comes back with noise of the one sigma: as it was, where that is 0.
    Raises GraphEngineError for a model whose answers aren't finite, for a sampler that asks for an
    unconditional estimate that there isn't, and for rising sigmas where it can't walk up.
    """
    if start is None:
        start = Start.noisy(latent, noise.like(latent), sigmas)
    x, denoised = start.x, latent
    inpainting = None if mask is None else Inpainting(denoise, start.x_0, start.eps, mask, sigmas.scale)
    check_pair(sampler, denoise)
    check_direction(sampler, sigmas)
    foreign = sigmas.scale == "flow" and sampler.scale == "exploding"
    method = through_exploding_scale(sampler.method) if foreign else sampler.method
    step_noise = noise if sampler.noise is None else noise.of_kind(sampler.noise)
    for step in method(inpainting or denoise, x, sigmas.values, step_noise):
        if not step.x.isfinite().all():
            raise not_finite(sampler, step, sigmas)
        on_step(step)
        x, denoised = step.x, step.denoised
    if inpainting is not None and sigmas.values[-1] == 0:  # else a second run has to find x as it is
        x = inpainting.keep(x, sigmas.values[-1])
    return Sampled(x, denoised)


def check_pair(sampler: Sampler, denoise: Denoise) -> None:
    """Raise GraphEngineError unless the denoiser has all that the sampler asks it for."""
    if sampler.pair and not hasattr(denoise, "pair"):
        raise GraphEngineError(
            f"sampler '{sampler.name}' leads away from an unconditional estimate, and this guidance has none",
            kind="no_unconditional",
            input="sampler",
            expected="guidance with a negative conditioning",
            got="guidance without one",
            hint="guide with a negative prompt, or choose a sampler whose name doesn't end in cfg_pp",
        )


def check_direction(sampler: Sampler, sigmas: Sigmas) -> None:
    """Raise GraphEngineError where the sigmas lead to more noise, and the sampler only to less."""
    if sigmas.rising and not sampler.rises:
        raise GraphEngineError(
            f"sampler '{sampler.name}' can't walk rising sigmas, which lead from a picture back to noise",
            kind="rising_sigmas",
            input="sampler",
            expected="a sampler that can walk them",
            got=f"'{sampler.name}'",
            hint="choose one that can, such as euler, heun or dpmpp_2m, or flip the sigmas",
        )


def not_finite(sampler: Sampler, step: Step, sigmas: Sigmas) -> GraphEngineError:
    """The error of a model that answered with NaN or infinity."""
    sigma = sigmas.values[step.index].item()
    return GraphEngineError(
        f"the model gave numbers that are not finite to sampler '{sampler.name}' "
        f"in step {step.index + 1} of {sigmas.steps} (sigma {sigma:.4g})",
        kind="not_finite",
        expected="finite numbers",
        got="NaN or infinity",
        hint="run the model in float32, lower the guidance, or check the model file",
    )
