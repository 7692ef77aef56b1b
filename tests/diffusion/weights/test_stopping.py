"""Opening and loading model files, stopped at any point."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from graphengine.diffusion.weights import checked_file
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.diffusion.weights.read import open_weights
from graphengine.memory.residency import Residency
from tests.diffusion.random_weights import checkpoint_tensors, write_checkpoint

CPU = torch.device("cpu")


class StopError(Exception):
    pass


def counting(limit: int = 10**9) -> tuple[Callable[[], None], list[int]]:
    """A check that lets so many calls pass, and the calls so far."""
    calls: list[int] = []

    def check() -> None:
        if len(calls) == limit:
            raise StopError
        calls.append(1)

    return check, calls


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("m") / "half.safetensors", dtype=torch.float16)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("component", ["model", "vae", "text_encoder"])
def test_each_tensor_is_checked_and_what_was_loaded_by_then_is_dropped(
    half: Path, component: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if packed:
        monkeypatch.setattr("graphengine.diffusion.weights.checkpoint.WORTH_PACKING", 0)
    loadable = getattr(open_checkpoint(half, "sha"), component)
    memory = Residency(CPU, torch.float32, loadable.size(torch.float32))
    check, calls = counting()
    module = loadable.load(CPU, torch.float32, check)
    tensors = len(module.state_dict())
    assert len(calls) >= tensors
    del module
    for limit in (0, 1, tensors // 2, tensors - 1):
        gc.collect()
        before = sum(issubclass(type(each), nn.Module) for each in gc.get_objects())
        with pytest.raises(StopError) as stopped, memory.use(loadable, counting(limit)[0]):
            pass
        assert memory.resident == 0
        gc.collect()
        assert sum(issubclass(type(each), nn.Module) for each in gc.get_objects()) == before
        assert stopped.value.__traceback__ is not None
    with memory.use(loadable, check) as module:
        assert all(parameter.isfinite().all() for parameter in module.parameters() if not parameter.is_mkldnn)


def test_opening_is_checked_between_its_parts(half: Path) -> None:
    check, calls = counting()
    open_checkpoint(half, check=check)
    assert len(calls) >= 5  # before the file, each component, and after a chunk that was hashed
    for limit in range(len(calls)):
        with pytest.raises(StopError):
            open_checkpoint(half, check=counting(limit)[0])


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickled_file_reads_the_same_under_checks(tmp_path: Path, zipped: bool) -> None:
    tensors = checkpoint_tensors()
    torch.save({"state_dict": tensors}, tmp_path / "m.ckpt", _use_new_zipfile_serialization=zipped)
    check, calls = counting()
    file = open_weights(tmp_path / "m.ckpt", check)
    assert zipped or len(calls) > len(tensors)
    assert dict(file.tensors(tensors)).keys() == tensors.keys()
    assert all(tensor.equal(tensors[name]) for name, tensor in file.tensors(tensors))


def test_a_pickled_file_that_cant_be_mapped_is_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "m.ckpt"
    torch.save(checkpoint_tensors(), path, _use_new_zipfile_serialization=False)
    check, calls = counting()
    open_weights(path, check)
    for limit in (0, 1, len(calls) // 2, len(calls) - 1):
        with pytest.raises(StopError):
            open_weights(path, counting(limit)[0])


def test_a_large_tensor_of_a_pickled_file_is_read_in_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.ckpt"
    large = torch.arange(100_000.0)
    torch.save({"large": large}, path, _use_new_zipfile_serialization=False)
    check, whole = counting()
    open_weights(path, check)
    monkeypatch.setattr(checked_file, "CHUNK", 1000)
    check, calls = counting()
    file = open_weights(path, check)
    assert len(calls) >= len(whole) + 350
    assert dict(file.tensors(["large"]))["large"].equal(large)
