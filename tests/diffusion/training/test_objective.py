import pytest
import torch

from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.training.objective import noise_prediction_loss, stratified_timesteps

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
    perfect = noise_prediction_loss(lambda x, t, c: eps, SCHEDULE, x_0, context, timesteps, eps)
    silent = noise_prediction_loss(
        lambda x, t, c: torch.zeros_like(x), SCHEDULE, x_0, context, timesteps, eps
    )
    weights = [1, 1, SCHEDULE.sigmas[500].item() ** 2, SCHEDULE.sigmas[999].item() ** 2]
    assert weights[2] > 1
    powers = eps.square().mean(dim=(1, 2, 3)).tolist()
    expected = sum(weight * power for weight, power in zip(weights, powers, strict=True)) / 4
    assert perfect.item() == 0
    assert silent.item() == pytest.approx(expected, rel=1e-5)


def test_at_high_noise_the_loss_is_the_error_of_the_clean_latent() -> None:
    generator = torch.Generator().manual_seed(2)
    x_0, eps, guess = torch.randn(3, 2, 4, 8, 8, generator=generator)
    timesteps = torch.tensor([999, 800])
    a = SCHEDULE.alphas_cumprod[timesteps][:, None, None, None]

    def predict(x_t: torch.Tensor, t: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
        return (x_t - a.sqrt() * guess) / (1 - a).sqrt()

    loss = noise_prediction_loss(predict, SCHEDULE, x_0, torch.zeros(2, 1, 1), timesteps, eps)
    assert loss.item() == pytest.approx((guess - x_0).square().mean().item(), rel=1e-3)


def test_stratified_timesteps_fill_the_range_evenly() -> None:
    drawn = stratified_timesteps(20, 1000, torch.Generator().manual_seed(2))
    assert sorted((drawn // 50).tolist()) == list(range(20))
    assert drawn.tolist() != sorted(drawn.tolist())
