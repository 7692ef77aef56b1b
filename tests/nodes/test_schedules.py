from pathlib import Path
from typing import get_args

import pytest
import torch
from graphengine.nodes import schedules as nodes
from graphengine.nodes.prediction import set_prediction_flow

from graphengine.diffusion.sampling import schedules
from graphengine.diffusion.weights.checkpoint import DiffusionModel, open_checkpoint
from graphengine.errors import GraphEngineError
from tests.diffusion.random_weights import write_checkpoint


@pytest.fixture
def model(tmp_path: Path) -> DiffusionModel:
    return open_checkpoint(write_checkpoint(tmp_path / "tiny.safetensors")).model


def test_all_schedules_are_offered() -> None:
    assert get_args(nodes.ScheduleName) == tuple(schedules.SCHEDULES)


@pytest.mark.parametrize("name", schedules.SCHEDULES)
def test_a_schedule_is_that_of_the_model_cut_to_its_strength(model: DiffusionModel, name: str) -> None:
    sigmas = nodes.select_schedule(model, name, 10)
    assert torch.equal(sigmas.values, schedules.SCHEDULES[name](model.levels, 10).values)
    part = nodes.select_schedule(model, name, 5 if name == "turbo" else 10, 0.5)
    assert part.steps == 5
    # Distilled models know nothing but their own levels: there strength chooses the first of them.
    assert torch.equal(part.values, sigmas.values[5:])


def test_options_reach_the_schedule(model: DiffusionModel) -> None:
    pairs = [
        (nodes.karras_schedule(model, 8, 3.0), schedules.karras(model.levels, 8, 3.0)),
        (nodes.polyexponential_schedule(model, 8, 3.0), schedules.polyexponential(model.levels, 8, 3.0)),
        (nodes.laplace_schedule(model, 8, 1.0, 0.3), schedules.laplace(model.levels, 8, 1.0, 0.3)),
        (nodes.beta_schedule(model, 8, 0.5, 2.0), schedules.beta(model.levels, 8, 0.5, 2.0)),
        (nodes.linear_quadratic_schedule(model, 8, 0.1), schedules.linear_quadratic(model.levels, 8, 0.1)),
        (nodes.vp_schedule(model, 8, 10.0, 1.0), schedules.vp(model.levels, 8, 10.0, 1.0)),
        (
            nodes.align_your_steps_schedule(model, "sdxl", 8),
            schedules.align_your_steps(model.levels, 8, "sdxl"),
        ),
        (nodes.turbo_schedule(model, 3), schedules.turbo(model.levels, 3)),
    ]
    for ours, expected in pairs:
        assert torch.equal(ours.values, expected.values)
    assert nodes.karras_schedule(model, 8, 3.0, 0.5).steps == 4


def test_a_flow_model_gets_levels_in_its_own_scale(model: DiffusionModel) -> None:
    assert nodes.select_schedule(set_prediction_flow(model, 3.0), "sgm_uniform", 4).scale == "flow"
    with pytest.raises(GraphEngineError, match="'vp' is not for flow models"):
        nodes.select_schedule(set_prediction_flow(model), "vp", 4)
