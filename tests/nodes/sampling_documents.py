"""Documents that sample with the embedded model, in one node or with nodes for each part."""

from typing import Any

PROMPT = "a large red circle in the middle on a white background"


def link(source: str) -> dict[str, str]:
    return {"from": source}


def document(nodes: dict[str, tuple[str, dict[str, Any]]], shown: str = "sample.latent") -> dict[str, Any]:
    """A workflow around `nodes` that shows a latent."""
    texts = {
        name: ("encode_text", {"text_encoder": link("checkpoint.text_encoder"), "text": text})
        for name, text in (("positive", PROMPT), ("negative", ""))
    }
    every: dict[str, tuple[str, dict[str, Any]]] = {
        "checkpoint": ("load_checkpoint", {"name": "shapes.safetensors"}),
        **texts,
        "empty": ("empty_latent", {"width": 128, "height": 128, "count": 1}),
        **nodes,
        "decode": ("vae_decode", {"vae": link("checkpoint.vae"), "latent": link(shown)}),
        "save": ("save_image", {"image": link("decode.image")}),
    }
    return {
        "format": "graphengine/1",
        "name": "sampling",
        "nodes": {name: {"type": kind, "inputs": inputs} for name, (kind, inputs) in every.items()},
    }


def sampling(**inputs: Any) -> tuple[str, dict[str, Any]]:
    """The everyday node."""
    given = {
        "model": link("checkpoint.model"),
        "positive": link("positive.conditioning"),
        "negative": link("negative.conditioning"),
        "latent": link("empty.latent"),
        "seed": 3,
        "steps": 6,
        "guidance": 4.0,
    }
    return "sample", {**given, **inputs}


PARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "guider": (
        "cfg_guider",
        {
            "model": link("checkpoint.model"),
            "positive": link("positive.conditioning"),
            "negative": link("negative.conditioning"),
            "scale": 4.0,
        },
    ),
    "noise": ("random_noise", {"seed": 3}),
    "sampler": ("select_sampler", {"name": "euler_ancestral"}),
    "sigmas": ("select_schedule", {"model": link("checkpoint.model"), "steps": 6}),
}


def custom(**inputs: Any) -> tuple[str, dict[str, Any]]:
    """The node that takes its parts from others."""
    given = {
        "noise": link("noise.noise"),
        "guider": link("guider.guider"),
        "sampler": link("sampler.sampler"),
        "sigmas": link("sigmas.sigmas"),
        "latent": link("empty.latent"),
    }
    return "sample_custom", {**given, **inputs}
