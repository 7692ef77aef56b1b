import pytest
import torch
from torch.nn import functional

from graphengine.diffusion.models import attend
from graphengine.diffusion.models.attend import Attend, attend_in_slices


@pytest.mark.parametrize("limit", [1, 2_000, 5_000, 10**9])
def test_slices_give_the_same_as_the_whole(limit: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attend, "SLICE", limit)
    q, k, v = torch.randn(2, 3, 11, 4), torch.randn(2, 3, 5, 4), torch.randn(2, 3, 5, 4)
    slices: list[int] = []
    module = Attend()
    module.register_forward_pre_hook(lambda _, inputs: slices.append(inputs[0].shape[-2]))
    got = attend_in_slices(module, q, k, v)
    torch.testing.assert_close(got, functional.scaled_dot_product_attention(q, k, v))
    assert sum(slices) == 11
    assert max(slices) == max(1, min(11, limit // (4 * 2 * 3 * 5 * 4)))
