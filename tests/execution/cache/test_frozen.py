"""Nodes that write into their inputs are caught."""

from typing import Any

import numpy as np
import pytest
import torch

from graphengine.authoring import Image, node
from graphengine.execution.cache import Seal, freeze, hand_out, needs_seal
from graphengine.home import Home
from tests.execution.workbench import Workbench


@pytest.mark.parametrize("by_hash", [False, True])
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: [x], lambda x: Image(x), lambda x: {"a": (x,)}])
def test_a_tensor_that_was_written_into(wrap: Any, by_hash: bool) -> None:
    tensor = torch.zeros(1, 2, 2, 3)
    seal = Seal.of(wrap(tensor), by_hash=by_hash)
    assert seal.intact()
    tensor += 1
    assert not seal.intact()


def test_a_write_that_torch_does_not_count_is_found_by_hash() -> None:
    tensor = torch.zeros(4)
    cheap, thorough = Seal.of(tensor), Seal.of(tensor, by_hash=True)
    tensor.numpy()[0] = 1
    assert cheap.intact()
    assert not thorough.intact()


def test_tensors_of_inference_mode_are_torchs_own_business() -> None:
    with torch.inference_mode():
        tensor = torch.zeros(2)
    assert Seal.of(tensor).intact()
    with pytest.raises(RuntimeError, match="Inplace update to inference tensor"):
        tensor += 1


def test_arrays_are_read_only() -> None:
    array = np.zeros(3)
    freeze(([array],))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_json_is_handed_out_as_a_copy() -> None:
    value = [{"a": [1]}]
    copied = hand_out(value)
    copied[0]["a"].append(2)
    assert value == [{"a": [1]}]
    tensor = torch.zeros(1)
    listed = hand_out([tensor])
    assert listed[0] is tensor


@pytest.mark.parametrize("value", [1, 2.0, "text", None, True, b"x"])
def test_scalars_need_no_seal(value: Any) -> None:
    assert not needs_seal(value)


@node(category="t")
def zeros(size: int) -> torch.Tensor:
    return torch.zeros(size)


@node(category="t")
def increase(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.add_(1)


@node(category="t")
def behind(tensor: torch.Tensor) -> float:
    tensor.numpy()[0] += 1
    return float(tensor.sum())


@node(category="t")
def total(tensor: torch.Tensor) -> float:
    return float(tensor.sum())


NODES = (zeros, increase, behind, total)


def test_the_node_is_named_and_the_result_made_again(home: Home) -> None:
    bench = Workbench(home, *NODES)
    nodes = {"z": ("zeros", {"size": 3}), "i": ("increase", {"tensor": "<z.tensor"})}
    result = bench.run(nodes)
    assert str(result.error) == (
        "node 'i' (increase), input 'tensor': the node wrote into its input; copy it first"
    )
    again = bench.run({"z": ("zeros", {"size": 3}), "t": ("total", {"tensor": "<z.tensor"})})
    assert again.values == {"t": {"value": 0.0}}
    assert again.executed == 2


def test_what_is_not_cheap_to_find_is_found_when_asked(home: Home) -> None:
    nodes = {"z": ("zeros", {"size": 3}), "b": ("behind", {"tensor": "<z.tensor"})}
    assert Workbench(home, *NODES).run(nodes).state == "succeeded"
    assert Workbench(home, *NODES, verify=True).run(nodes).error.kind == "wrote_into_input"
