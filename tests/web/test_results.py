"""What runs make, as it comes: pictures and values, at their nodes and in the gallery."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import expect

from tests.web.boxes import box_of
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


def test_values_stand_at_their_outputs_and_are_read_as_a_whole_and_copied(editor: Editor) -> None:
    page = editor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lines = "\n".join(f"line {number} of a text that is too long for a card" for number in range(40))
    nodes = {
        "sum": {"type": "calculate", "inputs": {"expression": "a * 2", "a": 21}},
        "text": {"type": "format_text", "inputs": {"template": lines}},
        "checkpoint": {"type": "load_checkpoint", "inputs": {"name": "shapes.safetensors"}},
        "levels": {"type": "karras_schedule", "inputs": {"model": link("checkpoint.model"), "steps": 12}},
        "show": {"type": "show_value", "inputs": {"value": link("sum.integer")}},
        "show_text": {"type": "show_value", "inputs": {"value": link("text.value")}},
        "show_levels": {"type": "show_value", "inputs": {"value": link("levels.sigmas")}},
    }
    opened(editor, {"format": "graphengine/1", "name": "values", "nodes": nodes})
    editor.press("0")

    def there() -> None:
        expect(editor.card("sum").get_by_label("integer of sum: 42")).to_be_visible(timeout=WAIT)
        expect(editor.card("show").get_by_label("value of show: 42")).to_be_visible()
        expect(editor.card("levels").locator(".spark")).to_be_visible()

    before = box_of(editor.card("levels"))
    editor.run()
    there()
    after = box_of(editor.card("levels"))
    assert after.height == before.height, "what a card tells may not cover what lies below it"
    editor.card("levels").locator(".output-value").press("Enter")
    page.get_by_role("dialog").get_by_role("img", name="sigmas of levels, a curve of 12 steps").wait_for()
    editor.press("Escape")
    editor.card("text").locator(".output-value").click()
    whole = page.locator("dialog .value-whole")
    assert whole.inner_text() == lines
    page.locator("dialog").get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == lines
    editor.press("Escape")
    editor.run()  # all but what is shown is known from before, and is told all the same
    expect(editor.card("sum").locator(".badge.cached")).to_be_visible(timeout=WAIT)
    there()
    page.reload()
    there()


def test_pictures_are_deleted_one_by_one_and_several_and_come_back_by_undo(
    editor: Editor, server: Served
) -> None:
    page = editor.page
    opened(editor, stages("an olive cross to be deleted", 2))
    run = editor.run()
    one, two = sorted(each["id"] for each in run["artifacts"])
    page.get_by_label("Search pictures").fill("olive cross to be deleted")
    gallery = page.locator(".gallery li")
    expect(gallery).to_have_count(2, timeout=WAIT)

    page.get_by_role("button", name="Select", exact=True).click()
    gallery.nth(0).locator("button").click()
    gallery.nth(1).locator("button").click(modifiers=["Shift"])
    page.get_by_text("2 selected").wait_for()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(gallery).to_have_count(0)
    expect(editor.card("save_one").locator(".picture-gone")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(gallery).to_have_count(2)
    expect(editor.card("save_one").locator(".card-pictures img")).to_be_visible()
    assert [each["deleted_at"] for each in server.json(f"/api/runs/{run['id']}")["artifacts"]] == [None, None]

    gallery.nth(0).locator("button").focus()
    editor.press("Delete")
    expect(gallery).to_have_count(1)
    with page.expect_response(lambda answer: answer.request.method == "DELETE", timeout=WAIT) as answered:
        page.evaluate("window.dispatchEvent(new Event('pagehide'))")  # as when the page is left
    assert (answered.value.status, answered.value.url.rsplit("/", 1)[1]) == (204, str(two))
    expect(editor.card("save_two").locator(".picture-gone")).to_be_visible(timeout=WAIT)
    page.reload()
    expect(editor.card("save_two").locator(".picture-gone")).to_be_visible(timeout=WAIT)
    expect(editor.card("save_one").locator(".card-pictures img")).to_be_visible(timeout=WAIT)
    found = server.json(f"/api/runs/{run['id']}")
    assert found["state"] == "succeeded"
    assert {each["id"]: each["deleted_at"] is None for each in found["artifacts"]} == {one: True, two: False}
