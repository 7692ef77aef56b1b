import inspect
from typing import get_args

import pytest
from graphengine.nodes.samplers import SamplerName, select_sampler

from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.errors import GraphEngineError
from graphengine.runtime import Runtime


def test_the_drop_down_offers_every_sampler() -> None:
    assert get_args(SamplerName) == tuple(SAMPLERS)


def test_every_option_of_every_sampler_is_an_input() -> None:
    options = {option for sampler in SAMPLERS.values() for option in sampler.options}
    assert options == set(inspect.signature(select_sampler).parameters) - {"name"}


@pytest.mark.parametrize("name", SAMPLERS)
def test_without_options_a_sampler_is_as_it_comes(name: SamplerName) -> None:
    assert select_sampler(name).options == SAMPLERS[name].options


def test_options_that_are_given_are_set() -> None:
    assert select_sampler("euler_ancestral", eta=0.5).options == {"eta": 0.5, "s_noise": 1.0}
    assert select_sampler("ddim", eta=0.0).options == {"eta": 0.0}


def test_an_option_of_other_samplers_is_refused() -> None:
    with pytest.raises(GraphEngineError, match=r"input 'eta': .*'heun' has no such option, got 0.5; .*ddim"):
        select_sampler("heun", eta=0.5)


def test_it_is_refused_before_anything_runs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    document = {
        "format": "graphengine/1",
        "nodes": {"how": {"type": "select_sampler", "inputs": {"name": "er_sde", "order": 4}}},
    }
    runtime = Runtime(tmp_path)
    with pytest.raises(
        GraphEngineError, match=r"node 'how' \(select_sampler\), input 'order': expected 1 to 3"
    ):
        runtime.run(document)
