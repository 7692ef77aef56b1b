"""What every kind of noise levels must keep."""

import pytest
import torch
from diffusers import EDMEulerScheduler, FlowMatchEulerDiscreteScheduler

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule

KINDS = {
    "vp": NoiseSchedule.scaled_linear(),
    "zero snr": NoiseSchedule.scaled_linear().zero_terminal_snr(),
    "edm": ContinuousLevels(),
    "flow": FlowLevels(),
    "shifted flow": FlowLevels(3.0),
    "flow shifted to the picture": FlowLevels(0.5),
}


@pytest.fixture(params=KINDS)
def levels(request):
    return KINDS[request.param]


def test_the_table_rises_from_least_to_most(levels):
    assert levels.sigmas.shape == (levels.timesteps,)
    assert levels.sigmas.dtype == torch.float32
    assert (levels.sigmas.diff() > 0).all()
    assert levels.sigmas[0].item() == pytest.approx(levels.sigma_min, rel=1e-6)
    assert levels.sigmas[-1].item() == pytest.approx(levels.sigma_max, rel=1e-6)
    torch.testing.assert_close(levels.sigma_at(torch.arange(1000.0)), levels.sigmas)


def test_timesteps_and_sigmas_are_each_others_inverse(levels):
    timesteps = torch.tensor([0, 0.25, 1, 41.5, 500, 998.75, 999])
    there_and_back = levels.timestep_at(levels.sigma_at(timesteps))
    torch.testing.assert_close(there_and_back, timesteps, rtol=0, atol=2e-3)  # float32 sigmas


def test_sigmas_beyond_the_table_get_the_nearest_timestep(levels):
    assert levels.timestep_at(torch.tensor(levels.sigma_min / 2)).item() == 0
    assert levels.timestep_at(torch.tensor(levels.sigma_max)).item() == pytest.approx(999, abs=1e-3)


def test_equal_levels_are_equal(levels):
    same = {
        NoiseSchedule: lambda: NoiseSchedule(levels.alphas_cumprod.clone()),
        ContinuousLevels: ContinuousLevels,
        FlowLevels: lambda: FlowLevels(levels.shift),
    }[type(levels)]()
    assert same == levels and hash(same) == hash(levels)
    assert [other for other in KINDS.values() if other == levels] == [levels]


@pytest.mark.parametrize("shift", [0.5, 1.0, 3.0])
def test_flow_is_diffusers(shift):
    scheduler = FlowMatchEulerDiscreteScheduler(shift=shift)
    torch.testing.assert_close(FlowLevels(shift).sigmas, scheduler.sigmas.flip(0), rtol=1e-6, atol=0)
    torch.testing.assert_close(
        FlowLevels(shift).time_at(scheduler.sigmas), scheduler.timesteps, rtol=1e-6, atol=0
    )


def test_edm_tells_the_network_what_diffusers_does():
    sigmas = ContinuousLevels().sigmas
    expected = EDMEulerScheduler().precondition_noise(sigmas)
    torch.testing.assert_close(ContinuousLevels().time_at(sigmas), expected)


@pytest.mark.parametrize("bounds", [(0, 80, 0.5), (80, 80, 0.5), (0.002, 80, 0)])
def test_an_empty_range_is_refused(bounds):
    with pytest.raises(ValueError, match="0 < sigma_min < sigma_max"):
        ContinuousLevels(*bounds)


@pytest.mark.parametrize("shift", [0, -1, float("inf"), float("nan")])
def test_a_shift_that_is_no_positive_number_is_refused(shift):
    with pytest.raises(ValueError, match="must be above 0"):
        FlowLevels(shift)
