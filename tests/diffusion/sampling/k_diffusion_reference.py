"""`k_diffusion.sampling` without the packages that only the rest of k-diffusion needs.

Needs k-diffusion, torchdiffeq, torchsde, trampoline and boltons, installed with `--no-deps`, and scipy:
`.ci/run` has the command. Where one is missing, the fixture skips the tests that ask for it.
"""

import importlib
import importlib.util
import sys
from types import ModuleType
from unittest.mock import patch

import pytest
import torch

from graphengine.diffusion.sampling.samplers import Sampler

NEEDED = ("k_diffusion", "scipy", "torchdiffeq", "torchsde", "trampoline")


@pytest.fixture(scope="session")
def k_diffusion():
    """Its module `sampling`: `k_diffusion.sample_heun(model, x, sigmas, disable=True)` and so on."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"the comparison needs {', '.join(missing)}")
    # Its __init__ would import the training side, and its module of odds and ends wants torchvision.
    package = ModuleType("k_diffusion")
    package.__path__ = importlib.util.find_spec("k_diffusion").submodule_search_locations
    torchvision = ModuleType("torchvision")
    torchvision.transforms = ModuleType("torchvision.transforms")
    torchvision.transforms.functional = ModuleType("torchvision.transforms.functional")
    stubs = {
        "k_diffusion": package,
        "torchvision": torchvision,
        "torchvision.transforms": torchvision.transforms,
        "torchvision.transforms.functional": torchvision.transforms.functional,
    }
    with patch.dict(sys.modules, stubs):
        return importlib.import_module("k_diffusion.sampling")


class Model(torch.nn.Module):
    """A denoiser as k-diffusion calls it: sigma is [b], x_0 comes back."""

    def __init__(self, denoise):
        super().__init__()
        self.denoise = denoise

    def forward(self, x, sigma):
        return self.denoise(x, sigma[0])


def trajectory(method, model, x, *arguments, **options):
    """What a k-diffusion sampler hands its callback as x, before each step, and what it ends with."""
    seen = []
    last = method(
        model, x, *arguments, callback=lambda step: seen.append(step["x"].clone()), disable=True, **options
    )
    return torch.stack([*seen, last])


def ours(sampler: Sampler, denoise, x, sigmas, noise):
    """The same of a sampler of ours: x at every sigma, the first included."""
    return torch.stack([x, *(step.x for step in sampler.method(denoise, x, sigmas, noise))])
