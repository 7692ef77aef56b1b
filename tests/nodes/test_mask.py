from pathlib import Path

import pytest
import torch
from graphengine.nodes.mask import image_to_mask, load_mask
from PIL import Image as PillowImage

from graphengine.authoring import Context, Image
from graphengine.errors import GraphEngineError
from graphengine.home import Home


def context(home: Path) -> Context:
    return Context(
        node="n", home=Home(home), services={}, emit=lambda event: None, is_cancelled=lambda: False
    )


def test_a_mask_is_loaded_as_white_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "input").mkdir()
    grey = PillowImage.new("L", (3, 2), 0)
    grey.putpixel((2, 1), 255)
    grey.putpixel((0, 0), 51)
    grey.save(tmp_path / "input" / "mask.png")
    mask = load_mask("mask.png", context=context(tmp_path)).pixels
    assert mask.shape == (1, 2, 3)
    assert mask[0].flatten().tolist() == pytest.approx([0.2, 0, 0, 0, 0, 1])
    assert torch.equal(load_mask("mask.png", invert=True, context=context(tmp_path)).pixels, 1 - mask)


def test_where_there_is_an_alpha_channel_it_is_the_mask(tmp_path: Path) -> None:
    PillowImage.new("RGBA", (1, 1), (255, 255, 255, 102)).save(tmp_path / "alpha.png")
    assert load_mask(str(tmp_path / "alpha.png"), context=context(tmp_path)).pixels.item() == pytest.approx(
        0.4
    )


def test_a_mask_that_isnt_there_is_named_with_its_input(tmp_path: Path) -> None:
    with pytest.raises(GraphEngineError, match="there is no picture 'nowhere") as raised:
        load_mask("nowhere.png", context=context(tmp_path))
    assert raised.value.input == "mask"


def test_a_mask_is_as_strong_as_the_picture_is_bright():
    pixels = torch.zeros(1, 2, 2, 3)
    pixels[0, 0, 0] = 1
    pixels[0, 0, 1, 0] = 1  # red
    mask = image_to_mask(Image(pixels)).pixels
    assert mask.shape == (1, 2, 2)
    assert mask[0, 0, 0].item() == pytest.approx(1)
    assert mask[0, 0, 1].item() == pytest.approx(0.299)
    assert image_to_mask(Image(pixels), "red").pixels[0, 0, 1] == 1
    assert image_to_mask(Image(pixels), "blue", invert=True).pixels.tolist() == [[[0, 1], [1, 1]]]
