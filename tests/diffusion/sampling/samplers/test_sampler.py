import pickle

import pytest

from graphengine.diffusion.sampling.samplers import SAMPLERS


def test_options_are_those_of_the_method_with_their_defaults():
    assert SAMPLERS["ddim"].options == {"eta": 0.0}
    assert SAMPLERS["euler"].options == {}


def test_options_that_are_set_replace_the_defaults():
    sampler = SAMPLERS["ddim"].with_options(eta=0.5)
    assert sampler.options == {"eta": 0.5}
    assert sampler.with_options(eta=0.25).options == {"eta": 0.25}
    assert SAMPLERS["ddim"].options == {"eta": 0.0}


def test_an_option_that_a_sampler_does_not_have_is_refused():
    with pytest.raises(TypeError, match="'heun' has no option eta, order"):
        SAMPLERS["heun"].with_options(order=2, eta=0.5)


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_sampler_can_go_to_another_process(name):
    assert pickle.loads(pickle.dumps(SAMPLERS[name])) == SAMPLERS[name]
