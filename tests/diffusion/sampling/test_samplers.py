import pytest
import torch

from graphengine.diffusion.sampling.noise import NoiseSource
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.diffusion.sampling.schedules import karras
from tests.diffusion.sampling.unguided_pair import UnguidedPair


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("ddim", 5),
        ("ddpm", 5),
        ("deis", 5),
        ("dpm_2", 9),
        ("dpm_2_ancestral", 9),
        ("dpmpp_2m", 5),
        ("dpmpp_2m_cfg_pp", 5),
        ("dpmpp_2m_sde", 5),
        ("dpmpp_2m_sde_heun", 5),
        ("dpmpp_2s_ancestral", 9),
        ("dpmpp_2s_ancestral_cfg_pp", 9),
        ("dpmpp_3m_sde", 5),
        ("dpmpp_sde", 9),
        ("er_sde", 5),
        ("euler", 5),
        ("euler_ancestral", 5),
        ("euler_ancestral_cfg_pp", 5),
        ("euler_cfg_pp", 5),
        ("gradient_estimation", 5),
        ("heun", 9),
        ("heunpp2", 12),
        ("ipndm", 5),
        ("ipndm_v", 5),
        ("lcm", 5),
        ("lms", 5),
        ("plms", 6),
        ("res_multistep", 5),
        ("res_multistep_ancestral", 5),
        ("sa_solver", 5),
        ("seeds_2", 9),
        ("seeds_3", 13),
        ("tcd", 5),
        ("uni_pc", 5),
        ("uni_pc_bh2", 5),
    ],
)
def test_the_network_is_called_as_often_as_the_method_says(gaussian, noise_schedule, name, calls):
    asked = []

    def denoise(x, sigma):
        asked.append(sigma)
        return gaussian.denoise(x, sigma)

    sigmas = karras(noise_schedule, 5).values
    x, noise = torch.randn(1, 4, 8, 8), NoiseSource([0])
    steps = list(SAMPLERS[name].method(UnguidedPair(denoise), x, sigmas, noise))
    assert len(asked) == calls
    assert [step.index for step in steps] == [0, 1, 2, 3, 4]
    assert torch.equal(torch.stack([step.sigma for step in steps]), sigmas[1:])


def test_samplers_are_those_of_the_menu_and_cannot_be_changed():
    assert list(SAMPLERS) == sorted(SAMPLERS)
    assert all(name == sampler.name for name, sampler in SAMPLERS.items())
    with pytest.raises(TypeError):
        SAMPLERS["euler"] = SAMPLERS["heun"]
