from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from graphengine.diffusion.sampling.continuous_levels import ContinuousLevels
from graphengine.diffusion.sampling.noise_schedule import NoiseSchedule
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.errors import ModelFileError
from tests.diffusion.random_weights import checkpoint_tensors

VP = NoiseSchedule.scaled_linear()
EMPTY = torch.zeros(0)


def parameterisation(folder: Path, marks: dict[str, Tensor], **metadata: str) -> tuple[object, object]:
    path = folder / "m.safetensors"
    save_file(checkpoint_tensors() | marks, path, metadata=metadata)
    model = open_checkpoint(path).model
    return model.prediction, model.levels


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({}, ("epsilon", VP)),
        ({"v_pred": EMPTY}, ("v", VP)),
        ({"v_pred": EMPTY, "ztsnr": EMPTY}, ("v", VP.zero_terminal_snr())),
        ({"edm_vpred.sigma_max": torch.tensor(120.0)}, ("v", ContinuousLevels(0.002, 120, 1))),
        (
            {"edm_vpred.sigma_max": torch.tensor([80.0]), "edm_vpred.sigma_min": torch.tensor([0.5])},
            ("v", ContinuousLevels(0.5, 80, 1)),
        ),
    ],
)
def test_tensors_mark_the_prediction_and_the_noise(
    tmp_path: Path, marks: dict[str, Tensor], expected: tuple[object, object]
) -> None:
    assert parameterisation(tmp_path, marks) == expected


@pytest.mark.parametrize("told", ["epsilon", "v"])
def test_the_prediction_is_what_the_metadata_tells(tmp_path: Path, told: str) -> None:
    assert parameterisation(tmp_path, {}, **{"modelspec.prediction_type": told}) == (told, VP)


def test_an_unknown_prediction_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="'x0'"):
        parameterisation(tmp_path, {}, **{"modelspec.prediction_type": "x0"})
