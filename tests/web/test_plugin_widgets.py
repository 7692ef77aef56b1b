"""Inputs that plugins draw themselves: one that works, and ones that don't, which take nothing else down."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.web.editor import Editor
from tests.web.served import Served, served
from tests.web.test_accessibility import AXE, SERIOUS
from tests.web.waiting import until

DOCS = Path(__file__).parents[2] / "docs" / "widgets.md"
NODES = """
from typing import Annotated

from graphengine.authoring import Field, OwnWidget, node

Value = Annotated[int, Field(ge=0, le=9)]

@node(category="lab")
def works(it: Annotated[Value, OwnWidget("works")] = 1) -> int:
    "One that works."
    return it

@node(category="lab")
def throws(it: Annotated[Value, OwnWidget("throws")] = 1) -> int:
    "One that throws when it is drawn."
    return it

@node(category="lab")
def throws_later(it: Annotated[Value, OwnWidget("throws_later")] = 1) -> int:
    "One that throws when it is used."
    return it

@node(category="lab")
def says_nothing(it: Annotated[Value, OwnWidget("says_nothing")] = 1) -> int:
    "One whose module exports nothing."
    return it

@node(category="lab")
def freezes(it: Annotated[Value, OwnWidget("freezes")] = 1) -> int:
    "One that is never drawn."
    return it
"""
STEPPER = """
export default {
  version: 1,
  widgets: {
    NAME: (host) => ({
      mount(element, props) {
        MOUNT
        this.props = props;
        this.button = document.createElement("button");
        this.button.textContent = "add to " + props.label;
        this.button.onclick = () => {
          CLICK
          for (const more of [1, 2]) this.props.change(this.now + more, { more: true });
          this.props.done();
        };
        this.shown = element.appendChild(document.createElement("output"));
        element.append(this.button);
        this.update(props);
      },
      update(props) {
        this.props = props;
        this.now = props.value;
        this.shown.value = `${host.plugin} has ${props.value}`;
        props.value = "written into a copy";
      },
    }),
  },
};
"""


def module(name: str, mount: str = "", click: str = "") -> str:
    return STEPPER.replace("NAME", name).replace("MOUNT", mount).replace("CLICK", click)


MODULES = {
    "works": module("works"),
    "throws": module("throws", mount='throw new Error("no paint left");'),
    "throws_later": module("throws_later", click='throw new Error("the brush broke");'),
    "says_nothing": "export const nothing = 1;",
    "freezes": module("freezes", mount="return new Promise(() => {});"),
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the plugin `lab` dropped into its home."""
    home = tmp_path_factory.mktemp("lab") / "home"
    folder = home / "plugins" / "lab"
    (folder / "web").mkdir(parents=True)
    (folder / "__init__.py").write_text(NODES)
    for name, text in MODULES.items():
        (folder / "web" / f"{name}.js").write_text(text)
    example = home / "plugins" / "tinting"
    (example / "web").mkdir(parents=True)
    (example / "__init__.py").write_text(in_the_docs("python"))
    (example / "web" / "hue.js").write_text(in_the_docs("js"))
    with served(home) as server:
        yield server


def in_the_docs(language: str) -> str:
    """The code of the example."""
    [code] = re.findall(rf"^```{language}\n(.*?)^```", DOCS.read_text(), re.DOTALL | re.MULTILINE)
    return str(code)


@pytest.fixture
def page(browser: Browser, lab: Served) -> Iterator[Editor]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield Editor.open(context, lab)
    context.close()


def opened(editor: Editor, *types: str) -> None:
    drop(editor, *types)
    editor.cards.first.wait_for()


def drop(editor: Editor, *types: str) -> None:
    document: dict[str, Any] = {
        "format": "graphengine/1",
        "nodes": {type: {"type": type, "inputs": {}} for type in types},
        "layout": {type: {"x": 300 * index, "y": 0} for index, type in enumerate(types)},
    }
    editor.drop("lab.json", "application/json", json.dumps(document).encode())


def value(editor: Editor, node: str) -> Any:
    return editor.document["nodes"][node]["inputs"].get("it")


def test_a_widget_of_a_plugins_sets_its_input_in_one_step_of_undo(page: Editor) -> None:
    opened(page, "works")
    card = page.card("works")
    card.locator("output").wait_for()
    expect(card.locator("output")).to_have_text("lab has 1")
    card.get_by_role("button", name="add to it of works").click()
    expect(card.locator("output")).to_have_text("lab has 3")
    assert value(page, "works") == 3
    card.get_by_role("button", name="add to it of works").click()
    expect(card.locator("output")).to_have_text("lab has 5")
    page.page.get_by_role("button", name="Undo: set it").click()
    expect(card.locator("output")).to_have_text("lab has 3")
    page.page.get_by_role("button", name="Undo: set it").click()
    expect(card.locator("output")).to_have_text("lab has 1")
    assert value(page, "works") is None
    assert page.complaints == []


def test_the_example_of_the_documentation_works(page: Editor) -> None:
    opened(page, "tint")
    slider = page.input("tint", "hue")
    page.card("tint").locator(".card-header").click()
    slider.focus()
    page.press("ArrowRight", "ArrowRight", "PageUp")
    hue = page.document["nodes"]["tint"]["inputs"]["hue"]
    assert hue > 2
    until(lambda: slider.evaluate("(slider) => slider.valueAsNumber"), hue)
    assert page.document["layout"]["tint"] == {"x": 0, "y": 0}


def test_widgets_that_fail_are_named_and_the_plain_field_stands_in(page: Editor) -> None:
    opened(page, "throws", "throws_later", "says_nothing", "works")
    throws, later, nothing = (page.card(name) for name in ("throws", "throws_later", "says_nothing"))
    throws.get_by_text("The widget 'throws' of the plugin 'lab' doesn't work").wait_for()
    throws.get_by_text("no paint left").wait_for()
    nothing.get_by_text("The module has no default export.").wait_for()
    later.get_by_role("button", name="add to it of throws later").click()
    later.get_by_text("the brush broke").wait_for()
    for name in ("throws", "throws later", "says nothing"):
        page.set(name, "it", "7")
    assert [value(page, name) for name in ("throws", "throws_later", "says_nothing")] == [7, 7, 7]
    later.get_by_role("button", name="Try it again").click()
    later.get_by_role("button", name="add to it of throws later").wait_for()
    page.card("works").get_by_role("button", name="add to it of works").wait_for()


def test_a_widget_that_froze_the_page_is_not_loaded_again(page: Editor, lab: Served) -> None:
    with page.page.expect_response("**/freezes.js"):
        drop(page, "freezes")
    with contextlib.suppress(Error):  # as a page that hangs ends: at once, with nothing put in order
        page.page.goto("chrome://crash")
    page.page.close()
    again = Editor.open(page.page.context, lab)
    opened(again, "freezes", "works")
    card = again.card("freezes")
    card.get_by_text("It froze the page the last time, so it wasn't loaded again.").wait_for()
    again.card("works").locator("output").wait_for()
    again.set("freezes", "it", "3")
    assert value(again, "freezes") == 3


def test_the_tone_curve_of_the_bundled_plugin(editor: Editor) -> None:
    document = {
        "format": "graphengine/1",
        "nodes": {
            "solid": {"type": "solid_image", "inputs": {"width": 32, "height": 32, "colour": "#404040"}},
            "tones": {"type": "adjust_tones", "inputs": {"image": {"from": "solid.image"}}},
            "save": {"type": "save_image", "inputs": {"image": {"from": "tones.image"}}},
        },
        "layout": {name: {"x": 320 * index, "y": 0} for index, name in enumerate(("solid", "tones", "save"))},
    }
    editor.drop("tones.json", "application/json", json.dumps(document).encode())
    points = editor.page.locator(".tone-point")
    points.first.wait_for()
    expect(points).to_have_count(2)
    editor.page.get_by_label("shape of curve of tones").select_option("lighter")
    expect(points).to_have_count(3)
    points.nth(1).focus()
    editor.press("ArrowUp", "ArrowLeft", "Shift+ArrowLeft")
    curve = editor.document["nodes"]["tones"]["inputs"]["curve"]
    assert curve == [[0, 0], [0.39, 0.66], [1, 1]]
    assert editor.document["layout"]["tones"] == {
        "x": 320,
        "y": 0,
    }  # the arrows moved the point, not the node
    editor.press("Delete")
    expect(points).to_have_count(2)
    editor.page.get_by_role("button", name="Undo: set curve").click()
    editor.page.evaluate(AXE.read_text())
    assert editor.page.evaluate(SERIOUS) == []
    run = editor.run()
    assert run["state"] == "succeeded" and run["artifacts"]
