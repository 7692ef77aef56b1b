"""Values to bytes and back."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.authoring import (
    Area,
    Blocked,
    Conditioning,
    ConditioningPart,
    Image,
    Latent,
    Mask,
    StepRange,
)
from graphengine.diffusion.sampling.sigmas import Sigmas
from graphengine.storage import SafetensorsCodec

CODEC = SafetensorsCodec()


class Pair(NamedTuple):
    low: int
    image: Image


@dataclass
class Mutable:
    number: int


def again(*values: Any) -> tuple[Any, ...]:
    data = CODEC.encode(values)
    assert data is not None
    return CODEC.decode(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(), inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    (found,) = again(value)
    assert repr(found) == repr(value)  # tells 1 from 1.0 and True, and knows nan


DTYPES = (
    torch.float32,
    torch.float64,
    torch.float16,
    torch.bfloat16,
    torch.int8,
    torch.int64,
    torch.uint8,
    torch.bool,
)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("shape", [(), (0,), (2, 3)], ids=str)
def test_tensors_of_every_kind(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    tensor = (torch.randn(shape) * 3).to(dtype)
    (found,) = again(tensor)
    assert found.dtype == dtype
    assert torch.equal(found, tensor)
    found.fill_(0)  # it owns its memory


def test_tensors_that_share_or_stride() -> None:
    base = torch.arange(12.0).reshape(3, 4)
    first, turned, twice, expanded = again(base[:2], base.T, [base, base], torch.ones(1, 2).expand(5, 2))
    assert torch.equal(first, base[:2])
    assert torch.equal(turned, base.T)
    assert twice[0] is twice[1]
    assert expanded.shape == (5, 2)


def test_what_travels_on_edges() -> None:
    mask = Mask(torch.rand(1, 2, 2))
    steps = (StepRange(0.5), StepRange(2, 9, 3))
    part = ConditioningPart(
        torch.randn(1, 3, 4), area=Area(0, 0.5, 1, 0.5, "shares"), mask=mask, start=0.1, end=0.9, steps=steps
    )
    latent, image, conditioning, sigmas, pair, blocked, array = again(
        Latent(torch.randn(1, 4, 2, 2), mask, (7,)),
        Image(torch.rand(1, 2, 2, 3), (2**64 - 1,)),
        Conditioning([ConditioningPart(torch.randn(1, 3, 4), 0.5), part]),
        Sigmas(torch.tensor([1.0, 0.0])),
        Pair(1, Image(torch.zeros(1, 1, 1, 3))),
        Blocked("why"),
        np.arange(3),
    )
    assert torch.equal(latent.noise_mask.pixels, mask.pixels)
    assert (latent.seeds, image.seeds) == ((7,), (2**64 - 1,))
    assert isinstance(conditioning, Conditioning)
    assert conditioning[0].strength == 0.5
    assert torch.equal(conditioning[1].context, part.context)
    assert torch.equal(conditioning[1].mask.pixels, mask.pixels)
    assert (conditioning[1].area, conditioning[1].start, conditioning[1].end) == (part.area, 0.1, 0.9)
    assert repr(conditioning[1].steps) == repr(steps)  # tells step 1 from the share 1.0
    assert isinstance(sigmas, Sigmas)
    assert (type(pair), pair.low) == (Pair, 1)
    assert blocked == Blocked("why")
    assert array.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "value",
    [object(), print, Mutable(1), {1: 2}, {1, 2}, torch.nn.Linear(1, 1), (x for x in ()), np.array(["a"])],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_encoding(value: Any) -> None:
    assert CODEC.encode((1, value)) is None


def test_a_class_that_nobody_may_make_is_refused() -> None:
    data = CODEC.encode((Blocked("why"),))
    assert data is not None
    for path in ("subprocess:Popen", "graphengine.home:nothing", "tests_of_nobody:Thing"):
        forged = _with_class(data, path)
        with pytest.raises((ValueError, ImportError)):
            CODEC.decode(forged)


def _with_class(data: bytes, path: str) -> bytes:
    length = int.from_bytes(data[:8], "little")
    header = data[8 : 8 + length].replace(b"graphengine.authoring.blocked:Blocked", path.encode()).strip()
    return len(header).to_bytes(8, "little") + header + data[8 + length :]


@pytest.mark.parametrize("data", [b"", b"nothing", b"\0" * 100, (10**9).to_bytes(8, "little")])
def test_what_is_no_stored_result(data: bytes) -> None:
    with pytest.raises(ValueError):
        CODEC.decode(data)


def test_no_number_is_lost() -> None:
    assert again(2**200, -(2**53), math.inf, -0.0) == (2**200, -(2**53), math.inf, -0.0)
