import pytest
import torch

from graphengine.diffusion.prompts.weighting import WEIGHTINGS, from_empty, keep_mean

ENCODED = torch.randn(1, 6, 8, generator=torch.Generator().manual_seed(0)) + 0.5
EMPTY = torch.randn(1, 6, 8, generator=torch.Generator().manual_seed(1))
WEIGHTS = torch.tensor([1, 0, 1.3, -0.5, 2, 1])


def test_from_the_empty_prompt() -> None:
    found = from_empty(ENCODED, EMPTY, WEIGHTS)
    torch.testing.assert_close(found, EMPTY + WEIGHTS[:, None] * (ENCODED - EMPTY))
    assert found[:, 1].equal(EMPTY[:, 1])
    assert found[:, [0, 5]].equal(ENCODED[:, [0, 5]])  # to the bit


def test_the_mean_stays() -> None:
    found = keep_mean(ENCODED, EMPTY, WEIGHTS)
    assert found.mean().item() == pytest.approx(ENCODED.mean().item(), rel=1e-5)
    torch.testing.assert_close(found[:, 2] / found[:, 0], 1.3 * ENCODED[:, 2] / ENCODED[:, 0])


@pytest.mark.parametrize("name", list(WEIGHTINGS))
def test_weight_1_changes_nothing(name: str) -> None:
    assert WEIGHTINGS[name](ENCODED, EMPTY, torch.ones(6)).equal(ENCODED)
