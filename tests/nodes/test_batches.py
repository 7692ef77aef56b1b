import pytest
import torch
from graphengine.nodes.batches import batch_to_list, list_to_batch

from graphengine.authoring import Image
from graphengine.errors import GraphEngineError


def test_apart_and_together_again() -> None:
    batch = Image(torch.rand(3, 4, 5, 3), seeds=(1, 2, 3))
    pictures = batch_to_list(batch)
    assert [each.pixels.shape for each in pictures] == [(1, 4, 5, 3)] * 3
    assert [each.seeds for each in pictures] == [(1,), (2,), (3,)]
    again = list_to_batch(pictures)
    assert torch.equal(again.pixels, batch.pixels)
    assert again.seeds == (1, 2, 3)


def test_seeds_are_kept_only_where_all_have_one() -> None:
    assert batch_to_list(Image(torch.rand(1, 4, 5, 3)))[0].seeds is None
    mixed = [Image(torch.rand(2, 4, 5, 3), seeds=(1, 2)), Image(torch.rand(1, 4, 5, 3))]
    assert list_to_batch(mixed).seeds is None
    assert list_to_batch(mixed).pixels.shape == (3, 4, 5, 3)


def test_pictures_of_different_sizes() -> None:
    with pytest.raises(
        GraphEngineError,
        match="input 'images': expected pictures of one size, got 5 x 4 and 5 x 4 with 4 channels; resize",
    ):
        list_to_batch([Image(torch.rand(1, 4, 5, 3)), Image(torch.rand(1, 4, 5, 4))])


def test_no_pictures() -> None:
    with pytest.raises(GraphEngineError, match="expected a list with a picture in it, got an empty one"):
        list_to_batch([])
