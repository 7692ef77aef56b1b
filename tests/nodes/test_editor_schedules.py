"""The editor begins its curve of sigmas with our schedules: its sigmas.test.ts reckons the same numbers."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from graphengine.diffusion.sampling.noise_levels import NoiseLevels
from graphengine.diffusion.sampling.schedules import SCHEDULES

FILE = Path(__file__).parents[2] / "web" / "tests" / "core" / "schedules.json"


@dataclass
class Between:
    """As much of a model's noise levels as schedules with a closed form ask for."""

    sigma_max: float
    sigma_min: float
    scale: str = "exploding"
    sigma_data: float = 1.0


@pytest.mark.parametrize("case", json.loads(FILE.read_text()), ids=lambda case: case["schedule"])
def test_the_numbers_that_the_editor_is_held_to_are_ours(case: dict[str, object]) -> None:
    levels: NoiseLevels = Between(case["high"], case["low"])  # type: ignore[assignment,arg-type]
    sigmas = SCHEDULES[str(case["schedule"])](levels, len(case["values"]) - 1)  # type: ignore[arg-type]
    assert sigmas.values.tolist() == pytest.approx(case["values"], rel=1e-5)
