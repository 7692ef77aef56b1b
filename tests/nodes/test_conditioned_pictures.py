"""Areas, masks and prompts that change, seen in pictures of the embedded model."""

import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from graphengine.errors import GraphEngineError
from graphengine.home import packaged_workflows
from graphengine.runtime import Runtime
from tests.shapes.scorer import look


def drawn(runtime: Runtime, workflow: Any, **parameters: Any) -> np.ndarray:
    return np.asarray(runtime.run(workflow, parameters).images[0])


def text_to_image() -> dict[str, Any]:
    """The workflow, for other nodes in the place of `positive`."""
    (path,) = (path for path in packaged_workflows() if path.stem == "text_to_image")
    workflow: dict[str, Any] = json.loads(path.read_text())
    del workflow["parameters"]["prompt"]
    return workflow


def test_each_region_shows_what_its_prompt_asks_for(runtime: Runtime) -> None:
    picture = drawn(runtime, "regions", seed=2)
    assert picture.shape == (128, 256, 3)
    left, right = look(picture[:, :128]), look(picture[:, 128:])
    assert left is not None
    assert right is not None
    assert (left.shape, left.colour, left.background) == ("ring", "purple", "white")
    assert (right.shape, right.colour, right.background) == ("triangle", "orange", "white")


@pytest.mark.parametrize(("corner", "place"), [("upper left", (0, 0)), ("bottom right", (2, 2))])
def test_a_prompt_that_changes_keeps_the_layout_of_its_first_steps(
    runtime: Runtime, corner: str, place: tuple[int, int]
) -> None:
    """The place is in the first text alone, shape and colour are those of the second."""
    prompt = f"a large [green ring in the {corner} corner:purple diamond:0.4] on a white background"
    seen = look(drawn(runtime, "prompt_schedule", prompt=prompt, seed=2))
    assert seen is not None
    assert (seen.shape, seen.colour, (seen.column, seen.row)) == ("diamond", "purple", place)


def test_a_prompt_that_changes_is_the_same_when_its_run_is_resumed(runtime: Runtime) -> None:
    (path,) = (path for path in packaged_workflows() if path.stem == "prompt_schedule")
    workflow = json.loads(path.read_text())
    nodes = workflow["nodes"]
    nodes["sample"]["inputs"] |= {"steps": 6, "sampler": "euler"}
    at_once = drawn(runtime, workflow, prompt="a [red:blue:0.5] circle [small|large]")
    rest = {"latent": {"from": "first.latent"}, "start_step": 2, "add_noise": False}
    nodes["first"] = {
        "type": "sample",
        "inputs": {**nodes["sample"]["inputs"], "end_step": 2, "leftover_noise": True},
    }
    nodes["sample"]["inputs"] |= rest
    in_two = drawn(runtime, workflow, prompt="a [red:blue:0.5] circle [small|large]")
    assert np.array_equal(at_once, in_two)


def test_masks_divide_one_shape_between_two_prompts(runtime: Runtime) -> None:
    half = np.zeros((128, 128, 3), np.uint8)
    half[:, :64] = 255
    runtime.home.input.mkdir(parents=True, exist_ok=True)
    Image.fromarray(half).save(runtime.home.input / "left_half.png")
    workflow = text_to_image()
    nodes = workflow["nodes"]
    nodes["half"] = {"type": "load_image", "inputs": {"image": "left_half.png"}}
    for colour, invert in (("red", False), ("blue", True)):
        text = f"a large {colour} circle in the middle on a white background"
        encoder = {"from": "checkpoint.text_encoder"}
        masked = {"conditioning": {"from": f"{colour}.conditioning"}, "mask": {"from": f"{colour}_mask.mask"}}
        nodes |= {
            colour: {"type": "encode_text", "inputs": {"text_encoder": encoder, "text": text}},
            f"{colour}_mask": {
                "type": "image_to_mask",
                "inputs": {"image": {"from": "half.image"}, "invert": invert},
            },
            f"{colour}_half": {"type": "set_conditioning_mask", "inputs": masked},
        }
    halves = [{"from": "red_half.conditioning"}, {"from": "blue_half.conditioning"}]
    inputs = {f"conditionings.{index}": half for index, half in enumerate(halves)}
    nodes["positive"] = {"type": "combine_conditioning", "inputs": inputs}

    picture = drawn(runtime, workflow, seed=1, guidance=4.0).astype(int)
    red, blue = picture[44:84, 38:56], picture[44:84, 74:90]
    assert (red[..., 0] > red[..., 2] + 60).mean() > 0.9
    assert (blue[..., 2] > blue[..., 0] + 60).mean() > 0.9


@pytest.mark.parametrize(
    ("type_", "inputs", "message"),
    [
        (
            "set_conditioning_area",
            {"left": 64, "width": 128},
            "expected an area within the picture, got 128 x 64 pixels at left 64, top 0 "
            "in a picture of 128 x 128 pixels",
        ),
        (
            "set_conditioning_mask",
            {"mask": {"from": "mask.mask"}},
            "expected a mask of the picture's size, 128 x 128 pixels, got 40 x 24",
        ),
        (
            "set_conditioning_time_range",
            {"end": 0.5},
            "expected a conditioning for every place",
        ),
        ("set_conditioning_area", {}, "expected a conditioning for every place and step"),
    ],
)
def test_what_does_not_fit_the_picture_is_named(
    runtime: Runtime, type_: str, inputs: dict[str, Any], message: str
) -> None:
    runtime.home.input.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 24), "white").save(runtime.home.input / "small.png")
    workflow = text_to_image()
    nodes = workflow["nodes"]
    nodes["text"] = nodes["positive"]
    nodes["image"] = {"type": "load_image", "inputs": {"image": "small.png"}}
    nodes["mask"] = {"type": "image_to_mask", "inputs": {"image": {"from": "image.image"}}}
    nodes["positive"] = {"type": type_, "inputs": {"conditioning": {"from": "text.conditioning"}, **inputs}}
    with pytest.raises(GraphEngineError) as caught:
        runtime.run(workflow)
    assert message in caught.value.message
    assert "node 'sample' (sample), input 'positive'" in caught.value.message
