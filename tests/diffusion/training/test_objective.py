import pytest
import torch

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.training.objective import LEAST_WEIGHT, TimestepSampler, noise_prediction_loss

SCHEDULE = NoiseSchedule.scaled_linear()


def test_the_forward_process_has_the_mean_and_variance_of_its_equation() -> None:
    draws = 20_000
    eps = torch.randn(draws, 1, 2, 2, generator=torch.Generator().manual_seed(0))
    x_0 = torch.full((draws, 1, 2, 2), 3.0)
    for timestep in (0, 250, 999):
        a = SCHEDULE.alphas_cumprod[timestep].item()
        x_t = SCHEDULE.diffuse(x_0, torch.full((draws,), timestep), eps)
        count = x_t.numel()
        assert x_t.mean().item() == pytest.approx(3 * a**0.5, abs=4 * ((1 - a) / count) ** 0.5 + 1e-6)
        assert x_t.var().item() == pytest.approx(1 - a, rel=4 * (2 / count) ** 0.5)


def test_the_forward_process_in_many_steps_is_the_forward_process_in_one() -> None:
    betas = torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64) ** 2
    scale, variance = 1.0, 0.0
    for beta in betas.tolist():
        scale, variance = scale * (1 - beta) ** 0.5, variance * (1 - beta) + beta
    assert SCHEDULE.alphas_cumprod[-1].item() == pytest.approx(scale**2, rel=1e-5)
    assert 1 - SCHEDULE.alphas_cumprod[-1].item() == pytest.approx(variance, rel=1e-6)


def test_the_loss_is_zero_for_the_noise_itself_and_its_weighted_power_for_no_answer() -> None:
    generator = torch.Generator().manual_seed(1)
    x_0, eps = torch.randn(2, 4, 4, 8, 8, generator=generator)
    context, timesteps = torch.zeros(4, 1, 1), torch.tensor([0, 10, 500, 999])
    weights = torch.tensor([1.0, 2.0, 0.5, 3.0])

    def loss(answer: torch.Tensor) -> float:
        return noise_prediction_loss(
            lambda x, t, c: answer, SCHEDULE, x_0, context, timesteps, eps, weights
        ).item()

    powers = eps.square().mean(dim=(1, 2, 3))
    assert loss(eps) == 0
    assert loss(torch.zeros_like(eps)) == pytest.approx((weights * powers).mean().item(), rel=1e-5)


def test_density_times_weight_is_the_objective_that_is_documented() -> None:
    sampler = TimestepSampler.truncated(SCHEDULE)
    objective = sampler.density * sampler.weights
    expected = SCHEDULE.sigmas.square().clamp(min=LEAST_WEIGHT)
    assert sampler.density.sum().item() == pytest.approx(1, abs=1e-5)
    assert torch.allclose(objective, expected / expected.sum(), rtol=1e-4)
    assert sampler.weights.max().item() < 2


def test_timesteps_are_drawn_by_their_density() -> None:
    sampler = TimestepSampler.truncated(SCHEDULE)
    generator = torch.Generator().manual_seed(3)
    drawn = torch.cat([sampler.draw(100, generator) for _ in range(100)])
    share = (drawn >= 900).float().mean().item()
    assert share == pytest.approx(sampler.density[900:].sum().item(), abs=0.01)
    assert drawn[:100].tolist() != sorted(drawn[:100].tolist())
    parts = torch.searchsorted(torch.arange(1, 101) / 100, sampler.density.cumsum(0)[drawn[:100]])
    assert len(set(parts.tolist())) > 90
