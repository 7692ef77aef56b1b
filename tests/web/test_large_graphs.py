"""A graph of many nodes, seen as a whole, is worked on as from near, and the small map leads through it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.web.boxes import box_of
from tests.web.editor import Editor

ACROSS = 20
APART = 400
VIEW = """() => {
    const { transform } = getComputedStyle(document.querySelector(".react-flow__viewport"));
    const { a, e, f } = new DOMMatrix(transform);
    return [e, f, a];
}"""
"""Where the canvas has the origin of the graph, and how large it is drawn."""


def many(count: int = 240) -> dict[str, Any]:
    """Latents in rows, each made from the one before."""
    nodes: dict[str, Any] = {"latent_0": {"type": "empty_latent", "inputs": {"width": 64, "height": 64}}}
    for number in range(1, count):
        before = {"from": f"latent_{number - 1}.latent"}
        nodes[f"latent_{number}"] = {"type": "resize_latent", "inputs": {"latent": before, "scale": 1}}
    layout = {
        name: {"x": number % ACROSS * APART, "y": number // ACROSS * APART}
        for number, name in enumerate(nodes)
    }
    return {"format": "graphengine/1", "nodes": nodes, "layout": layout}


@pytest.fixture
def large(editor: Editor) -> Editor:
    editor.drop("large.json", "application/json", json.dumps(many()).encode())
    editor.card("latent_0").locator(".card-bare").wait_for()
    return editor


def middle(editor: Editor, selector: str) -> tuple[float, float]:
    return box_of(editor.page.locator(selector)).middle


def seen(editor: Editor) -> tuple[float, float]:
    """The place of the graph in the middle of the canvas."""
    x, y, zoom = editor.page.evaluate(VIEW)
    box = box_of(editor.page.locator(".react-flow"))
    return (box.width / 2 - x) / zoom, (box.height / 2 - y) / zoom


def test_a_card_of_a_graph_seen_as_a_whole_is_dragged_and_lies_where_it_was_let_go(large: Editor) -> None:
    card = large.card("latent_45").locator(".card")
    start = box_of(card)
    zoom = large.page.evaluate(VIEW)[2]
    at = start.middle
    large.page.mouse.move(*at)
    large.page.mouse.down()
    large.page.mouse.move(at[0] + 60, at[1] - 30, steps=30)
    large.page.mouse.up()
    before = many()["layout"]["latent_45"]
    place = large.document["layout"]["latent_45"]
    assert place["x"] - before["x"] == pytest.approx(
        60 / zoom, abs=4 / zoom
    )  # the first steps decide that it is a drag
    assert place["y"] - before["y"] == pytest.approx(-30 / zoom, abs=4 / zoom)
    drawn = box_of(card)
    assert drawn.x - start.x == pytest.approx(60, abs=4)
    assert drawn.y - start.y == pytest.approx(-30, abs=4)
    large.press("Control+z")
    assert large.document["layout"]["latent_45"] == before
    assert box_of(card, other_than=drawn).x == pytest.approx(start.x, abs=0.1)


def test_what_is_drawn_is_moved_as_a_picture_until_the_view_rests(large: Editor) -> None:
    canvas = large.page.locator(".canvas")
    large.page.evaluate(
        """() => {
            window.looks = new Set();
            const canvas = document.querySelector(".canvas");
            const look = () => window.looks.add(canvas.classList.contains("moving"));
            new MutationObserver(look).observe(canvas, { attributes: true });
        }"""
    )
    x, y = middle(large, ".react-flow")
    ground = x, y - 330
    large.page.mouse.move(*ground)
    large.page.mouse.down()
    large.page.mouse.move(ground[0] + 90, ground[1] + 200, steps=12)
    large.page.mouse.up()
    expect(canvas).not_to_have_class("canvas moving")
    assert large.page.evaluate("[...window.looks].sort()") == [False, True]
    large.card("latent_45").locator(".card").click()  # and the ground doesn't lie over the cards any more
    expect(large.card("latent_45").locator(".card.selected")).to_have_count(1)


def test_all_cards_that_come_into_view_are_drawn_in_full_and_written_in(large: Editor) -> None:
    page = large.page
    large.press("0")
    page.wait_for_function(f"() => ({VIEW})()[2] > 0.99")
    left, top = middle(large, ".small-map")
    page.mouse.click(left + 20, top + 10)
    x, y = seen(large)
    number = round(y / APART) * ACROSS + round(x / APART)
    large.set(f"latent {number}", "scale", "2")
    assert large.document["nodes"][f"latent_{number}"]["inputs"]["scale"] == 2
    expect(page.locator(".card > .card-header").nth(2)).to_be_visible()
    expect(page.locator(".card-far")).to_have_count(0)


def test_the_small_map_leads_to_where_it_is_pressed_and_is_dragged_and_zoomed(large: Editor) -> None:
    page = large.page
    large.press("0")
    page.wait_for_function(f"() => ({VIEW})()[2] > 0.99")
    left, top = middle(large, ".small-map")
    page.mouse.click(left - 30, top - 15)
    x, y = seen(large)
    page.mouse.click(left + 30, top + 15)
    to_x, to_y = seen(large)
    assert to_x - x > 2000 and to_y - y > 800
    page.mouse.move(left + 30, top + 15)
    page.mouse.down()
    page.mouse.move(left + 10, top + 15, steps=4)
    page.mouse.up()
    back_x, back_y = seen(large)
    assert x < back_x < to_x - 1000 and back_y == pytest.approx(to_y, abs=1)
    page.mouse.move(left, top)  # without a button, it isn't dragged on
    assert seen(large) == (back_x, back_y)
    zoom = page.evaluate(VIEW)[2]
    page.mouse.wheel(0, 240)
    page.wait_for_function(f"() => ({VIEW})()[2] < {zoom * 0.9}")
    assert seen(large) == pytest.approx((back_x, back_y), abs=1)
