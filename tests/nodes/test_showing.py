"""Values that are shown."""

import pytest
import torch

from graphengine.authoring import Image, Latent, Mask
from graphengine.diffusion.sampling.sigmas import MOST_DRAWN, Sigmas
from graphengine.events import Done, Event
from graphengine.runtime import Runtime


def test_a_value_is_shown_and_goes_on(runtime: Runtime) -> None:
    nodes = {
        "sum": {"type": "calculate", "inputs": {"expression": "a + 1", "a": 41}},
        "show": {"type": "show_value", "inputs": {"value": {"from": "sum.integer"}}},
        "after": {"type": "calculate", "inputs": {"expression": "a", "a": {"from": "show.value"}}},
        "again": {"type": "show_value", "inputs": {"value": {"from": "after.integer"}}},
    }
    told: list[Event] = []
    result = runtime.run({"format": "graphengine/1", "nodes": nodes}, listener=told.append)
    assert result.values == {"show": {"value": 42}, "again": {"value": 42}}
    shown = {event.node: event.values for event in told if isinstance(event, Done)}
    assert (shown["show"], shown["sum"]) == (
        {"value": 42},
        {"number": 42.0, "integer": 42, "boolean": True},
    )


def test_pictures_masks_and_latents_tell_their_size() -> None:
    assert Image(torch.zeros(1, 4, 6, 3)).shown() == "6 x 4"
    assert Image(torch.zeros(3, 4, 6, 3)).shown() == "6 x 4, 3 of them"
    assert Mask(torch.zeros(2, 4, 6)).shown() == "6 x 4, 2 of them"
    assert Latent(torch.zeros(1, 4, 8, 16)).shown() == "16 x 8, 4 channels"


@pytest.mark.parametrize("steps", [0, 1, 20, 60, 61, 1000])
def test_noise_levels_tell_of_their_first_and_last_and_not_too_many_between(steps: int) -> None:
    shown = Sigmas(torch.linspace(14.6146, 0.0 if steps else 14.6146, steps + 1)).shown()
    curve = shown["curve"]
    assert isinstance(curve, list)
    assert shown["steps"] == steps
    assert curve[0] == 14.61
    assert curve[-1] == (0.0 if steps else 14.61)
    assert len(curve) == steps + 1 if steps <= MOST_DRAWN else MOST_DRAWN / 2 < len(curve) <= MOST_DRAWN + 2
