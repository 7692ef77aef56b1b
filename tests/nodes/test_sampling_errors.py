"""What sampling says about input that can't be right: one message each, through the engine."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from graphengine.diffusion.models.unet import UNet
from graphengine.errors import GraphEngineError
from graphengine.runtime import Runtime
from tests.nodes.sampling_documents import PARTS, custom, document, link, sampling

Nodes = dict[str, tuple[str, dict[str, Any]]]


def error(runtime: Runtime, nodes: Nodes, settings: dict[str, Any] | None = None) -> GraphEngineError:
    with pytest.raises(GraphEngineError) as raised:
        runtime.run(document(nodes), {}, settings)
    assert "\n" not in raised.value.message
    return raised.value


CASES: dict[str, tuple[Nodes, str]] = {
    "no steps": ({"sample": sampling(steps=0)}, "input 'steps': expected an integer >= 1, got 0"),
    "start after end": (
        {"sample": sampling(start_step=5, end_step=3)},
        "input 'start_step': expected a step up to end_step, 3, got 5",
    ),
    "end beyond steps": (
        {"sample": sampling(end_step=7)},
        "input 'end_step': expected at most 6, since there are 6 steps, got 7",
    ),
    "start beyond steps": (
        {"sample": sampling(start_step=7)},
        "input 'start_step': expected at most 6, since there are 6 steps, got 7",
    ),
    "end beyond what strength leaves": (
        {"sample": sampling(strength=0.5, end_step=5)},
        "input 'end_step': expected at most 3, since there are 3 steps, got 5",
    ),
    "steps beyond the schedule": (
        {"sample": sampling(steps=2000, schedule="simple")},
        "input 'steps': expected between 1 and 1000 for this schedule, got 2000",
    ),
    "an unknown sampler": ({"sample": sampling(sampler="oiler")}, "input 'sampler': expected"),
    "seeds for another batch": (
        {"sample": sampling(seeds=[1, 2])},
        "input 'seeds': expected 1, one for each picture of the latent, got 2",
    ),
    "a mask of another size": (
        {
            "photo": ("load_image", {"image": "blue_square.png"}),
            "small": ("resize_image", {"image": link("photo.image"), "scale": 0.7}),
            "mask": ("image_to_mask", {"image": link("small.image")}),
            "masked": ("set_noise_mask", {"latent": link("empty.latent"), "mask": link("mask.mask")}),
            "sample": sampling(latent=link("masked.latent")),
        },
        "node 'masked' (set_noise_mask), input 'mask': expected a mask of the picture's size, 128 x 128 "
        "pixels, got 90 x 90; resize the mask, or give one of the latent's size, 16 x 16",
    ),
    "a mask that came after the noise": (
        {
            "photo": ("load_image", {"image": "blue_square.png"}),
            "mask": ("image_to_mask", {"image": link("photo.image")}),
            "first": sampling(end_step=1, leftover_noise=True),
            "masked": ("set_noise_mask", {"latent": link("first.latent"), "mask": link("mask.mask")}),
            "sample": sampling(latent=link("masked.latent"), start_step=1, add_noise=False),
        },
        "input 'latent': expected a latent whose noise was left over by a run with the same noise mask, "
        "got one that had no mask then; set the mask before the first of the runs, or add noise",
    ),
    "noise for another batch": (
        {
            **PARTS,
            "noise": ("noise_from_seeds", {"seeds": [1, 2, 3]}),
            "sample": custom(),
        },
        "input 'noise': expected noise for the one picture of the latent, got 3 seeds",
    ),
    "noise of another size": (
        {
            **PARTS,
            "large": ("empty_latent", {"width": 256, "height": 128}),
            "noise": ("noise_from_latent", {"latent": link("large.latent")}),
            "sample": custom(),
        },
        "input 'noise': expected noise of the latent's size, 4 x 16 x 16 (channels x height x width), "
        "got 4 x 16 x 32",
    ),
    "a sampler that can't climb": (
        {
            **PARTS,
            "up": ("flip_sigmas", {"sigmas": link("sigmas.sigmas")}),
            "sample": custom(sigmas=link("up.sigmas")),
        },
        "sampler 'euler_ancestral' can't walk rising sigmas",
    ),
    "sigmas of another parameterisation": (
        {
            **PARTS,
            "flow": ("set_prediction_flow", {"model": link("checkpoint.model")}),
            "sigmas": ("select_schedule", {"model": link("flow.diffusion_model"), "steps": 4}),
            "sample": custom(),
        },
        "the sigmas are for a flow model, but the model is a model that adds noise to the picture",
    ),
    "CFG++ without an unconditional": (
        {
            **PARTS,
            "guider": (
                "basic_guider",
                {"model": link("checkpoint.model"), "positive": link("positive.conditioning")},
            ),
            "sampler": ("select_sampler", {"name": "euler_cfg_pp"}),
            "sample": custom(),
        },
        "sampler 'euler_cfg_pp' leads away from an unconditional estimate, and this guidance has none",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_told_with_its_node(runtime: Runtime, case: str) -> None:
    nodes, message = CASES[case]
    told = error(runtime, nodes)
    assert message in told.message
    assert told.node is not None
    assert re.match(r"node '\w+' \(\w+\)", told.message)
    assert told.expected
    assert told.got


PLUGIN = """
import torch
from graphengine.authoring import Conditioning, Latent, node

@node(category="test")
def no_conditioning() -> Conditioning:
    \"\"\"A conditioning that says nothing.\"\"\"
    return Conditioning([])

@node(category="test")
def latent_of_16_channels() -> Latent:
    \"\"\"As another family of models has them.\"\"\"
    return Latent(torch.zeros(1, 16, 16, 16))
"""


@pytest.fixture(scope="module")
def with_plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    home = tmp_path_factory.mktemp("home")
    (home / "plugins").mkdir()
    (home / "plugins" / "odd_values.py").write_text(PLUGIN)
    with Runtime(home) as runtime:
        yield runtime


def test_a_conditioning_without_parts_is_named(with_plugin: Runtime) -> None:
    nodes: Nodes = {
        "nothing": ("no_conditioning", {}),
        "sample": sampling(positive=link("nothing.conditioning")),
    }
    told = error(with_plugin, nodes)
    assert told.message.startswith("node 'sample' (sample)")
    assert "positive" in told.message


def test_a_latent_of_another_family_is_refused(with_plugin: Runtime) -> None:
    nodes: Nodes = {
        "other": ("latent_of_16_channels", {}),
        "sample": sampling(latent=link("other.latent")),
    }
    assert error(with_plugin, nodes).message == (
        "node 'sample' (sample), input 'latent': expected a latent of 4 channels, as the model has them, "
        "got 16; make the latent with the model's own VAE, or an empty one"
    )


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_model_that_breaks_is_told_with_step_sampler_and_sigma(runtime: Runtime, bad: float) -> None:
    calls = 0

    def break_the_third(module: nn.Module, inputs: Any, output: torch.Tensor) -> torch.Tensor | None:
        nonlocal calls
        if not isinstance(module, UNet):
            return None
        calls += 1
        return output * bad if calls == 3 else None

    hook = register_module_forward_hook(break_the_third)
    try:
        told = error(runtime, {"sample": sampling(sampler="euler", seed=77)})
    finally:
        hook.remove()
    assert re.fullmatch(
        r"node 'sample' \(sample\): the model gave numbers that are not finite to sampler 'euler' "
        r"in step 3 of 6 \(sigma [\d.]+\)",
        told.message,
    )
    assert told.kind == "not_finite"
    assert told.hint
