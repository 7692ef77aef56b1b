import io
from pathlib import Path

import numpy as np
import pytest
import torch
from graphengine.nodes import step_previews as module
from graphengine.nodes.step_previews import step_previews
from PIL import Image as PillowImage

from graphengine.authoring import Context
from graphengine.diffusion.sampling.samplers import Step
from graphengine.diffusion.weights.checkpoint import open_checkpoint
from graphengine.errors import GraphEngineError, ModelFileError
from graphengine.events import Event, Preview
from graphengine.home import PACKAGED_MODELS, Home
from graphengine.memory.residency import Residency
from graphengine.runtime import Runtime
from tests.diffusion.random_weights import write_checkpoint
from tests.shapes.scorer import look

SETTINGS = {"prompt": "a large red circle in the middle on a white background", "steps": 12}
SHAPES = PACKAGED_MODELS / "shapes.safetensors"


def picture(event: Event) -> np.ndarray:
    assert isinstance(event, Preview)
    return np.asarray(PillowImage.open(io.BytesIO(event.image)))


def bench(home: Path, budget: int = 10**9) -> tuple[Context, list[Event]]:
    events: list[Event] = []
    residency = Residency(torch.device("cpu"), torch.float32, budget)
    context = Context(
        node="sample",
        home=Home(home),
        services={Residency: residency},
        emit=events.append,
        is_cancelled=lambda: False,
    )
    return context, events


def show(context: Context, latent: torch.Tensor) -> None:
    step_previews(open_checkpoint(SHAPES).model, context)(Step(0, torch.zeros(()), latent, latent))


def test_a_run_shows_what_it_draws_and_draws_the_same(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    monkeypatch.setattr("graphengine.diffusion.sampling.previews.INTERVAL", 0.0)
    monkeypatch.setattr("graphengine.diffusion.sampling.previews.SHARE", 1.0)
    shown = runtime.run("text_to_image", {**SETTINGS, "seed": 501}, listener=events.append)
    previews = [event for event in events if isinstance(event, Preview)]
    assert len(previews) == 12
    seen = look(picture(previews[-1]))
    assert seen is not None
    assert (seen.shape, seen.colour, seen.background) == ("circle", "red", "white")

    monkeypatch.setattr("graphengine.diffusion.sampling.previews.SHARE", 1e-9)
    quiet = runtime.run("text_to_image", {**SETTINGS, "seed": 501}, rerun=["sample"])
    assert np.array_equal(np.asarray(shown.images[0]), np.asarray(quiet.images[0]))


def test_without_a_decoder_it_shows_a_colour_for_each_latent_position(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DECODERS", "none")
    context, events = bench(tmp_path)
    show(context, torch.randn(2, 4, 6, 10))
    assert picture(events[0]).shape == (6, 10, 3)


def test_where_the_decoder_finds_no_room_colours_are_shown(tmp_path: Path) -> None:
    context, events = bench(tmp_path, budget=1000)
    show(context, torch.randn(2, 4, 6, 10))
    assert picture(events[0]).shape == (6, 10, 3)


def test_unknown_latents_are_not_shown(tmp_path: Path) -> None:
    context, events = bench(tmp_path)
    model = open_checkpoint(write_checkpoint(tmp_path / "tiny.safetensors")).model
    step_previews(model, context)(Step(0, torch.zeros(()), torch.zeros(1, 4, 2, 2), torch.zeros(1, 4, 2, 2)))
    assert events == []


def test_a_decoder_that_is_none_is_told_before_the_first_step(tmp_path: Path) -> None:
    context, _ = bench(tmp_path)
    decoders = tmp_path / "models" / "vae_approx"
    decoders.mkdir(parents=True)
    write_checkpoint(decoders / "shapes_decoder.safetensors")
    with pytest.raises(ModelFileError, match="shapes_decoder") as raised:
        step_previews(open_checkpoint(SHAPES).model, context)
    assert isinstance(raised.value, GraphEngineError)
