import math

import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.scale import add_noise

CONTEXT = torch.zeros(2, 3, 4)
VP = NoiseSchedule.scaled_linear()
ZERO_SNR = VP.zero_terminal_snr()
EDM = ContinuousLevels()
COS = ContinuousLevels(0.002, 120, sigma_data=1.0)


def answer_of(prediction, x_0, eps, sigma, sigma_data):
    """What a network that knows the truth answers, from each paper's own definition."""
    angle = torch.atan(sigma / sigma_data)  # x = x_0 + sigma eps, over its size
    definitions = {
        "epsilon": eps,
        "x0": x_0,
        "v": angle.cos() * eps - angle.sin() * x_0 / sigma_data,
        "edm": (x_0 - sigma_data**2 / (sigma**2 + sigma_data**2) * (x_0 + sigma * eps))
        * (sigma**2 + sigma_data**2).sqrt()
        / (sigma * sigma_data),
        "flow": eps - x_0,
    }
    return definitions[prediction]


CASES = [
    ("epsilon", VP),
    ("v", VP),
    ("x0", VP),
    ("v", ZERO_SNR),
    ("x0", ZERO_SNR),
    ("edm", EDM),
    ("epsilon", EDM),
    ("v", COS),
    ("flow", FlowLevels()),
    ("flow", FlowLevels(3.0)),
]


@pytest.mark.parametrize(("prediction", "levels"), CASES)
@pytest.mark.parametrize("timestep", [0.0, 400.25, 999.0])
def test_a_network_that_knows_the_truth_gives_the_clean_latent(prediction, levels, timestep):
    x_0, eps = torch.randn(2, 2, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    sigma = levels.sigma_at(torch.tensor(timestep))

    def network(x, times, context):
        return answer_of(prediction, x_0, eps, sigma, levels.sigma_data)

    x = add_noise(x_0, eps, sigma, levels.scale)
    denoised = NetworkDenoiser(network, levels, prediction)(x, sigma, CONTEXT)
    # x itself is rounded to float32: x_0 is known to about sigma * 2^-24
    torch.testing.assert_close(denoised, x_0, rtol=1e-5, atol=1e-5 + 5e-7 * sigma.item())


@pytest.mark.parametrize("timestep", [0, 400, 999])
def test_the_network_sees_the_forward_process_and_its_timestep(timestep):
    x_0, eps = torch.randn(2, 2, 4, 8, 8)
    whole = torch.tensor(timestep)

    def network(x, times, context):
        torch.testing.assert_close(x, VP.diffuse(x_0, whole.repeat(2), eps), rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(times, torch.full((2,), float(timestep)), rtol=0, atol=1e-3)
        return x

    sigma = VP.sigmas[timestep]
    NetworkDenoiser(network, VP)(x_0 + sigma * eps, sigma, CONTEXT)


@pytest.mark.parametrize("levels", [EDM, COS])
def test_networks_over_a_range_see_unit_variance_and_a_quarter_of_log_sigma(levels):
    x_0, eps = torch.randn(2, 2, 4, 64, 64, generator=torch.Generator().manual_seed(1))
    sigma = torch.tensor(0.8)

    def network(x, times, context):
        assert x.std().item() == pytest.approx(1, abs=0.02)
        assert times.tolist() == pytest.approx([math.log(0.8) / 4] * 2)
        return x

    NetworkDenoiser(network, levels, "v")(levels.sigma_data * x_0 + sigma * eps, sigma, CONTEXT)


def test_a_flow_network_sees_x_as_it_is_and_a_thousand_t():
    x = torch.randn(2, 4, 8, 8)

    def network(seen, times, context):
        assert torch.equal(seen, x)
        assert times.tolist() == [250, 250]
        return seen

    NetworkDenoiser(network, FlowLevels(3.0), "flow")(x, torch.tensor(0.25), CONTEXT)


def test_timesteps_between_two_trained_ones_stay_fractional(noise_schedule):
    asked = []

    def network(x, times, context):
        asked.append(times)
        return x

    sigma = (noise_schedule.sigmas[500] * noise_schedule.sigmas[501]).sqrt()
    NetworkDenoiser(network, noise_schedule)(torch.zeros(2, 4, 8, 8), sigma, CONTEXT)
    torch.testing.assert_close(asked[0], torch.tensor([500.5, 500.5]), rtol=0, atol=1e-3)


@pytest.mark.parametrize(("prediction", "levels"), CASES)
def test_only_the_network_works_in_half_precision(prediction, levels):
    seen = []
    answer = torch.linspace(1, 2, 7 * 4 * 8 * 8).reshape(7, 4, 8, 8).bfloat16()

    def network(x, times, context):
        seen.extend([x.dtype, context.dtype, times.dtype])
        return answer

    x, sigma, context = torch.ones(7, 4, 8, 8), torch.tensor(0.3), torch.zeros(7, 3, 4)
    denoised = NetworkDenoiser(network, levels, prediction, torch.bfloat16)(x, sigma, context)
    assert seen == [torch.bfloat16, torch.bfloat16, torch.float32]
    in_full = NetworkDenoiser(lambda *_: answer.float(), levels, prediction)(x, sigma, context)
    assert denoised.dtype == torch.float32
    assert torch.equal(denoised, in_full)


@pytest.mark.parametrize(
    ("prediction", "levels"), [("flow", VP), ("epsilon", FlowLevels()), ("edm", FlowLevels())]
)
def test_a_prediction_in_the_wrong_scale_is_refused(prediction, levels):
    with pytest.raises(ValueError, match=f"predicts '{prediction}' can't have noise levels of scale"):
        NetworkDenoiser(lambda *_: CONTEXT, levels, prediction)
