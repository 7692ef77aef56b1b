"""The plugin `tones`: found through the door of all plugins, with the curve that its widget draws."""

import json
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import torch
from graphengine.plugins.tones.adjust_tones import adjust_tones, check_curve
from graphengine.plugins.tones.monotone import interpolate

from graphengine.authoring import Image
from graphengine.authoring.catalogue import Catalogue
from graphengine.home import Home

CURVES = Path(__file__).parents[2] / "web" / "tests" / "plugins" / "curves.json"
S = [[0.0, 0.0], [0.25, 0.1], [0.75, 0.9], [1.0, 1.0]]


def test_it_comes_through_the_plugin_door_with_its_widget(home: Home) -> None:
    assert "tones" in {entry.name for entry in entry_points(group="graphengine.plugins")}
    catalogue = Catalogue.discover(home)
    [plugin] = [each for each in catalogue.plugins if each.name == "tones"]
    schema = catalogue.get("adjust_tones")
    assert schema is not None and schema.plugin == "tones"
    curve = schema.input("curve")
    assert curve is not None and curve.literal is not None
    assert curve.literal["widget"] in plugin.widgets == ("tone_curve",)
    assert plugin.web is not None and (plugin.web / "tone_curve.js").is_file()


def test_the_curve_goes_through_its_points_and_never_beyond() -> None:
    x = torch.linspace(0, 1, 1001)
    y = interpolate(S, x)
    assert interpolate(S, torch.tensor([0.0, 0.25, 0.75, 1.0])).tolist() == pytest.approx([0, 0.1, 0.9, 1])
    assert (y.diff() >= 0).all() and y.min() == 0 and y.max() == 1
    peak = interpolate([[0, 0], [0.5, 1], [1, 0]], x)
    assert peak.max() == 1 and peak.argmax() == 500


def test_beyond_the_ends_the_curve_is_level() -> None:
    assert interpolate([[0.2, 0.3], [0.8, 0.6]], torch.tensor([0.0, 1.0])).tolist() == pytest.approx(
        [0.3, 0.6]
    )


def test_unchanged_tones_leave_the_picture() -> None:
    image = Image(torch.rand(2, 4, 5, 3), seeds=(1, 2))
    changed = adjust_tones(image)
    assert torch.allclose(changed.pixels, image.pixels, atol=1e-6) and changed.seeds == (1, 2)


def test_each_channel_changes_what_it_says() -> None:
    image = Image(torch.tensor([[[[0.25, 0.5, 0.75]]]]))
    lighter = [[0.0, 0.2], [1.0, 1.0]]
    assert adjust_tones(image, lighter).pixels.flatten().tolist() == pytest.approx([0.4, 0.6, 0.8])
    assert adjust_tones(image, lighter, "green").pixels.flatten().tolist() == pytest.approx([0.25, 0.6, 0.75])
    bright = adjust_tones(image, lighter, "brightness").pixels.flatten()
    added = bright - image.pixels.flatten()
    assert added[0] > 0 and torch.allclose(added, added[0].expand(3))  # the same for all: the hue stays


@pytest.mark.parametrize("curve", ([[0.5, 0], [0.5, 1]], [[0.6, 0], [0.2, 1]]))
def test_points_that_go_back_are_refused(curve: list[list[float]]) -> None:
    with pytest.raises(ValueError, match=r"from left to right, got .* as point 2"):
        check_curve(curve)


def test_the_widget_is_tried_with_the_curve_that_the_node_applies() -> None:
    """web/tests/plugins/tones.test.ts compares the JavaScript with the same numbers."""
    curves = json.loads(CURVES.read_text())
    assert len(curves) >= 4
    for each in curves:
        x = torch.linspace(0, 1, len(each["values"]), dtype=torch.float64)
        assert interpolate(each["points"], x).tolist() == pytest.approx(each["values"], abs=1e-6)
