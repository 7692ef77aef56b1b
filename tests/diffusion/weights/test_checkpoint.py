import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from graphengine.diffusion.models.text_encoder import encode_text
from graphengine.diffusion.weights import safetensors_file
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.memory.residency import Residency
from tests.diffusion.random_weights import (
    TINY_TEXT,
    TINY_UNET,
    TINY_VAE,
    checkpoint_tensors,
    write_checkpoint,
)

CPU = torch.device("cpu")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_checkpoint(tmp_path / "tiny.safetensors")


def test_opening_reads_no_tensor(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safetensors_file, "safe_open", None)
    checkpoint = open_checkpoint(path)
    assert checkpoint.model.config == TINY_UNET
    assert checkpoint.vae.config == TINY_VAE
    assert checkpoint.text_encoder.config == TINY_TEXT
    assert checkpoint.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_known_hash_is_taken(path: Path) -> None:
    assert open_checkpoint(path, "abc").vae.key == ("abc", "VAE")


def test_handles_of_the_same_file_are_the_same_wherever_it_lies(path: Path, tmp_path: Path) -> None:
    first = open_checkpoint(path)
    again = open_checkpoint(path)
    moved = open_checkpoint(path.rename(tmp_path / "moved.safetensors"))
    assert first == again and hash(first) == hash(again)
    assert first.model.key == moved.model.key != moved.vae.key


def test_sizes_are_those_of_the_loaded_modules(path: Path) -> None:
    checkpoint = open_checkpoint(path)
    for component in (checkpoint.model, checkpoint.vae, checkpoint.text_encoder):
        module = component.load(CPU, torch.float16)
        assert component.size(torch.float16) == sum(p.numel() * p.itemsize for p in module.parameters())
        assert component.size(torch.float32) == 2 * component.size(torch.float16)


def test_weights_are_those_of_the_file(path: Path) -> None:
    tensors = checkpoint_tensors()
    unet = open_checkpoint(path).model.load(CPU, torch.float32)
    assert not unet.training
    for name, parameter in unet.named_parameters():
        assert parameter.equal(tensors[f"model.diffusion_model.{name}"])
        assert not parameter.requires_grad


def test_half_precision_becomes_full(tmp_path: Path) -> None:
    path = write_checkpoint(tmp_path / "half.safetensors", dtype=torch.float16)
    vae = open_checkpoint(path).vae.load(CPU, torch.float32)
    stored = checkpoint_tensors()["first_stage_model.post_quant_conv.weight"].half().float()
    assert vae.post_quant_conv.weight.equal(stored)
    assert {parameter.dtype for parameter in vae.parameters()} == {torch.float32}


def test_weights_in_the_wanted_precision_are_the_mapped_file_itself(path: Path) -> None:
    mapped = next(iter(open_checkpoint(path).model.load(CPU, torch.float32).parameters()))
    with path.open("r+b") as file:
        content = file.read()
        place = content.index(mapped.numpy().tobytes())
        file.seek(place)
        file.write(b"\0" * mapped.nbytes)
    assert mapped.count_nonzero() == 0


def test_every_component_works_through_a_residency_that_holds_one_at_a_time(path: Path) -> None:
    checkpoint = open_checkpoint(path)
    parts = (checkpoint.text_encoder, checkpoint.model, checkpoint.vae)
    memory = Residency(CPU, torch.float32, max(part.size(torch.float32) for part in parts))
    with memory.use(checkpoint.text_encoder) as encoder:
        context = encode_text(encoder, ["a red circle"])
    with memory.use(checkpoint.model) as unet, torch.inference_mode():
        noise = unet(torch.ones(1, 4, 8, 8), torch.tensor([5.0]), context)
    with memory.use(checkpoint.vae) as vae, torch.inference_mode():
        pixels = vae.decode(noise)
    assert pixels.shape == (1, 3, 16, 16)
    assert pixels.isfinite().all()
    assert memory.resident <= memory.budget


def test_a_position_table_beside_the_weights_is_passed_over(tmp_path: Path) -> None:
    name = "cond_stage_model.transformer.text_model.embeddings.position_ids"
    path = tmp_path / "old.safetensors"
    save_file(checkpoint_tensors() | {name: torch.arange(77)[None].clone()}, path)
    text_encoder = open_checkpoint(path).text_encoder
    encoder = text_encoder.load(CPU, torch.float32)
    assert encode_text(encoder, ["a"]).isfinite().all()
    assert text_encoder.size(torch.float32) == sum(p.nbytes for p in encoder.parameters())


def test_attention_kept_as_linear_layers_is_understood(tmp_path: Path) -> None:
    tensors = checkpoint_tensors()
    name = "first_stage_model.encoder.mid.attn_1.q.weight"
    path = write_checkpoint(tmp_path / "m.safetensors", tensors | {name: tensors[name].flatten(1)})
    vae = open_checkpoint(path).vae.load(CPU, torch.float32)
    assert vae.encoder.mid.attn_1.q.weight.equal(tensors[name])


def test_a_pickled_checkpoint_loads_the_same(tmp_path: Path, path: Path) -> None:
    torch.save({"state_dict": checkpoint_tensors()}, tmp_path / "tiny.ckpt")
    pickled = open_checkpoint(tmp_path / "tiny.ckpt").model.load(CPU, torch.float32)
    plain = open_checkpoint(path).model.load(CPU, torch.float32)
    for ours, theirs in zip(pickled.parameters(), plain.parameters(), strict=True):
        assert ours.equal(theirs)


def test_the_noise_schedule_is_stable_diffusions(path: Path) -> None:
    schedule = open_checkpoint(path).model.levels
    assert schedule.timesteps == 1000
    assert float(schedule.sigmas[-1]) == pytest.approx(14.6146, abs=1e-3)
