"""Every prediction over its noise levels beside diffusers: same network, noise and sigmas, without guidance.

Both are in float32: they agree within 1e-4 of the largest value, except where a case says why not.
"""

import diffusers
import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.network_denoiser import NetworkDenoiser
from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.sample import sample
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras, normal, simple
from graphengine.diffusion.sampling.sigmas import Sigmas

STEPS, SEED = 10, 11
SD1 = {"beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012}
VP = NoiseSchedule.scaled_linear()
THEIR_NAMES = {"epsilon": "epsilon", "v": "v_prediction", "x0": "sample", "edm": "epsilon"}


def eps():
    return torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(SEED))


def theirs(scheduler, network, context, x):
    """diffusers' pipeline in its plainest form."""
    for timestep in scheduler.timesteps:
        scaled = x
        if hasattr(scheduler, "scale_model_input"):
            scaled = scheduler.scale_model_input(x, timestep)
        answer = network(scaled, timestep.float().repeat(len(x)), context)
        x = scheduler.step(answer, timestep, x).prev_sample
    return x


def ours(name, network, context, levels, prediction, sigmas):
    denoiser = NetworkDenoiser(network, levels, prediction)

    def denoise(x, sigma):
        return denoiser(x, sigma, context)

    return sample(denoise, torch.zeros(1, 4, 8, 8), sigmas, SAMPLERS[name], NoiseSource([SEED])).x


def assert_agree(actual, expected, tolerance=1e-4):
    assert expected.std() > 0.1
    assert (actual - expected).abs().max() / expected.abs().max() < tolerance


@pytest.mark.parametrize("prediction", ["epsilon", "v", "x0"])
def test_over_stable_diffusions_schedule(unet, contexts, prediction):
    scheduler = diffusers.EulerDiscreteScheduler(**SD1, prediction_type=THEIR_NAMES[prediction])
    scheduler.set_timesteps(STEPS)
    sigmas = normal(VP, STEPS)
    expected = theirs(scheduler, unet, contexts[0], sigmas.values[0] * eps())
    assert_agree(ours("euler", unet, contexts[0], VP, prediction, sigmas), expected)


@pytest.mark.parametrize("prediction", ["v", "x0"])
def test_with_zero_terminal_snr(unet, contexts, prediction):
    scheduler = diffusers.EulerDiscreteScheduler(
        **SD1, prediction_type=THEIR_NAMES[prediction], rescale_betas_zero_snr=True
    )
    scheduler.set_timesteps(STEPS)
    levels = VP.zero_terminal_snr()
    sigmas = normal(levels, STEPS)
    assert sigmas.values[0].item() == pytest.approx(4096)
    expected = theirs(scheduler, unet, contexts[0], sigmas.values[0] * eps())
    assert_agree(ours("euler", unet, contexts[0], levels, prediction, sigmas), expected)


def test_with_no_signal_at_all_at_the_start(unet, contexts):
    # Their DDIM begins at a_T = 0, and we at 2^-24: x_0 differs there by eps / 4096.
    scheduler = diffusers.DDIMScheduler(
        **SD1,
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        set_alpha_to_one=True,
    )
    scheduler.set_timesteps(STEPS)
    levels = VP.zero_terminal_snr()
    expected = theirs(scheduler, unet, contexts[0], eps())
    made = ours("ddim", unet, contexts[0], levels, "v", simple(levels, STEPS))
    assert_agree(made, expected, tolerance=5e-4)


def as_edm(unet):
    """A network for c_noise, which is far below the timesteps that `unet` tells apart."""
    return lambda x, times, context: unet(x, 500 + 200 * times, context)


@pytest.mark.parametrize("prediction", ["edm", "v"])
@pytest.mark.parametrize(("sigma_max", "sigma_data"), [(80.0, 0.5), (120.0, 1.0)])
def test_edm(unet, contexts, prediction, sigma_max, sigma_data):
    scheduler = diffusers.EDMEulerScheduler(
        sigma_max=sigma_max, sigma_data=sigma_data, prediction_type=THEIR_NAMES[prediction]
    )
    scheduler.set_timesteps(STEPS)
    levels = ContinuousLevels(0.002, sigma_max, sigma_data)
    sigmas = karras(levels, STEPS)
    expected = theirs(scheduler, as_edm(unet), contexts[0], sigmas.values[0] * eps())
    assert_agree(ours("euler", as_edm(unet), contexts[0], levels, prediction, sigmas), expected)


def test_edm_by_another_solver(unet, contexts):
    scheduler = diffusers.EDMDPMSolverMultistepScheduler(solver_order=2, final_sigmas_type="zero")
    scheduler.set_timesteps(STEPS)
    levels = ContinuousLevels()
    sigmas = karras(levels, STEPS)
    expected = theirs(scheduler, as_edm(unet), contexts[0], sigmas.values[0] * eps())
    assert_agree(ours("dpmpp_2m", as_edm(unet), contexts[0], levels, "edm", sigmas), expected)


@pytest.mark.parametrize("shift", [1.0, 3.0])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("euler", diffusers.FlowMatchEulerDiscreteScheduler),
        ("heun", diffusers.FlowMatchHeunDiscreteScheduler),
    ],
)
def test_flow_matching(unet, contexts, shift, name, kind):
    scheduler = kind(shift=shift)
    scheduler.set_timesteps(STEPS)
    sigmas = Sigmas(scheduler.sigmas.unique().flip(0), "flow")  # Heun's has each twice
    expected = theirs(scheduler, unet, contexts[0], eps())
    assert_agree(ours(name, unet, contexts[0], FlowLevels(shift), "flow", sigmas), expected)


@pytest.mark.parametrize("shift", [1.0, 3.0])
def test_flow_matching_by_a_sampler_in_the_other_scale(unet, contexts, shift):
    scheduler = diffusers.DPMSolverMultistepScheduler(
        solver_order=2,
        algorithm_type="dpmsolver++",
        final_sigmas_type="zero",
        prediction_type="flow_prediction",
        use_flow_sigmas=True,
        flow_shift=shift,
    )
    scheduler.set_timesteps(STEPS)
    sigmas = Sigmas(scheduler.sigmas, "flow")

    def at_their_timesteps(x, times, context):
        return unet(x, times.long().float(), context)

    # They start from noise alone, though their first t is a little below 1.
    expected = theirs(scheduler, at_their_timesteps, contexts[0], sigmas.values[0] * eps())
    made = ours("dpmpp_2m", at_their_timesteps, contexts[0], FlowLevels(shift), "flow", sigmas)
    assert_agree(made, expected)
