"""A workflow as an app at an address of its own, links to workflows, and where one begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.editor import Editor
from tests.web.served import PATIENCE, Served
from tests.web.test_accessibility import AXE, SERIOUS

SEEN = {"width": 390, "height": 844}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A small screen on which nothing was done before."""
    context = browser.new_context(viewport=SEEN, has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_an_app_is_arranged_in_the_editor_and_used_on_a_phone(
    editor: Editor, server: Served, phone: Page
) -> None:
    editor.template("text_to_image")
    editor.save_as("my app")
    editor.page.get_by_role("button", name="Form", exact=True).click()
    editor.page.get_by_role("button", name="Arrange").click()
    label = editor.page.get_by_label("What people read beside steps")
    label.fill("How many steps?")
    label.press("Enter")
    for _ in range(3):
        editor.page.get_by_role("button", name="Move How many steps? up").click()
    editor.press("Control+s")
    editor.page.get_by_text("Saved 'my app', version 2").wait_for()
    assert next(iter(editor.document["parameters"])) == "steps"

    loaded: list[str] = []
    phone.on("response", lambda answer: loaded.append(answer.url))
    phone.goto(f"{server.url}/app/my%20app")
    rows = phone.locator(".form-row")
    rows.first.wait_for()
    expect(rows.nth(0).locator(".row-name")).to_have_text("How many steps?")
    expect(phone.locator(".react-flow")).to_have_count(0)
    assert [url for url in loaded if "/assets/editor-" in url] == []
    steps = rows.nth(0).get_by_role("textbox").or_(rows.nth(0).get_by_role("spinbutton")).first
    steps.fill("2")
    steps.blur()
    phone.get_by_role("button", name="Run", exact=True).click()
    picture = phone.locator(".form-pictures figure img")
    picture.wait_for(timeout=PATIENCE * 1000)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename.endswith(".png")
    assert phone.evaluate("document.documentElement.scrollWidth") <= SEEN["width"]
    [run] = server.json("/api/runs?workflow=my%20app")["runs"]
    assert run["values"]["steps"] == 2
    assert server.json("/api/workflows/my%20app")["version"] == 2  # what is set in an app isn't saved
    phone.evaluate(AXE.read_text())
    assert phone.evaluate(SERIOUS) == []


def test_an_app_that_there_isnt_is_told_with_names_near_to_it(phone: Page, server: Served) -> None:
    phone.goto(f"{server.url}/app/text_to_imgae")
    phone.get_by_text("There is no workflow 'text_to_imgae' here.").wait_for()
    phone.get_by_role("link", name="text_to_image").click()
    expect(phone.get_by_role("button", name="Run", exact=True)).to_be_visible()


def test_one_begins_with_a_template_or_with_nothing(phone: Page, server: Served) -> None:
    phone.goto(server.url)
    card = phone.locator(".start .file[data-name=text_to_image]")
    expect(card.locator("img")).to_have_js_property("complete", True)
    phone.evaluate(AXE.read_text())
    assert phone.evaluate(SERIOUS) == []
    phone.get_by_role("button", name="Empty workflow").click()
    expect(phone.locator(".start")).to_have_count(0)
    phone.get_by_role("button", name="New workflow").click()
    card.click()
    phone.locator(".react-flow__node").first.wait_for()
    expect(phone.locator(".start")).to_have_count(0)


def test_a_link_opens_its_workflow_and_the_library_is_kept_in_order(editor: Editor, server: Served) -> None:
    editor.template("text_to_image")
    editor.save_as("linked")
    editor.visit("/?workflow=linked")
    editor.card("sample").wait_for()
    expect(editor.page.locator(".tab")).to_have_count(1)  # it was open in this one already
    dialog = editor.page.locator("dialog")

    def choose(action: str) -> None:
        dialog.get_by_role("button", name="What can be done with linked", exact=True).click()
        dialog.get_by_role("menuitem", name=action, exact=True).click()

    editor.press("Control+o")
    dialog.get_by_label("Search workflows").fill("linked")
    choose("Duplicate")
    dialog.locator('.file[data-name="linked copy"]').wait_for()
    choose("Rename")
    dialog.get_by_label("New name of linked").fill("other name")
    editor.press("Enter")
    dialog.get_by_label("Search workflows").fill("")
    dialog.locator('.file[data-name="other name"]').wait_for()
    dialog.get_by_role("button", name="What can be done with linked copy").click()
    dialog.get_by_role("menuitem", name="Delete").click()
    dialog.get_by_role("button", name="Delete", exact=True).click()
    dialog.locator('.file[data-name="linked copy"]').wait_for(state="detached")
    names = {each["name"] for each in server.json("/api/workflows")["workflows"]}
    assert "other name" in names and names.isdisjoint({"linked", "linked copy"})
    editor.press("Escape")
    expect(editor.page.locator(".tab.active .name")).to_contain_text("other name")


def test_a_link_to_what_there_isnt_says_what_was_probably_meant(editor: Editor) -> None:
    editor.visit("/?workflow=text_to_imgae")
    editor.page.get_by_text(
        "there is no saved workflow 'text_to_imgae'; did you mean 'text_to_image'?"
    ).wait_for()
    assert editor.refused.pop()[0] == 404
