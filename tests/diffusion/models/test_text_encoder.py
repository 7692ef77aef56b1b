import pytest
import torch
from transformers import CLIPTextConfig, CLIPTextModel

from graphengine.diffusion.models.text_encoder import ClipText, ClipTextConfig, encode_text
from graphengine.diffusion.models.tokenizer import tokenize
from graphengine.diffusion.weights.detect import text_shapes
from tests.diffusion.random_weights import TINY_TEXT, fill, relative_error


def random_encoder(config: ClipTextConfig) -> ClipText:
    with torch.device("meta"):
        encoder = ClipText(config)
    fill(encoder)
    return encoder


def transformers_twin(encoder: ClipText) -> CLIPTextModel:
    config = encoder.config
    settings = CLIPTextConfig(
        vocab_size=config.vocabulary,
        hidden_size=config.width,
        intermediate_size=config.inner,
        num_hidden_layers=config.layers,
        num_attention_heads=max(1, config.width // 64),
        hidden_act="quick_gelu",
    )
    with torch.device("meta"):
        twin = CLIPTextModel(settings)
    twin.load_state_dict(
        {name.removeprefix("text_model."): tensor for name, tensor in encoder.state_dict().items()},
        assign=True,
    )
    twin.embeddings.position_ids = torch.arange(config.positions)[None]
    return twin.eval()


def check_against_transformers(config: ClipTextConfig) -> None:
    encoder = random_encoder(config)
    texts = ["a red circle on a white background", "", "two small blue squares " * 30]
    with torch.inference_mode():
        expected = transformers_twin(encoder)(tokenize(texts)).last_hidden_state
    assert relative_error(encode_text(encoder, texts), expected) < 1e-5


@pytest.mark.parametrize("width", [24, 64, 192])
def test_text_encoder_agrees_with_transformers(width: int) -> None:
    check_against_transformers(ClipTextConfig(width=width, inner=2 * width, layers=2))


def test_layers_agree_with_transformers() -> None:
    """Clip skip: what a layer before the last gives, after the last layer's norm."""
    encoder = random_encoder(ClipTextConfig(width=64, inner=128, layers=4))
    tokens = tokenize(["a red circle on a white background"])
    with torch.inference_mode():
        twin = transformers_twin(encoder)
        hidden_states = twin(tokens, output_hidden_states=True).hidden_states
        for layer in range(1, 5):
            expected = twin.final_layer_norm(hidden_states[-layer])
            assert relative_error(encoder(tokens, -layer), expected) < 1e-5
        assert relative_error(encoder(tokens, -2), encoder(tokens, -1)) > 1e-2
        assert encoder(tokens, -1).equal(encoder(tokens))


@pytest.mark.parametrize("layer", [0, 1, -3])
def test_a_layer_that_is_not_there(layer: int) -> None:
    with pytest.raises(ValueError, match=f"between -2 and -1 is expected, got {layer}"):
        random_encoder(TINY_TEXT)(tokenize(["a"]), layer)


@pytest.mark.full_size
def test_text_encoder_of_full_size_agrees_with_transformers() -> None:
    check_against_transformers(ClipTextConfig())


def test_a_text_gives_the_same_in_a_batch_and_alone() -> None:
    encoder = random_encoder(TINY_TEXT)
    together = encode_text(encoder, ["a red circle", "a blue square"])
    assert together.shape == (2, 77, TINY_TEXT.width)
    assert relative_error(together[1:], encode_text(encoder, ["a blue square"])) < 1e-5


def test_a_word_sees_only_those_before_it() -> None:
    encoder = random_encoder(TINY_TEXT)
    circle, square = encode_text(encoder, ["a red circle", "a red square"])
    assert relative_error(circle[:3], square[:3]) < 1e-5
    assert relative_error(circle[3:], square[3:]) > 1e-3


def test_names_and_shapes_are_those_that_a_checkpoint_is_checked_against() -> None:
    with torch.device("meta"):
        built = ClipText(TINY_TEXT).state_dict()
    assert {name: tuple(tensor.shape) for name, tensor in built.items()} == text_shapes(TINY_TEXT)


def test_a_width_that_heads_do_not_divide_is_refused() -> None:
    with pytest.raises(ValueError, match="131 is not divisible by 2"):
        ClipText(ClipTextConfig(width=131, inner=4, layers=1))
