"""How much of a step is fresh noise."""

from torch import Tensor


def ancestral_step(sigma: Tensor, next_sigma: Tensor, eta: float) -> tuple[Tensor, Tensor]:
    """The level to go down to, and the noise to add there to be at the next level.

    With eta 1 the noise has the variance of the forward process's posterior q(x_next | x, x_0) (Ho et al.
    2020, eq. 7, in the scale of sigma), with eta 0 there is none; it is never more than what the next level
    holds.
    """
    ratio = next_sigma / sigma
    sigma_up = (eta * next_sigma * (1 - ratio**2).clamp(min=0).sqrt()).clamp(max=next_sigma)
    sigma_down = next_sigma * (1 - eta**2 + (eta * ratio) ** 2).clamp(min=0).sqrt()
    return sigma_down, sigma_up
