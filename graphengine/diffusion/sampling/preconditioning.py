"""What a network predicts, and how the clean latent follows from it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

import torch
from torch import Tensor

Prediction = Literal["epsilon", "v", "x0", "edm", "flow"]


class Preconditioning(NamedTuple):
    """Factors that make a denoiser of a network F (Karras et al. 2022, eq. 7).

    D(x; sigma) = skip * x + out * F(inner * x; time)
    """

    skip: Tensor
    out: Tensor
    inner: Tensor


def epsilon(sigma: Tensor, sigma_data: float) -> Preconditioning:
    """F is the noise (Ho et al. 2020, eq. 15)."""
    return Preconditioning(torch.ones(()), -sigma, unit_variance(sigma, sigma_data))


def v(sigma: Tensor, sigma_data: float) -> Preconditioning:
    """F is v = sqrt(a) eps - sqrt(1 - a) x_0, with a = 1 / (sigma^2 + 1) (Salimans & Ho 2022, appendix D)."""
    skip, out, inner = edm(sigma, sigma_data)
    return Preconditioning(skip, -out, inner)


def x0(sigma: Tensor, sigma_data: float) -> Preconditioning:
    """F is the clean latent."""
    return Preconditioning(torch.zeros(()), torch.ones(()), unit_variance(sigma, sigma_data))


def edm(sigma: Tensor, sigma_data: float) -> Preconditioning:
    """F is what x, scaled down, lacks to the clean latent, at unit variance (Karras et al. 2022, table 1)."""
    inner = unit_variance(sigma, sigma_data)
    return Preconditioning((sigma_data * inner) ** 2, sigma * sigma_data * inner, inner)


def flow(sigma: Tensor, sigma_data: float) -> Preconditioning:
    """F is the velocity eps - x_0, with sigma = t (Liu et al. 2022, eq. 1)."""
    return Preconditioning(torch.ones(()), -sigma, torch.ones(()))


def unit_variance(sigma: Tensor, sigma_data: float) -> Tensor:
    """The factor that brings x = x_0 + sigma * eps to variance 1."""
    return 1 / (sigma**2 + sigma_data**2).sqrt()


PRECONDITIONINGS: Mapping[Prediction, Callable[[Tensor, float], Preconditioning]] = MappingProxyType(
    {"epsilon": epsilon, "v": v, "x0": x0, "edm": edm, "flow": flow}
)
