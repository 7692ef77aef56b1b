from pathlib import Path

import pytest
import torch
from graphengine.nodes.prediction import set_prediction_flow
from graphengine.nodes.sigmas import (
    concat_sigmas,
    draw_sigmas,
    extend_sigmas,
    flip_sigmas,
    rescale_sigmas,
    set_first_sigma,
    slice_sigmas,
    split_sigmas,
    split_sigmas_at_strength,
    type_sigmas,
)

from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.diffusion.weights.checkpoint import DiffusionModel, open_checkpoint
from graphengine.errors import GraphEngineError
from tests.diffusion.random_weights import write_checkpoint

FIVE = Sigmas(torch.tensor([16.0, 8, 4, 2, 1, 0]))


@pytest.fixture
def model(tmp_path: Path) -> DiffusionModel:
    return open_checkpoint(write_checkpoint(tmp_path / "tiny.safetensors")).model


def test_edits() -> None:
    high, low = split_sigmas(FIVE, 2)
    assert (high.values.tolist(), low.values.tolist()) == ([16, 8, 4], [4, 2, 1, 0])
    assert torch.equal(concat_sigmas(high, low).values, FIVE.values)
    assert slice_sigmas(FIVE, 1, 2).values.tolist() == [8, 4]
    assert flip_sigmas(FIVE).values.tolist() == pytest.approx([0.01, 1, 2, 4, 8, 16])
    assert extend_sigmas(FIVE, 1, "linear", 4).values.tolist() == [16, 8, 4, 2, 1, 0.5, 0]
    assert set_first_sigma(FIVE, 10.0).values.tolist() == [10, 8, 4, 2, 1, 0]
    assert rescale_sigmas(FIVE, 8.0, 0.0).values.tolist() == [8, 4, 2, 1, 0.5, 0]


@pytest.mark.parametrize(("strength", "cut"), [(0.0, 5), (0.5, 2), (0.6, 2), (1.0, 0)])
def test_the_second_half_changes_a_picture_by_the_strength(strength: float, cut: int) -> None:
    high, low = split_sigmas_at_strength(FIVE, strength)
    assert torch.equal(low.values, FIVE.truncate(strength).values)
    assert high.steps == cut


def test_numbers_become_levels_of_the_model(model: DiffusionModel) -> None:
    assert type_sigmas(model, "14.6, 3 1.5,0").values.tolist() == pytest.approx([14.6, 3, 1.5, 0])
    assert type_sigmas(set_prediction_flow(model), "1 0.5 0").scale == "flow"
    assert type_sigmas(model, "0.1 1 2").rising
    assert type_sigmas(model, [14.6, 3.0, 0.0]).values.tolist() == pytest.approx([14.6, 3, 0])
    assert type_sigmas(model).steps == 5
    with pytest.raises(GraphEngineError, match="fewer than two numbers"):
        type_sigmas(model, [1.0])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("3, two, 0", "'two' at character 4 is no number"),
        ("3", "fewer than two numbers"),
        (" , ", "fewer than two numbers"),
        ("3, 4, 0", "got 4 after 3, as number 2"),
        ("3, nan", "got nan as number 2"),
    ],
)
def test_texts_that_hold_no_levels_are_refused(model: DiffusionModel, text: str, complaint: str) -> None:
    with pytest.raises(GraphEngineError, match=complaint):
        type_sigmas(model, text)


def test_levels_are_drawn_at_the_wanted_size() -> None:
    assert draw_sigmas(FIVE, "logarithmic", 300, 200).pixels.shape == (1, 200, 300, 3)
