import pytest
import torch

from graphengine.diffusion.models.attention import CrossAttention
from graphengine.diffusion.sampling.contexts import Contexts
from graphengine.errors import GraphEngineError

CPU = torch.device("cpu")


def test_one_after_the_other_for_all_images():
    one, two = torch.randn(1, 5, 4), torch.randn(3, 5, 4)
    joined = Contexts().join([one, two], 3, CPU)
    assert joined.equal(torch.cat([one, one, one, two]))


def test_repeated_tokens_change_nothing_for_attention():
    torch.manual_seed(0)
    attention = CrossAttention(16, 8, 2).double()
    x, short, long = (
        torch.randn(1, 9, 16).double(),
        torch.randn(1, 7, 8).double(),
        torch.randn(1, 14, 8).double(),
    )
    joined = Contexts().join([short, long], 1, CPU)
    assert joined.shape == (2, 14, 8)
    torch.testing.assert_close(attention(x, joined[:1]), attention(x, short), rtol=1e-12, atol=1e-12)
    assert joined[1:].equal(long)


def test_the_same_again_is_the_same_tensor():
    contexts = Contexts(torch.float16)
    one, two = torch.randn(1, 5, 4), torch.randn(1, 5, 4)
    joined = contexts.join([one, two], 2, CPU)
    assert joined.dtype == torch.float16
    assert contexts.join([one, two], 2, CPU) is joined
    assert contexts.join([two, one], 2, CPU) is not joined
    assert contexts.join([one, two], 1, CPU) is not joined


def test_a_conditioning_for_another_number_of_pictures():
    with pytest.raises(GraphEngineError, match="for 1 picture or for 3, got one for 2 pictures"):
        Contexts().join([torch.zeros(2, 5, 4)], 3, CPU)
