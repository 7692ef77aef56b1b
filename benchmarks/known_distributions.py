"""Distributions of data whose denoiser and probability flow are known, to judge samplers by.

Every value of a tensor is drawn by itself, so any shape will do. Noisy data is x = x_0 + sigma * eps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Gaussian:
    """Data from N(mu, s^2)."""

    mu: float = 0.7
    s: float = 0.5

    @property
    def mean(self) -> float:
        """Of the data."""
        return self.mu

    @property
    def variance(self) -> float:
        """Of the data."""
        return self.s**2

    def draw(self, shape: Sequence[int], generator: torch.Generator) -> Tensor:
        """Data, in float64."""
        return self.mu + self.s * torch.randn(*shape, generator=generator, dtype=torch.float64)

    def denoise(self, x: Tensor, sigma: Tensor) -> Tensor:
        """E[x_0 | x]."""
        return (self.s**2 * x + sigma**2 * self.mu) / (self.s**2 + sigma**2)

    def flow(self, x: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
        """The probability flow ODE's solution at next_sigma that passes through x at sigma."""
        return self.mu + (x - self.mu) * ((self.s**2 + next_sigma**2) / (self.s**2 + sigma**2)).sqrt()


@dataclass(frozen=True)
class GaussianMixture:
    """Data from N(mu_k, s_k^2) with probability w_k."""

    w: tuple[float, ...] = (0.4, 0.6)
    mu: tuple[float, ...] = (-0.9, 0.8)
    s: tuple[float, ...] = (0.3, 0.5)

    @property
    def mean(self) -> float:
        """Of the data."""
        return sum(w * mu for w, mu in zip(self.w, self.mu, strict=True))

    @property
    def variance(self) -> float:
        """Of the data."""
        parts = zip(self.w, self.mu, self.s, strict=True)
        return sum(w * (s**2 + mu**2) for w, mu, s in parts) - self.mean**2

    def draw(self, shape: Sequence[int], generator: torch.Generator) -> Tensor:
        """Data, in float64."""
        count = math.prod(shape)
        part = torch.multinomial(torch.tensor(self.w), count, replacement=True, generator=generator)
        eps = torch.randn(count, generator=generator, dtype=torch.float64)
        mu, s = (torch.tensor(each, dtype=torch.float64)[part] for each in (self.mu, self.s))
        return (mu + s * eps).reshape(*shape)

    def denoise(self, x: Tensor, sigma: Tensor) -> Tensor:
        """E[x_0 | x], the mean of the parts' own, weighted by how likely each is given x."""
        w, mu, s = self._parts(x)
        variance = s**2 + sigma.to(x) ** 2
        likely = (w.log() - variance.log() / 2 - (x - mu) ** 2 / (2 * variance)).softmax(0)
        return (likely * (s**2 * x + sigma**2 * mu) / variance).sum(0)

    def flow(self, x: Tensor, sigma: Tensor, next_sigma: Tensor) -> Tensor:
        """The probability flow ODE's solution at next_sigma, for x in float64.

        In one dimension the flow can't change the order of its paths, so it keeps quantiles: the solution has
        the quantile at next_sigma that x has at sigma. It is found by bisection.
        """
        w, mu, s = self._parts(x)

        def tail(value: Tensor, level: Tensor) -> Tensor:
            z = side * (value - mu) / (s**2 + level.to(x) ** 2).sqrt()
            return (w * torch.special.erfc(z / 2**0.5) / 2).sum(0)

        side = torch.ones_like(x)
        side = torch.where(tail(x, sigma) < 0.5, 1.0, -1.0).to(x)  # of the shorter tail, which is exact
        wanted = tail(x, sigma)
        reach = 40 * (max(self.s) ** 2 + next_sigma.item() ** 2) ** 0.5
        low, high = torch.full_like(x, min(self.mu) - reach), torch.full_like(x, max(self.mu) + reach)
        for _ in range(80):
            middle = (low + high) / 2
            below = side * (tail(middle, next_sigma) - wanted) > 0
            low, high = torch.where(below, middle, low), torch.where(below, high, middle)
        return (low + high) / 2

    def _parts(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """w, mu and s, each [parts, 1, ...], to go with x."""
        shape = (-1,) + (1,) * x.ndim
        w, mu, s = (torch.tensor(each).to(x).reshape(shape) for each in (self.w, self.mu, self.s))
        return w, mu, s
