"""Runs, what would run, the queue, and the pictures that were made, in the page."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.web.boxes import box_of
from tests.web.editor import Editor
from tests.web.served import PATIENCE, Served
from tests.web.waiting import until

LONG = "2000"
"""Steps of a run that is at work until it is stopped."""
WAIT = PATIENCE * 1000


def waiting(server: Served) -> list[str]:
    found: list[dict[str, Any]] = server.json("/api/queue")["waiting"]
    return [run["id"] for run in found]


def test_several_runs_wait_in_an_order_that_is_changed_and_a_page_that_is_loaded_anew_takes_up_its_run(
    editor: Editor, server: Served
) -> None:
    page = editor.page
    editor.template("text_to_image")
    editor.set("sample", "steps", LONG)
    page.get_by_label("How many runs").fill("4")
    first = editor.submit()
    page.get_by_role("tab", name="Queue").click()
    page.get_by_text("Waiting: 3").wait_for(timeout=WAIT)
    seeds = [server.json(f"/api/runs/{run}")["values"]["seed"] for run in [first, *waiting(server)]]
    assert seeds == [seeds[0] + number for number in range(4)]

    a, b, c = waiting(server)
    grips = page.locator(".grip")
    with page.expect_response(re.compile(f"/api/runs/{c}$")):
        grips.nth(2).press("ArrowUp")
    assert waiting(server) == [a, c, b]
    with page.expect_response(re.compile(f"/api/runs/{b}$")):
        editor.drag(grips.nth(2), grips.nth(0))
    assert waiting(server) == [b, a, c]

    at_work = editor.card("sample").locator(".badge", has_text=f"/{LONG}")
    at_work.wait_for(timeout=WAIT)
    page.reload()
    at_work.wait_for(timeout=WAIT)
    page.get_by_role("tab", name="Queue").click()
    page.get_by_role("button", name="Stop all").click()
    page.locator(".status").get_by_text("cancelled", exact=True).wait_for(timeout=WAIT)
    until(lambda: server.json("/api/queue")["state"], {"paused": False, "queued": 0, "running": []})


def test_nodes_tell_why_they_would_run_and_what_leads_to_one_runs_alone(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.set("positive", "text", "a grey triangle that nothing else has made")
    editor.set("sample", "steps", "3")
    editor.card("sample").locator(".forecast.will-run").wait_for(timeout=WAIT)
    editor.card("positive").locator(".card-title").click()
    run = editor.run(lambda: editor.press("Control+Shift+Enter"))
    assert run["executed"] in (1, 2)  # the text, and the checkpoint unless another test has loaded it
    assert run["artifacts"] == []
    mark = editor.card("sample").locator(".forecast.will-run:not(.stale)")
    expect(editor.card("positive").locator(".forecast.cached")).to_be_visible(timeout=WAIT)
    mark.wait_for(timeout=WAIT)
    editor.run()
    editor.set("sample", "steps", "4")
    expect(mark).to_have_attribute(
        "aria-label", re.compile("input 'steps' changed from 3 to 4"), timeout=WAIT
    )


def test_a_picture_is_zoomed_compared_and_sent_to_another_workflow(editor: Editor, server: Served) -> None:
    page = editor.page
    editor.template("text_to_image")
    for prompt in ("a lonely red star", "a lonely blue star"):
        editor.set("positive", "text", prompt)
        editor.set("sample", "steps", "2")
        editor.run()
    page.get_by_label("Search pictures").fill("lonely blue star")
    expect(page.locator(".gallery li")).to_have_count(1, timeout=WAIT)
    page.get_by_label("Search pictures").fill("lonely")
    expect(page.locator(".gallery li")).to_have_count(2, timeout=WAIT)
    page.locator(".gallery button").first.click()
    viewer = page.locator(".viewer")
    viewer.get_by_text("a lonely blue star").wait_for(timeout=WAIT)
    before = box_of(viewer.locator(".viewer-zoom img"))
    viewer.get_by_role("button", name="Zoom in").click()
    assert box_of(viewer.locator(".viewer-zoom img"), other_than=before).width > before.width
    editor.press("ArrowRight")
    viewer.get_by_text("a lonely red star").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Compare with another").click()
    viewer.locator(".viewer-strip button").first.click()
    viewer.get_by_role("slider").wait_for()
    page.get_by_role("button", name="Image to image").click()
    editor.input("picture", "image").wait_for(timeout=WAIT)
    nodes = editor.document["nodes"]
    assert nodes["positive"]["inputs"]["text"] == "a lonely red star"
    assert re.fullmatch(r"[0-9a-f]{64}\.png", nodes["picture"]["inputs"]["image"])


def test_memory_is_told_part_by_part_and_let_go_of(editor: Editor, server: Served) -> None:
    page = editor.page
    editor.template("text_to_image")
    editor.set("sample", "steps", "1")
    editor.run()
    page.locator(".memory").click()
    page.get_by_text("shapes.safetensors, model").wait_for(timeout=WAIT)
    page.get_by_role("button", name="Free memory").click()
    page.get_by_text("No models are loaded.").wait_for(timeout=WAIT)
    assert server.json("/api/memory")["loaded"] == []
