"""One distribution, the exact network for each prediction: the same x_0, whatever the network answers."""

import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras

CONTEXT = torch.zeros(1, 1, 1)
VP = NoiseSchedule.scaled_linear()
ZERO_SNR = VP.zero_terminal_snr()


def sigma_told(levels, time):
    """What sigma the network is told of."""
    if isinstance(levels, NoiseSchedule):
        return levels.sigma_at(time)
    return time / 1000 if isinstance(levels, FlowLevels) else (4 * time).exp()


def exact_network(gaussian, levels, prediction):
    """E[answer | x] for Gaussian data, from the input and the time that networks get."""

    def network(x, times, context):
        sigma = sigma_told(levels, times[0]).double()
        x = x.double()
        if prediction == "flow":
            signal = 1 - sigma
            s_x = ((signal * gaussian.s) ** 2 + sigma**2).sqrt()
            x_0 = gaussian.mu + (x - signal * gaussian.mu) * signal * gaussian.s**2 / s_x**2
            eps = (x - signal * gaussian.mu) * sigma / s_x**2
            return (eps - x_0).float()
        size = (sigma**2 + levels.sigma_data**2).sqrt()
        x = x * size
        x_0 = gaussian.denoise(x, sigma)
        eps = (x - gaussian.mu) * sigma / (gaussian.s**2 + sigma**2)
        v = (levels.sigma_data * eps - sigma * x_0 / levels.sigma_data) / size
        return {"epsilon": eps, "x0": x_0, "v": v, "edm": -v}[prediction].float()

    return network


def picture(gaussian, levels, prediction, name):
    denoiser = NetworkDenoiser(exact_network(gaussian, levels, prediction), levels, prediction)
    sigmas = karras(levels, 200)
    x = torch.zeros(1, 4, 8, 8)
    return sample(lambda x, sigma: denoiser(x, sigma, CONTEXT), x, sigmas, SAMPLERS[name], NoiseSource([5])).x


@pytest.mark.parametrize("name", ["heun", "dpmpp_2m"])
@pytest.mark.parametrize(
    ("prediction", "levels"),
    [
        ("epsilon", VP),
        ("v", VP),
        ("x0", VP),
        ("v", ZERO_SNR),
        ("x0", ZERO_SNR),
        ("edm", ContinuousLevels()),
        ("v", ContinuousLevels()),
        ("epsilon", ContinuousLevels()),
        ("v", ContinuousLevels(0.002, 120, sigma_data=1.0)),
        ("flow", FlowLevels()),
        ("flow", FlowLevels(3.0)),
    ],
)
def test_the_noise_leads_to_its_own_quantile_of_the_data(gaussian, name, prediction, levels):
    made = picture(gaussian, levels, prediction, name)
    # Where a little signal is left at the first level, noise alone begins a little off its place.
    start = 1 if levels.scale == "flow" else levels.sigma_max / (levels.sigma_max**2 + gaussian.s**2) ** 0.5
    shift = 0 if levels.scale == "flow" else gaussian.mu / (levels.sigma_max**2 + gaussian.s**2) ** 0.5
    expected = gaussian.mu + gaussian.s * (start * NoiseSource([5]).like(made) - shift)
    torch.testing.assert_close(made, expected, rtol=0, atol=3e-3)  # what 200 steps of second order leave


@pytest.mark.parametrize("name", ["euler", "heun", "dpmpp_2m", "deis"])
@pytest.mark.parametrize("predictions", [("epsilon", "v", "x0"), ("v", "x0")], ids=["vp", "zero snr"])
def test_over_the_same_levels_every_step_is_the_same(gaussian, name, predictions):
    levels = VP if len(predictions) == 3 else ZERO_SNR
    first, *others = (picture(gaussian, levels, prediction, name) for prediction in predictions)
    for other in others:
        torch.testing.assert_close(other, first, rtol=1e-4, atol=1e-4)  # float32 answers, sigmas up to 4096
