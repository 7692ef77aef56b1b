from pathlib import Path

import pytest
import torch
from graphengine.nodes.image import load_image, resize_image

from graphengine.authoring import Context, Image
from graphengine.errors import GraphEngineError
from graphengine.home import Home


def context(home: Path) -> Context:
    return Context(
        node="n", home=Home(home), services={}, emit=lambda event: None, is_cancelled=lambda: False
    )


def test_a_picture_is_turned_upright_and_put_on_white(picture_file: Path, tmp_path: Path) -> None:
    loaded = load_image(str(picture_file), context=context(tmp_path)).pixels
    assert loaded.shape == (1, 50, 37, 3)
    assert loaded[0, 0, 0].tolist() == [1, 0, 0]
    assert loaded[0, -1, 0].tolist() == [1, 1, 1]


def test_a_picture_is_found_in_the_input_folder_and_among_the_examples(
    picture_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "input").mkdir()
    picture_file.rename(tmp_path / "input" / "mine.png")
    assert load_image("mine.png", context=context(tmp_path)).pixels.shape[0] == 1
    assert load_image("blue_square.png", context=context(tmp_path)).pixels.shape == (1, 128, 128, 3)


def test_a_missing_picture_and_one_that_is_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(GraphEngineError, match="there is no picture 'nowhere"):
        load_image("nowhere.png", context=context(tmp_path))
    (tmp_path / "text.png").write_text("not a picture")
    with pytest.raises(GraphEngineError, match="cannot be read as a picture"):
        load_image(str(tmp_path / "text.png"), context=context(tmp_path))


def test_resizing_keeps_range_count_and_seeds() -> None:
    image = Image(torch.rand(2, 10, 20, 3), seeds=(4, 5))
    larger = resize_image(image, 1.5)
    assert larger.pixels.shape == (2, 15, 30, 3)
    assert larger.seeds == (4, 5)
    assert 0 <= larger.pixels.min() <= larger.pixels.max() <= 1
    assert torch.equal(resize_image(image, 2, "nearest").pixels[:, ::2, ::2], image.pixels)
