"""A cancelled node stops between two kernels of its model."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from graphengine.nodes.autoencoding import vae_decode, vae_encode
from graphengine.nodes.checkpoint import load_checkpoint
from graphengine.nodes.sampling import sample
from graphengine.nodes.text import encode_text
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from graphengine.authoring import Conditioning, ConditioningPart, Context, Image, Latent
from graphengine.diffusion.weights.checkpoint import Checkpoint, open_checkpoint
from graphengine.errors import Cancelled
from graphengine.home import Home
from graphengine.memory import watch
from graphengine.memory.residency import Residency
from tests.diffusion.random_weights import TINY_UNET, write_checkpoint

CPU = torch.device("cpu")


class Bench:
    """Runs nodes, and cancels when so many layers have run."""

    def __init__(self, home: Path) -> None:
        self.residency = Residency(CPU, torch.float32, 10**9)
        self.layers = 0
        self.cancel_after: int | None = None
        self.context = Context(
            node="n",
            home=Home(home),
            services={Residency: self.residency},
            emit=lambda event: None,
            is_cancelled=lambda: self.cancel_after is not None and self.layers >= self.cancel_after,
        )

    @contextmanager
    def counting(self) -> Iterator[None]:
        def ran(layer: nn.Module, *_: object) -> None:
            self.layers += not any(layer.children())

        hook = register_module_forward_hook(ran)
        try:
            yield
        finally:
            hook.remove()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    return open_checkpoint(write_checkpoint(tmp_path_factory.mktemp("m") / "tiny.safetensors"))


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setattr(watch, "SOON", 0.0)  # so that layers are watched which take no time
    return Bench(tmp_path)


def text() -> Conditioning:
    return Conditioning([ConditioningPart(torch.ones(1, 77, TINY_UNET.context_width))])


WORK: dict[str, Callable[[Checkpoint, Context], object]] = {
    "encode_text": lambda it, context: encode_text(it.text_encoder, "a red circle", context=context),
    "vae_encode": lambda it, context: vae_encode(it.vae, Image(torch.rand(2, 16, 16, 3)), context=context),
    "vae_decode": lambda it, context: vae_decode(it.vae, Latent(torch.ones(2, 4, 4, 4)), context=context),
    "sample": lambda it, context: sample(
        it.model,
        text(),
        text(),
        Latent(torch.zeros(1, 4, 8, 8)),
        steps=2,
        sampler="heun",
        context=context,
    ),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_no_layer_runs_once_the_run_is_cancelled(
    bench: Bench, checkpoint: Checkpoint, work: Callable[[Checkpoint, Context], object]
) -> None:
    with bench.counting():
        work(checkpoint, bench.context)
        whole = bench.layers
        assert whole > 10
        for after in (0, 1, whole // 3, whole // 2, whole - 8):
            bench.layers, bench.cancel_after = 0, after
            with pytest.raises(Cancelled):
                work(checkpoint, bench.context)
            assert after <= bench.layers <= after + 1  # one without weights may be in between
        bench.layers, bench.cancel_after = 0, None
        work(checkpoint, bench.context)
        assert bench.layers == whole


def test_hashing_and_opening_a_model_can_be_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    models = bench.context.home.models / "checkpoints"
    models.mkdir(parents=True)
    write_checkpoint(models / "tiny.safetensors")
    monkeypatch.setattr("graphengine.diffusion.weights.hashing.CHUNK", 1 << 16)
    names = bench.context.home.model_files()
    name = next(name for name in names if "tiny" in name)
    left = [10**9]

    def is_cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    bench.context._is_cancelled = is_cancelled
    load_checkpoint(name, context=bench.context)
    looks = 10**9 - left[0]
    assert looks > names[name].stat().st_size / (1 << 16)
    (bench.context.home.cache / "hashes.json").unlink()
    for passing in (0, looks // 2, looks - 5):  # while it is hashed; opening it looks four times more
        left[0] = passing
        with pytest.raises(Cancelled):
            load_checkpoint(name, context=bench.context)
        assert not (bench.context.home.cache / "hashes.json").exists()
    left[0] = looks - 2
    with pytest.raises(Cancelled):
        load_checkpoint(name, context=bench.context)
    left[0] = looks
    assert load_checkpoint(name, context=bench.context).vae.parameters
