import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from graphengine.nodes.samplers import (
    SamplerName,
    dpm_adaptive_sampler,
    sa_solver_sampler,
    select_sampler,
)

from graphengine.diffusion.sampling.samplers import SAMPLERS, Sampler
from graphengine.errors import GraphEngineError
from graphengine.runtime import Runtime


def test_the_drop_down_offers_every_sampler() -> None:
    assert get_args(SamplerName) == tuple(SAMPLERS)


def inputs(node: Callable[..., Sampler]) -> dict[str, Any]:
    return {each.name: each.default for each in inspect.signature(node).parameters.values()}


def test_every_option_of_every_sampler_can_be_set_somewhere() -> None:
    own = {"sa_solver": sa_solver_sampler, "dpm_adaptive": dpm_adaptive_sampler}
    for name, sampler in SAMPLERS.items():
        if name in own:
            assert inputs(own[name]) == sampler.options
        else:
            assert sampler.options.keys() <= inputs(select_sampler).keys()


def test_nodes_for_one_sampler_set_its_options() -> None:
    assert sa_solver_sampler(tau=0.5, corrector_order=0).options["corrector_order"] == 0
    assert sa_solver_sampler(tau=0.5).options == {**SAMPLERS["sa_solver"].options, "tau": 0.5}
    assert dpm_adaptive_sampler(2, rtol=0.01).options["rtol"] == 0.01


@pytest.mark.parametrize("name", SAMPLERS)
def test_without_options_a_sampler_is_as_it_comes(name: SamplerName) -> None:
    assert select_sampler(name).options == SAMPLERS[name].options


def test_options_that_are_given_are_set() -> None:
    assert select_sampler("euler_ancestral", eta=0.5).options == {"eta": 0.5, "s_noise": 1.0}
    assert select_sampler("ddim", eta=0.0).options == {"eta": 0.0}


def test_an_option_of_other_samplers_is_refused() -> None:
    with pytest.raises(GraphEngineError, match=r"input 'eta': .*'heun' has no such option, got 0.5; .*ddim"):
        select_sampler("heun", eta=0.5)


def test_it_is_refused_before_anything_runs(tmp_path: Path) -> None:
    document = {
        "format": "graphengine/1",
        "nodes": {"how": {"type": "select_sampler", "inputs": {"name": "er_sde", "order": 4}}},
    }
    runtime = Runtime(tmp_path)
    with pytest.raises(
        GraphEngineError, match=r"node 'how' \(select_sampler\), input 'order': expected 1 to 3"
    ):
        runtime.run(document)
