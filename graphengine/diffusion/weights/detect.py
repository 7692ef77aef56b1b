"""Recognise the components of a checkpoint and their sizes by the names and shapes of its tensors."""

from collections.abc import Mapping

import torch

from graphengine.diffusion.models.autoencoder import Autoencoder, AutoencoderConfig
from graphengine.diffusion.models.text_encoder import ClipTextConfig
from graphengine.diffusion.models.unet import UNet, UNetConfig
from graphengine.diffusion.weights.part import Part, shapes_of
from graphengine.diffusion.weights.weights_file import WeightsFile
from graphengine.errors import ModelFileError

UNET = "model.diffusion_model."
VAE = "first_stage_model."
TEXT = "cond_stage_model.transformer."

OTHER_FAMILIES = {
    "conditioner.embedders.": "a Stable Diffusion XL checkpoint",
    "cond_stage_model.model.": "a Stable Diffusion 2 checkpoint",
    "model.diffusion_model.joint_blocks.": "a Stable Diffusion 3 checkpoint",
    "double_blocks.": "a Flux model",
    "down_blocks.": "a UNet in diffusers' layout",
    "lora_unet_": "a LoRA",
    "text_model.": "a text encoder alone",
}


def check_family(file: WeightsFile) -> None:
    """Raise ModelFileError unless the file holds the three components of Stable Diffusion 1."""

    def has(prefix: str) -> bool:
        return any(name.startswith(prefix) for name in file.entries)

    missing = [f"{prefix}*" for prefix in (UNET, VAE, f"{TEXT}text_model.") if not has(prefix)]
    if not missing:
        return
    known = [title for prefix, title in OTHER_FAMILIES.items() if has(prefix)]
    first = next(iter(file.entries), None)
    got = known[0] if known else f"tensors such as '{first}'" if first else "a file without tensors"
    raise ModelFileError(
        f"{file.path}: not a Stable Diffusion 1 checkpoint: nothing in it is named "
        f"{', '.join(missing)}; it looks like {got}",
        kind="unknown_model",
        expected="a Stable Diffusion 1 checkpoint with UNet, autoencoder and text encoder in one file",
        got=got,
    )


def detect_unet(file: WeightsFile) -> UNetConfig:
    """Sizes of the UNet. Raises ModelFileError where it is not one of Stable Diffusion 1's kind."""
    part = Part(file, UNET, "UNet")
    base, in_channels, *_ = part.shape("input_blocks.0.0.weight", 4)
    out_channels = part.shape("out.2.weight", 4)[0]
    levels: list[list[tuple[int, bool]]] = [[]]  # channels and attention of each residual block
    index = 1
    while part.has(f"input_blocks.{index}."):
        if f"input_blocks.{index}.0.op.weight" in part.entries:
            levels.append([])
        else:
            channels = part.shape(f"input_blocks.{index}.0.in_layers.2.weight", 4)[0]
            levels[-1].append((channels, part.has(f"input_blocks.{index}.1.")))
        index += 1
    blocks = len(levels[0])
    if blocks == 0 or any(len(level) != blocks or len(set(level)) != 1 for level in levels):
        raise part.error("levels of equal blocks", f"levels of {[len(level) for level in levels]} blocks")
    attention = "middle_block.1.transformer_blocks."
    config = UNetConfig(
        in_channels=in_channels,
        out_channels=out_channels,
        base=base,
        multipliers=tuple(part.units(level[0][0], base) for level in levels),
        blocks=blocks,
        attention=tuple(level[0][1] for level in levels),
        depth=part.count(attention, ".norm1.weight"),
        context_width=part.shape(f"{attention}0.attn2.to_k.weight", 2)[1],
    )
    try:
        with torch.device("meta"):
            expected = shapes_of(UNet(config))
    except ValueError as error:
        raise part.error("sizes that divide by the number of groups and heads", str(error)) from error
    part.check(expected)
    return config


def detect_autoencoder(file: WeightsFile) -> AutoencoderConfig:
    """Sizes of the autoencoder. Raises ModelFileError where it is not one of Stable Diffusion 1's kind."""
    part = Part(file, VAE, "autoencoder")
    base, image_channels, *_ = part.shape("encoder.conv_in.weight", 4)
    blocks = part.count("encoder.down.0.block.", ".conv1.weight")
    levels = part.count("encoder.down.", ".block.0.conv1.weight")
    config = AutoencoderConfig(
        image_channels=image_channels,
        latent_channels=part.shape("post_quant_conv.weight", 4)[0],
        base=base,
        multipliers=tuple(
            part.units(part.shape(f"encoder.down.{level}.block.0.conv1.weight", 4)[0], base)
            for level in range(levels)
        ),
        blocks=blocks,
    )
    if not levels:
        raise part.error("at least one level", "none")
    try:
        with torch.device("meta"):
            expected = shapes_of(Autoencoder(config))
    except ValueError as error:
        raise part.error("sizes that divide by the number of groups", str(error)) from error
    part.check(expected, ignored=("loss.", "model_ema."))
    return config


def detect_text_encoder(file: WeightsFile) -> ClipTextConfig:
    """Sizes of the text encoder. Raises ModelFileError where it is not one of Stable Diffusion 1's kind."""
    part = Part(file, TEXT, "text encoder")
    vocabulary, width = part.shape("text_model.embeddings.token_embedding.weight", 2)
    layers = part.count("text_model.encoder.layers.", ".mlp.fc1.weight")
    config = ClipTextConfig(
        vocabulary=vocabulary,
        width=width,
        inner=part.shape("text_model.encoder.layers.0.mlp.fc1.weight", 2)[0],
        layers=layers,
        positions=part.shape("text_model.embeddings.position_embedding.weight", 2)[0],
    )
    if width % config.heads:
        raise part.error(f"a width divisible by {config.heads} heads", f"width {width}")
    part.check(text_shapes(config), ignored=("text_model.embeddings.position_ids",))
    return config


def text_shapes(config: ClipTextConfig) -> Mapping[str, tuple[int, ...]]:
    """Name and shape of each parameter of a CLIP text model, known without importing `transformers`."""
    width, inner = config.width, config.inner
    shapes: dict[str, tuple[int, ...]] = {
        "text_model.embeddings.token_embedding.weight": (config.vocabulary, width),
        "text_model.embeddings.position_embedding.weight": (config.positions, width),
        "text_model.final_layer_norm.weight": (width,),
        "text_model.final_layer_norm.bias": (width,),
    }
    linear = {f"self_attn.{name}_proj": (width, width) for name in "qkv"} | {
        "self_attn.out_proj": (width, width), "mlp.fc1": (inner, width), "mlp.fc2": (width, inner),
    }  # fmt: skip
    for layer in range(config.layers):
        before = f"text_model.encoder.layers.{layer}."
        for name, shape in linear.items():
            shapes |= {f"{before}{name}.weight": shape, f"{before}{name}.bias": shape[:1]}
        for name in ("layer_norm1", "layer_norm2"):
            shapes |= {f"{before}{name}.weight": (width,), f"{before}{name}.bias": (width,)}
    return shapes
