"""A workflow as large as wanted: pictures made from one another, each eight nodes and twelve links."""

from typing import Any

COLUMNS = 4
"""The nodes of a picture, side by side; the other half of them below."""
ACROSS = 10
"""Pictures side by side."""
CELL = 300, 360


def large_workflow(pictures: int) -> dict[str, Any]:
    """The document: `pictures` times eight nodes, and times twelve links."""
    nodes: dict[str, Any] = {}
    layout: dict[str, Any] = {}
    for number in range(pictures):
        for index, (name, node) in enumerate(_picture(number).items()):
            nodes[f"{name}_{number}"] = node
            column = number % ACROSS * COLUMNS + index % COLUMNS
            row = number // ACROSS * 2 + index // COLUMNS
            layout[f"{name}_{number}"] = {"x": column * CELL[0], "y": row * CELL[1]}
    return {"format": "graphengine/1", "nodes": nodes, "layout": layout}


def _picture(number: int) -> dict[str, Any]:
    def own(place: str) -> dict[str, str]:
        name, output = place.split(".")
        return {"from": f"{name}_{number}.{output}"}

    mixed = {"conditionings.0": own("positive.conditioning")}
    if number == 0:
        mixed |= {f"conditionings.{place}": own("negative.conditioning") for place in (1, 2)}
        start = {"type": "empty_latent", "inputs": {"width": 64, "height": 64}}
    else:
        mixed["conditionings.1"] = {"from": f"positive_{number - 1}.conditioning"}
        before = {"from": f"sample_{number - 1}.latent"}
        start = {"type": "resize_latent", "inputs": {"latent": before, "scale": 1}}
    prompt = f"a red circle, picture {number}"
    sampled = {
        "model": own("checkpoint.model"),
        "positive": own("mix.conditioning"),
        "negative": own("negative.conditioning"),
        "latent": own("start.latent"),
    }
    return {
        "checkpoint": {"type": "load_checkpoint", "inputs": {"name": "shapes.safetensors"}},
        "positive": {
            "type": "encode_text",
            "inputs": {"text_encoder": own("checkpoint.text_encoder"), "text": prompt},
        },
        "mix": {"type": "combine_conditioning", "inputs": mixed},
        "sample": {"type": "sample", "inputs": {**sampled, "seed": number, "steps": 4}},
        "start": start,
        "negative": {
            "type": "encode_text",
            "inputs": {"text_encoder": own("checkpoint.text_encoder"), "text": ""},
        },
        "decode": {
            "type": "vae_decode",
            "inputs": {"vae": own("checkpoint.vae"), "latent": own("sample.latent")},
        },
        "save": {"type": "save_image", "inputs": {"image": own("decode.image")}},
    }


def links(document: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Each link: the node and output that it comes from, the node and input that it goes to."""
    found = []
    for name, node in document["nodes"].items():
        for key, value in node["inputs"].items():
            if isinstance(value, dict):
                source, output = value["from"].split(".")
                found.append((source, output, name, key))
    return found


def as_react_flow(document: dict[str, Any]) -> dict[str, Any]:
    """The same graph as React Flow's own nodes and edges."""
    nodes = [
        {"id": name, "position": {"x": place["x"], "y": place["y"]}, "data": {"label": name}}
        for name, place in document["layout"].items()
    ]
    edges = [
        {"id": f"{source}.{output}>{target}.{key}", "source": source, "target": target}
        for source, output, target, key in links(document)
    ]
    return {"nodes": nodes, "edges": edges}
