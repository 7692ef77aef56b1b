from pathlib import Path

import pytest
import torch
from graphengine.nodes.prediction import set_prediction, set_prediction_edm, set_prediction_flow

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.flow_levels import FlowLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.weights.checkpoint import DiffusionModel, open_checkpoint
from graphengine.errors import GraphEngineError
from graphengine.memory.residency import Residency
from tests.diffusion.random_weights import write_checkpoint


@pytest.fixture
def model(tmp_path: Path) -> DiffusionModel:
    return open_checkpoint(write_checkpoint(tmp_path / "tiny.safetensors")).model


def test_a_model_gets_another_prediction_and_noise(model: DiffusionModel) -> None:
    v = set_prediction(model, "v", zero_snr=True)
    assert (v.prediction, v.levels) == ("v", NoiseSchedule.scaled_linear().zero_terminal_snr())
    assert set_prediction(v, "epsilon") == model
    edm = set_prediction_edm(model, "edm", 0.01, 100, 1)
    assert (edm.prediction, edm.levels) == ("edm", ContinuousLevels(0.01, 100, 1))
    flow = set_prediction_flow(model, 3)
    assert (flow.prediction, flow.levels) == ("flow", FlowLevels(3))


def test_the_weights_of_all_of_them_are_the_same_ones(model: DiffusionModel) -> None:
    residency = Residency(torch.device("cpu"), torch.float32, 2 * model.size(torch.float32))
    with residency.use(model) as unet:
        for other in (
            set_prediction(model, "v", True),
            set_prediction_edm(model),
            set_prediction_flow(model),
        ):
            with residency.use(other) as shared:
                assert shared is unet


def test_noise_cannot_be_predicted_from_noise_alone(model: DiffusionModel) -> None:
    with pytest.raises(GraphEngineError, match="can't start from noise alone") as raised:
        set_prediction(model, "epsilon", zero_snr=True)
    assert raised.value.input == "zero_snr" and raised.value.hint


def test_an_empty_range_of_noise_is_refused(model: DiffusionModel) -> None:
    with pytest.raises(GraphEngineError, match="expected less than sigma_max, 2, got 3") as raised:
        set_prediction_edm(model, sigma_min=3, sigma_max=2)
    assert raised.value.input == "sigma_min"
