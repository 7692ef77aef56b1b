"""The workflows that come along, run for real with the embedded model."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.sampler_sheet import PROMPT, is_right
from graphengine.diffusion.sampling.samplers import SAMPLERS
from graphengine.errors import Cancelled
from graphengine.events import Event, Progress
from graphengine.execution import CancelToken
from graphengine.home import packaged_workflows
from graphengine.runtime import Runtime
from tests.shapes.scorer import look


def pixels(image: object) -> np.ndarray:
    return np.asarray(image)


def test_a_prompt_becomes_the_picture_that_it_asks_for(runtime: Runtime) -> None:
    result = runtime.run("text_to_image", {"prompt": PROMPT, "seed": 1})
    seen = look(pixels(result.images[0]))
    assert seen is not None
    assert (seen.shape, seen.colour, seen.background) == ("circle", "red", "white")
    assert (seen.column, seen.row) == (1, 1)
    assert result.artifacts[0].seed == 1


def test_the_same_again_runs_nothing_but_the_output(runtime: Runtime) -> None:
    first = runtime.run("text_to_image", {"prompt": PROMPT, "seed": 2, "steps": 3})
    again = runtime.run("text_to_image", {"prompt": PROMPT, "seed": 2, "steps": 3})
    other = runtime.run("text_to_image", {"prompt": PROMPT, "seed": 3, "steps": 3})
    assert again.executed <= 1
    assert other.executed == 3  # sample, decode and save
    assert np.array_equal(pixels(first.images[0]), pixels(again.images[0]))
    assert not np.array_equal(pixels(first.images[0]), pixels(other.images[0]))


def test_a_picture_of_a_batch_is_the_picture_made_alone(runtime: Runtime) -> None:
    settings = {"empty.count": 3, "sample.sampler": "euler_ancestral"}
    batch = runtime.run("text_to_image", {"prompt": PROMPT, "seed": 40, "steps": 8}, settings)
    alone = runtime.run(
        "text_to_image", {"prompt": PROMPT, "seed": 42, "steps": 8}, {**settings, "empty.count": 1}
    )
    assert [artifact.seed for artifact in batch.artifacts] == [40, 41, 42]
    difference = pixels(batch.images[2]).astype(int) - pixels(alone.images[0])
    assert np.abs(difference).max() <= 2  # the noise is equal to the bit; kernels differ with the batch size


SLOWER = {"dpm_2_ancestral", "dpm_fast", "dpmpp_2s_ancestral_cfg_pp", "ipndm", "sa_solver"}


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_draws_the_picture(runtime: Runtime, sampler: str) -> None:
    """In few steps, with little guidance; `benchmarks/sampler_sheet.py` draws it at its best."""
    parameters = {
        "prompt": PROMPT,
        "steps": 15 if sampler in SLOWER else 10,
        "guidance": 0.4 if SAMPLERS[sampler].pair else 1.0,
    }
    result = runtime.run("text_to_image", parameters, {"sample.sampler": sampler})
    assert is_right(look(pixels(result.images[0])))


def test_strength_decides_how_much_of_a_picture_is_left(runtime: Runtime) -> None:
    original = runtime.run("image_to_image", {"strength": 0.0})
    changed = runtime.run("image_to_image", {"strength": 0.9, "prompt": PROMPT})
    kept, made = look(pixels(original.images[0])), look(pixels(changed.images[0]))
    assert kept is not None
    assert made is not None
    assert (kept.shape, kept.colour, kept.background) == ("square", "blue", "white")
    assert made.colour == "red"


def test_the_upscale_chain_enlarges_what_was_drawn(runtime: Runtime) -> None:
    result = runtime.run("upscale_chain", {"prompt": PROMPT, "steps": 12})
    large = pixels(result.images[0])
    assert large.shape == (512, 512, 3)
    seen = look(large[2::4, 2::4])
    assert seen is not None
    assert (seen.colour, seen.background) == ("red", "white")


def test_upscaling_doubles_a_picture_and_keeps_what_is_on_it(runtime: Runtime) -> None:
    large = pixels(runtime.run("upscale", {"steps": 8}).images[0])
    assert large.shape == (256, 256, 3)
    seen = look(large[::2, ::2])
    assert seen is not None
    assert (seen.shape, seen.colour, seen.background) == ("square", "blue", "white")


def test_width_and_height_are_those_of_the_picture(runtime: Runtime) -> None:
    result = runtime.run("text_to_image", {"width": 96, "height": 160, "steps": 2})
    assert pixels(result.images[0]).shape == (160, 96, 3)


def test_cancelling_is_noticed_between_steps(runtime: Runtime) -> None:
    token = CancelToken()
    steps = []

    def listen(event: Event) -> None:
        if isinstance(event, Progress) and event.node == "sample":
            steps.append(event.step)
            if event.step == 2:
                token.cancel()

    with pytest.raises(Cancelled):
        runtime.run("text_to_image", {"seed": 77, "steps": 20}, listener=listen, cancel=token)
    assert steps == [1, 2]
    assert runtime.run("text_to_image", {"seed": 77, "steps": 2}).images


@pytest.mark.parametrize("path", packaged_workflows(), ids=lambda path: path.stem)
def test_every_workflow_saves_a_picture_that_carries_it(runtime: Runtime, path: Path, tmp_path: Path) -> None:
    parameters = {"steps": 2, "seed": 5}
    first = runtime.run(path, parameters, output=tmp_path / "first")
    saved = first.artifacts[0].path
    assert saved is not None
    with Runtime(runtime.home) as another:
        again = another.run(saved, output=tmp_path / "again")
    assert np.array_equal(pixels(first.images[0]), pixels(again.images[0]))


def test_the_pictures_of_a_list_are_saved_in_its_order(runtime: Runtime, tmp_path: Path) -> None:
    prompts = "\n".join(f"a {colour} circle" for colour in ("red", "blue", "green", "black", "yellow"))
    result = runtime.run("picture_per_line", {"prompt": prompts, "steps": 1}, output=tmp_path)
    names = [artifact.path.name for artifact in result.artifacts if artifact.path is not None]
    assert [int(name.split("-")[1]) for name in names] == [1, 2, 3, 4, 5]
