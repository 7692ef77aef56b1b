"""The training objective of a latent diffusion model, and which timesteps it is asked at."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

LEAST_WEIGHT = 4.0
"""Weight of an error in the noise of latents that are hardly noisy."""


def noise_prediction_loss(
    predict: Callable[[Tensor, Tensor, Tensor], Tensor],
    schedule: NoiseSchedule,
    x_0: Tensor,
    context: Tensor,
    timesteps: Tensor,
    eps: Tensor,
    weights: Tensor,
) -> Tensor:
    """Weighted mean squared error of the predicted noise (Rombach et al. 2022, eq. 3).

    x_0, eps: [b, c, h, w]; context: [b, t, d]; timesteps: [b], integers in 0..999; weights: [b]. Returns a
    scalar.
    """
    x_t = schedule.diffuse(x_0, timesteps, eps)
    error = (predict(x_t, timesteps, context).float() - eps).square().mean(dim=(1, 2, 3))  # b
    return (weights * error).mean()


@dataclass(frozen=True, eq=False)
class TimestepSampler:
    """Draws timesteps, more of those that count more, with the weights that keep the objective the same.

    density: how probable each timestep is, [timesteps]. weights: of a timestep once drawn, [timesteps].
    """

    density: Tensor
    weights: Tensor

    @classmethod
    def truncated(cls, schedule: NoiseSchedule) -> "TimestepSampler":
        """An objective that weights an error by sigma^2, but never by less than 4.

        An error in the noise is an error in x_0 that grows with sigma. Unweighted, it hardly teaches what
        only the noisiest latents can: to take the colour of a whole picture from the text. The truncated
        signal-to-noise weighting of Salimans & Ho 2022, section 4, has 1 in place of 4. Half of the draws are
        uniform and half go by weight, so that no single draw outweighs its batch.
        """
        objective = schedule.sigmas.square().clamp(min=LEAST_WEIGHT)
        objective = objective / objective.mean()
        density = (1 + objective) / (2 * schedule.timesteps)
        return cls(density, objective / (density * schedule.timesteps))

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """One timestep from each of `count` equally probable parts of the range, shuffled: [count].

        Distributed like independent draws, but the loss of a batch varies less.
        """
        shares = (torch.arange(count) + torch.rand(count, generator=generator)) / count
        drawn = torch.searchsorted(self.density.cumsum(0), shares).clamp(max=len(self.density) - 1)
        return drawn[torch.randperm(count, generator=generator)]
