import pickle

import pytest

from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.errors import GraphEngineError


def test_options_are_those_of_the_method_with_their_defaults():
    assert SAMPLERS["ddim"].options == {"eta": 0.0}
    assert SAMPLERS["euler"].options == {}


def test_options_that_are_set_replace_the_defaults():
    sampler = SAMPLERS["ddim"].with_options(eta=0.5)
    assert sampler.options == {"eta": 0.5}
    assert sampler.with_options(eta=0.25).options == {"eta": 0.25}
    assert SAMPLERS["ddim"].options == {"eta": 0.0}


def test_an_option_that_a_sampler_does_not_have_is_refused():
    with pytest.raises(GraphEngineError, match=r"option of sampler 'ddim' \(eta\), got s_noise") as raised:
        SAMPLERS["ddim"].with_options(eta=0.5, s_noise=1.0)
    assert raised.value.input == "s_noise"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("ddim", {"eta": 1.5}, "'eta': expected 0 to 1 for sampler 'ddim', got 1.5"),
        ("ddim", {"eta": float("nan")}, "'eta': expected 0 to 1 for sampler 'ddim', got nan"),
        ("er_sde", {"order": 4}, "'order': expected 1 to 3 for sampler 'er_sde', got 4"),
    ],
)
def test_a_value_outside_an_options_range_is_refused(name, options, message):
    with pytest.raises(GraphEngineError, match=message):
        SAMPLERS[name].with_options(**options)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_sampler_can_go_to_another_process(name):
    assert pickle.loads(pickle.dumps(SAMPLERS[name])) == SAMPLERS[name]
