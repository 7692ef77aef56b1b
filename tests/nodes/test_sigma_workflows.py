"""Schedules and their edits in workflows, run for real with the embedded model."""

from typing import Any, get_args

import numpy as np
import pytest
from graphengine.nodes.schedules import ScheduleName

from graphengine.errors import GraphEngineError
from graphengine.events import Event, Started
from graphengine.runtime import Runtime
from tests.shapes.scorer import look

PROMPT = "a large red circle in the middle on a white background"
Nodes = dict[str, tuple[str, dict[str, Any]]]


def link(source: str) -> dict[str, str]:
    return {"from": source}


def sampled(sigmas: str, *, latent: str = "empty.latent", noise: str = "noise.noise") -> tuple[str, Any]:
    sources = {"noise": noise, "guider": "guider.guider", "sampler": "sampler.sampler"}
    sources |= {"sigmas": sigmas, "latent": latent}
    return "sample_custom", {name: link(source) for name, source in sources.items()}


def workflow(model: str = "file.model", *, show: str = "sample.latent", **nodes: tuple[str, Any]) -> Any:
    """The embedded model, a prompt and the parts of sample_custom, with more nodes as (type, inputs)."""
    text_encoder = link("file.text_encoder")
    texts = {"positive": link("prompt.conditioning"), "negative": link("nothing.conditioning")}
    base: Nodes = {
        "file": ("load_checkpoint", {"name": "shapes.safetensors"}),
        "prompt": ("encode_text", {"text_encoder": text_encoder, "text": PROMPT}),
        "nothing": ("encode_text", {"text_encoder": text_encoder, "text": ""}),
        "empty": ("empty_latent", {"width": 128, "height": 128}),
        "guider": ("cfg_guider", {"model": link(model), **texts, "scale": 4.0}),
        "noise": ("random_noise", {"seed": 1}),
        "none": ("disable_noise", {}),
        "sampler": ("select_sampler", {"name": "dpmpp_2m"}),
        "schedule": ("select_schedule", {"model": link(model), "name": "karras", "steps": 16}),
        "picture": ("vae_decode", {"vae": link("file.vae"), "latent": link(show)}),
        "show": ("save_image", {"image": link("picture.image")}),
    }
    described = {name: {"type": kind, "inputs": inputs} for name, (kind, inputs) in (base | nodes).items()}
    return {"format": "graphengine/1", "name": "test", "nodes": described}


def assert_red_circle(image: Any) -> None:
    seen = look(np.asarray(image))
    assert seen is not None
    assert (seen.shape, seen.colour) == ("circle", "red")


@pytest.mark.parametrize("schedule", get_args(ScheduleName))
def test_every_schedule_draws_the_picture(runtime: Runtime, schedule: str) -> None:
    # linear_quadratic is for flow models: of this one it leaves little noise to the few last steps.
    steps = {"turbo": 10, "linear_quadratic": 36}.get(schedule, 16)
    document = workflow(sample=sampled("schedule.sigmas"))
    result = runtime.run(document, settings={"schedule.name": schedule, "schedule.steps": steps})
    assert_red_circle(result.images[0])


def test_two_halves_make_the_picture_of_the_whole(runtime: Runtime) -> None:
    whole = runtime.run(workflow(sample=sampled("schedule.sigmas")), settings={"sampler.name": "heun"})
    halves = workflow(
        cut=("split_sigmas", {"sigmas": link("schedule.sigmas"), "step": 6}),
        first=sampled("cut.high"),
        sample=sampled("cut.low", latent="first.latent", noise="none.noise"),
    )
    result = runtime.run(halves, settings={"sampler.name": "heun"})
    assert np.array_equal(np.asarray(result.images[0]), np.asarray(whole.images[0]))


def test_a_picture_led_back_to_noise_comes_again_from_it(runtime: Runtime) -> None:
    document = workflow(
        sample=sampled("schedule.sigmas"),
        up=("flip_sigmas", {"sigmas": link("schedule.sigmas")}),
        inverted=sampled("up.sigmas", latent="sample.latent", noise="none.noise"),
        again=sampled("schedule.sigmas", latent="inverted.latent", noise="none.noise"),
        other=("vae_decode", {"vae": link("file.vae"), "latent": link("again.latent")}),
        show_other=("save_image", {"image": link("other.image")}),
    )
    pictures = runtime.run(document).images
    first, second = (np.asarray(picture).astype(int) for picture in pictures)
    assert first.std() > 30
    assert np.abs(first - second).mean() < 1  # of 255
    with pytest.raises(
        GraphEngineError, match=r"node 'inverted'.*'euler_ancestral' can't walk rising sigmas"
    ):
        runtime.run(document, settings={"sampler.name": "euler_ancestral"})


def test_a_schedule_is_drawn(runtime: Runtime) -> None:
    document = workflow(
        sample=sampled("schedule.sigmas"),
        draw=("draw_sigmas", {"sigmas": link("schedule.sigmas"), "axis": "logarithmic"}),
        show_plot=("save_image", {"image": link("draw.image")}),
    )
    [image] = runtime.run(document, only=["show_plot"]).images
    assert np.asarray(image).shape == (400, 640, 3)


@pytest.mark.parametrize("sampler", ["euler", "dpmpp_2m", "euler_ancestral", "dpmpp_sde"])
@pytest.mark.parametrize(
    "node",
    [("set_prediction_flow", {"shift": 3.0}), ("set_prediction", {"prediction": "v", "zero_snr": True})],
)
def test_a_model_taken_for_another_goes_with_every_sampler(
    runtime: Runtime, node: tuple[str, dict[str, Any]], sampler: str
) -> None:
    # `shapes` predicts noise: what comes is no picture, but all goes through with numbers that are finite.
    kind, inputs = node
    document = workflow(
        "other.diffusion_model",
        sample=sampled("schedule.sigmas"),
        other=(kind, {"model": link("file.model"), **inputs}),
    )
    result = runtime.run(
        document,
        settings={"schedule.steps": 3, "schedule.name": "sgm_uniform", "sampler.name": sampler},
    )
    assert np.asarray(result.images[0]).shape == (128, 128, 3)


def test_sigmas_of_another_model_are_refused_by_name(runtime: Runtime) -> None:
    document = workflow(
        "other.diffusion_model",
        sample=sampled("schedule.sigmas"),
        other=("set_prediction_flow", {"model": link("file.model")}),
        schedule=("select_schedule", {"model": link("file.model")}),
    )
    with pytest.raises(GraphEngineError, match=r"node 'sample'.*sigmas are for a model that adds noise"):
        runtime.run(document)


@pytest.mark.parametrize(
    ("nodes", "complaint"),
    [
        (
            {"cut": ("slice_sigmas", {"sigmas": link("schedule.sigmas"), "start_step": 9, "end_step": 4})},
            "node 'cut'.*input 'end_step': expected more than start_step, 9, got 4",
        ),
        (
            {"cut": ("slice_sigmas", {"sigmas": link("schedule.sigmas"), "start_step": 16})},
            "node 'cut'.*input 'start_step': expected 0 to 15, for there are 16 steps, got 16",
        ),
        (
            {"cut": ("set_first_sigma", {"sigmas": link("schedule.sigmas"), "sigma": 1.0})},
            "node 'cut'.*each must be .* the one before",
        ),
    ],
)
def test_bad_edits_say_which_node_and_input(runtime: Runtime, nodes: Any, complaint: str) -> None:
    document = workflow(sample=sampled("cut.sigmas"), **nodes)
    with pytest.raises(GraphEngineError, match=complaint):
        runtime.run(document)


@pytest.mark.parametrize("steps", [0, -3])
def test_no_steps_are_refused_before_anything_runs(runtime: Runtime, steps: int) -> None:
    with pytest.raises(GraphEngineError, match=r"'schedule'.*'steps'.*1"):
        runtime.run(workflow(sample=sampled("schedule.sigmas")), settings={"schedule.steps": steps})


@pytest.mark.parametrize(
    ("node", "complaint"),
    [
        (("set_prediction", {"zero_snr": True}), "input 'zero_snr': expected false, or a model"),
        (("set_prediction_edm", {"sigma_min": 9, "sigma_max": 3}), "expected less than sigma_max, 3, got 9"),
    ],
)
def test_predictions_that_cannot_be_are_refused_before_anything_runs(
    runtime: Runtime, node: tuple[str, dict[str, Any]], complaint: str
) -> None:
    kind, inputs = node
    document = workflow(
        "other.diffusion_model",
        sample=sampled("schedule.sigmas"),
        other=(kind, {"model": link("file.model"), **inputs}),
    )
    seen: list[Event] = []
    with pytest.raises(GraphEngineError, match=complaint):
        runtime.run(document, listener=seen.append)
    assert not any(isinstance(event, Started) for event in seen)
