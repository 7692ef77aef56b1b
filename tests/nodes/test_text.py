"""Prompts as the node encodes them."""

from pathlib import Path

import pytest
import torch
from graphengine.nodes.text import encode_text

from graphengine.authoring import Conditioning, Context, StepRange
from graphengine.diffusion.models.text_encoder import encode_text as encode_plainly
from graphengine.diffusion.weights.checkpoint import TextEncoder, open_checkpoint
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.home import Home
from graphengine.memory.residency import Residency
from graphengine.runtime import Runtime
from tests.diffusion.random_weights import TINY_TEXT, write_checkpoint

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def text_encoder(tmp_path_factory: pytest.TempPathFactory) -> TextEncoder:
    return open_checkpoint(write_checkpoint(tmp_path_factory.mktemp("m") / "tiny.safetensors")).text_encoder


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(
        node="prompt",
        home=Home(tmp_path),
        services={Residency: Residency(CPU, torch.float32, 10**9)},
        emit=lambda event: None,
        is_cancelled=lambda: False,
    )


def plain(text_encoder: TextEncoder, text: str) -> torch.Tensor:
    return encode_plainly(text_encoder.load(CPU, torch.float32), [text])


def test_a_prompt_becomes_one_part(text_encoder: TextEncoder, context: Context) -> None:
    conditioning = encode_text(text_encoder, "a red circle", context=context)
    assert isinstance(conditioning, Conditioning)
    (part,) = conditioning
    assert part.context.equal(plain(text_encoder, "a red circle"))
    assert (part.strength, part.area, part.mask, part.start, part.end, part.steps) == (
        1,
        None,
        None,
        0,
        1,
        (),
    )


def test_what_changes_and_what_is_combined_are_parts(text_encoder: TextEncoder, context: Context) -> None:
    parts = encode_text(text_encoder, "[a:b:0.4] [c|d] AND e :0.5", context=context)
    assert [part.steps for part in parts] == [
        (StepRange(0.0, 0.4), StepRange(0, None, 2)),
        (StepRange(0.0, 0.4), StepRange(1, None, 2)),
        (StepRange(0.4), StepRange(0, None, 2)),
        (StepRange(0.4), StepRange(1, None, 2)),
        (),
    ]
    assert [part.strength for part in parts] == [1, 1, 1, 1, 0.5]
    assert parts[3].context.equal(plain(text_encoder, "b d"))


def test_syntax_can_be_turned_off(text_encoder: TextEncoder, context: Context) -> None:
    (part,) = encode_text(text_encoder, "a (red:1.3", False, context=context)
    assert part.context.equal(plain(text_encoder, "a (red:1.3"))


def test_layers_and_weighting_are_chosen(text_encoder: TextEncoder, context: Context) -> None:
    found = {
        (weighting, clip_skip): encode_text(
            text_encoder, "a (red:1.5) circle", weighting=weighting, clip_skip=clip_skip, context=context
        )[0].context
        for weighting in ("from_empty", "keep_mean")
        for clip_skip in (1, 2)
    }
    different = [torch.dist(one, two).item() > 1e-3 for one in found.values() for two in found.values()]
    assert sum(different) == 4 * 3


def test_a_layer_that_the_encoder_does_not_have(text_encoder: TextEncoder, context: Context) -> None:
    with pytest.raises(
        GraphEngineError, match=r"input 'clip_skip': expected at most 2, the layers .*, got 3"
    ):
        encode_text(text_encoder, "a", clip_skip=TINY_TEXT.layers + 1, context=context)


def test_a_prompt_that_cannot_be_read_is_refused_before_anything_runs(runtime: Runtime) -> None:
    with pytest.raises(InvalidWorkflow) as caught:
        runtime.run("text_to_image", {"prompt": "a (red:x) circle"})
    (problem,) = caught.value.problems
    assert problem.message == (
        "node 'positive' (encode_text), input 'text': line 1, column 8: "
        "expected a weight such as 1.3, and ')', got 'x'; write \\: for a colon that is text\n"
        "  a (red:x) circle\n"
        "         ^"
    )
    assert (problem.kind, problem.node, problem.input) == ("prompt_syntax", "positive", "text")
