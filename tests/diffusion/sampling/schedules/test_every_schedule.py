"""What every schedule must keep, over every kind of noise levels."""

import pytest
import torch

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.sampling.schedules import SCHEDULES
from graphengine.errors import GraphEngineError

LEVELS = {
    "vp": NoiseSchedule.scaled_linear(),
    "zero snr": NoiseSchedule.scaled_linear().zero_terminal_snr(),
    "edm": ContinuousLevels(),
    "flow": FlowLevels(),
    "shifted flow": FlowLevels(3.0),
    "steep flow": FlowLevels(50.0),
    "tiny range": ContinuousLevels(1.0, 1.00001),
    "tiny sigmas": ContinuousLevels(1e-5, 1e-4),
}
MOST_STEPS = {"turbo": 10, "ddim_uniform": 999, "simple": 1000}
NOT_FOR_FLOW = ("align_your_steps", "vp")
NOT_FOR_LITTLE_NOISE = ("align_your_steps",)
BELOW_THE_TOP = ("ddim_uniform",)
PAIRS = [
    (name, kind)
    for name in SCHEDULES
    for kind in LEVELS
    if not ("flow" in kind and name in NOT_FOR_FLOW) and not ("tiny" in kind and name in NOT_FOR_LITTLE_NOISE)
]


@pytest.mark.parametrize(("name", "kind"), PAIRS)
@pytest.mark.parametrize("steps", [1, 2, 7, 20, 999, 1000])
def test_it_falls_from_the_most_noise_to_none_in_as_many_steps(name, kind, steps):
    levels = LEVELS[kind]
    most = MOST_STEPS.get(name, steps)
    if steps > most:
        with pytest.raises(
            GraphEngineError, match=f"expected between 1 and {most} for this schedule, got {steps}"
        ) as raised:
            SCHEDULES[name](levels, steps)
        assert raised.value.input == "steps"
        return
    sigmas = SCHEDULES[name](levels, steps)
    assert sigmas.steps == steps
    assert sigmas.scale == levels.scale
    assert sigmas.values.dtype == torch.float32
    assert (sigmas.values.diff() < 0).all()
    assert sigmas.values[-1] == 0
    if name not in BELOW_THE_TOP:
        # The published table of align_your_steps rounds to three digits, and begins there at any model.
        top = 14.615 if name == "align_your_steps" else levels.sigma_max
        assert sigmas.values[0].item() == pytest.approx(top, rel=1e-6)
    elif kind != "tiny range":
        assert levels.sigma_min < sigmas.values[0] <= levels.sigmas[-1]


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("steps", [0, -1])
def test_no_steps_are_refused(noise_schedule, name, steps):
    with pytest.raises(GraphEngineError, match=f"input 'steps': expected .* for this schedule, got {steps}"):
        SCHEDULES[name](noise_schedule, steps)


@pytest.mark.parametrize("name", NOT_FOR_FLOW)
def test_schedules_of_the_other_scale_are_refused(name):
    with pytest.raises(GraphEngineError, match=f"'{name}' is not for flow models") as raised:
        SCHEDULES[name](FlowLevels(), 10)
    assert raised.value.kind == "unsuitable_schedule" and raised.value.hint


def test_schedules_cannot_be_changed():
    with pytest.raises(TypeError):
        SCHEDULES["normal"] = SCHEDULES["karras"]


EXTREMES = [
    *[("karras", {"rho": rho}) for rho in (0.5, 100)],
    *[("polyexponential", {"rho": rho}) for rho in (0.1, 100)],
    *[("laplace", {"mu": mu, "beta": beta}) for mu in (-10, 10) for beta in (0.05, 10)],
    *[("beta", {"alpha": alpha, "beta": beta}) for alpha in (0.1, 50) for beta in (0.1, 50)],
    *[("linear_quadratic", {"threshold": threshold}) for threshold in (1e-6, 0.499)],
    *[("vp", {"beta_d": beta_d, "beta_min": beta_min}) for beta_d in (1e-3, 1e3) for beta_min in (1e-3, 1e3)],
]


@pytest.mark.parametrize(("name", "options"), EXTREMES)
@pytest.mark.parametrize("kind", ["vp", "zero snr", "edm", "flow"])
@pytest.mark.parametrize("steps", [1, 3, 20, 300])
def test_it_falls_at_the_limits_of_its_options(name, options, kind, steps):
    if kind == "flow" and name in NOT_FOR_FLOW:
        pytest.skip("refused above")
    values = SCHEDULES[name](LEVELS[kind], steps, **options).values
    assert len(values) == steps + 1
    assert (values.diff() < 0).all()
    assert values[0].item() == pytest.approx(LEVELS[kind].sigma_max, rel=1e-4)
