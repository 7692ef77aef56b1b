"""axe-core finds nothing serious on any view, in dark and in light."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.editor import Editor

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = """async () => (await axe.run()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])"""


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    editor.template("text_to_image")
    editor.input("sample", "steps").wait_for()
    found = {"main view": editor.page.evaluate(SERIOUS)}
    for view, keys in (("palette", "Tab"), ("files", "Control+o"), ("save", "Control+s"), ("shortcuts", "?")):
        editor.press(keys)
        editor.page.locator("dialog").wait_for()
        found[view] = editor.page.evaluate(SERIOUS)
        editor.press("Escape")
        editor.page.locator("dialog").wait_for(state="detached")
    editor.page.get_by_role("button", name="Form").click()
    found["form"] = editor.page.evaluate(SERIOUS)
    assert {view: violations for view, violations in found.items() if violations} == {}


@pytest.mark.parametrize("scheme", ("dark", "light"))
def test_axe_finds_nothing_serious_in_a_subgraph(editor: Editor, scheme: str) -> None:
    editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    editor.page.evaluate(AXE.read_text())
    editor.template("picture_per_line")
    editor.card("pictures").get_by_role("button", name="Enter the subgraph draw").click()
    editor.card("io/inputs").wait_for()
    found = {"inside": editor.page.evaluate(SERIOUS)}
    editor.card("io/inputs").get_by_role("button", name="seed int").click()
    editor.page.locator("dialog").wait_for()
    found["port"] = editor.page.evaluate(SERIOUS)
    assert {view: violations for view, violations in found.items() if violations} == {}
