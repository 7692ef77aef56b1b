"""What runs make, as it comes: pictures and values, at their nodes and in the gallery."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect

from tests.web.editor import Editor
from tests.web.served import PATIENCE, Served

WAIT = PATIENCE * 1000
LONG = 2000
"""Steps of a stage that is at work until it is stopped."""


def link(place: str) -> dict[str, str]:
    return {"from": place}


def stages(prompt: str, steps: int) -> dict[str, Any]:
    """Two stages that save a picture each; the second takes so many steps."""
    nodes: dict[str, Any] = {
        "checkpoint": {"type": "load_checkpoint", "inputs": {"name": "shapes.safetensors"}},
        "positive": {
            "type": "encode_text",
            "inputs": {"text_encoder": link("checkpoint.text_encoder"), "text": prompt},
        },
        "empty": {"type": "empty_latent", "inputs": {"width": 64, "height": 64}},
    }
    before = "empty.latent"
    for stage, count in (("one", 2), ("two", steps)):
        inputs = {
            "model": link("checkpoint.model"),
            "positive": link("positive.conditioning"),
            "negative": link("positive.conditioning"),
            "latent": link(before),
            "steps": count,
        }
        before = f"{stage}.latent"
        nodes[stage] = {"type": "sample", "inputs": inputs}
        decoding = {"vae": link("checkpoint.vae"), "latent": link(before)}
        nodes[f"decode_{stage}"] = {"type": "vae_decode", "inputs": decoding}
        nodes[f"save_{stage}"] = {"type": "save_image", "inputs": {"image": link(f"decode_{stage}.image")}}
    return {"format": "graphengine/1", "name": prompt, "nodes": nodes}


def opened(editor: Editor, document: dict[str, Any]) -> None:
    """Open a workflow as a file that is dropped."""
    editor.drop("workflow.json", "application/json", json.dumps(document).encode())
    editor.card(next(iter(document["nodes"]))).wait_for()


def test_the_first_picture_is_there_while_the_second_is_made_and_stays_when_that_is_stopped(
    editor: Editor, server: Served
) -> None:
    page = editor.page
    opened(editor, stages("a teal ring in two stages", LONG))
    page.get_by_label("Search pictures").fill("teal ring in two stages")
    expect(page.locator(".gallery li")).to_have_count(0)
    run = editor.submit()
    picture = editor.card("save_one").locator(".card-pictures img:not(.preview)")
    picture.wait_for(timeout=WAIT)
    editor.card("two").locator(".badge", has_text=f"/{LONG}").wait_for(timeout=WAIT)
    expect(page.locator(".gallery li")).to_have_count(1, timeout=WAIT)
    told = server.json(f"/api/runs/{run}")
    assert told["state"] == "running"
    [artifact] = told["artifacts"]
    assert artifact["node"] == "save_one"
    page.get_by_role("button", name="Stop").first.click()
    page.locator(".status").get_by_text("cancelled", exact=True).wait_for(timeout=WAIT)
    expect(picture).to_have_count(1)
    page.reload()
    picture.wait_for(timeout=WAIT)
    page.get_by_label("Search pictures").fill("teal ring in two stages")
    expect(page.locator(".gallery li")).to_have_count(1, timeout=WAIT)
    assert [each["id"] for each in server.json(f"/api/runs/{run}")["artifacts"]] == [artifact["id"]]
