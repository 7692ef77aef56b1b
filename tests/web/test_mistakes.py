"""What comes in broken, is refused or fails: said plainly where it is, and nothing is lost."""

from __future__ import annotations

import errno
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.web.editor import Editor, written
from tests.web.served import Served, served

TEMPLATE = Path(__file__).parents[2] / "workflows" / "text_to_image.json"
TOKEN = "a-token-of-sufficient-length-1234"
PLUGIN = '''
from graphengine import Image, node

@node(category="trouble")
def give_up(image: Image) -> Image:
    """Fails whatever it gets."""
    raise RuntimeError("the lamp went out")
'''


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


FILES = (
    ("broken.json", b'{\n  "format": "graphengine/1",\n  "nodes": {,}\n}', "line 3, column 13: expected"),
    ("cut.json", TEMPLATE.read_bytes()[:200], "line 9, column 5"),
    ("newer.json", b'{"format": "graphengine/2", "nodes": {}}', "newer than the program: update graphengine"),
    ("list.json", b"[1]", "expected a JSON object"),
    ("empty.json", b"", "It is empty."),
    ("comfy.json", b'{"3": {"class_type": "KSampler", "inputs": {}}}', "a workflow of ComfyUI"),
    ("node.json", b'{"format": "graphengine/1", "nodes": {"a": {"type": 3}}}', "'type': expected a string"),
    ("number.json", b'{"format": "graphengine/1", "layout": {"a": 1e999}}', "number 1e999 is too large"),
    ("bytes.json", b'{"format": "\xff"}', "neither a workflow nor a picture"),
    ("film.mp4", bytes(1000), "neither a workflow nor a picture"),
    ("cut.png", picture()[:30], "Expected a picture: PNG"),
    ("moving.gif", b"GIF89a", "Expected a PNG, JPEG or WebP picture, got image/gif."),
)  # fmt: skip


def test_files_that_are_no_workflow_say_why_and_lose_nothing(editor: Editor) -> None:
    editor.template("text_to_image")
    before = editor.document
    for name, content, reason in FILES:
        kind = {".png": "image/png", ".gif": "image/gif"}.get(name[-4:], "application/json")
        editor.drop(name, kind, content)
        notice = editor.page.locator(".notice", has_text=f"'{name}' can't be opened.")
        expect(notice).to_contain_text(reason)
    editor.page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([" ".repeat(20_000_000)], "huge.json", { type: "application/json" }));
            const dropped = new DragEvent("drop", { dataTransfer: transfer, bubbles: true });
            document.querySelector(".canvas").dispatchEvent(dropped);
        }"""
    )
    expect(editor.page.locator(".notice", has_text="'huge.json'")).to_contain_text("no workflow more than 16")
    assert editor.document == before
    assert {status for status, _ in editor.refused} <= {400, 413, 415, 422}
    editor.refused.clear()


def test_a_name_that_no_file_can_have_is_told_where_it_is_written(editor: Editor) -> None:
    editor.page.get_by_role("button", name="Save", exact=True).click()
    dialog = editor.page.locator("dialog")
    for name, expected in (("a/b", "a name without /"), ("CON", "Windows keeps"), ("x" * 300, "got 300")):
        dialog.get_by_label("Name").fill(name)
        editor.press("Enter")
        expect(dialog.locator(".notice", has_text=expected)).to_be_visible()
        assert editor.document["name"] == ""
    dialog.get_by_label("Name").fill("ab")
    editor.press("Enter")
    dialog.wait_for(state="detached")
    assert editor.document["name"] == "ab"
    assert [status for status, _ in editor.refused] == [422] * 3
    editor.refused.clear()


def test_nonsense_in_the_clipboard_is_named(editor: Editor) -> None:
    editor.template("text_to_image")
    before = editor.document
    for content, words in (
        ("hello", "The clipboard holds neither nodes nor a workflow."),
        ('{"format": "graphengine/clip"}', "The clipboard holds neither nodes nor a workflow."),
        ('{"format": "graphengine/clip", "nodes": {"a": 3}, "layout": {}}', "neither nodes nor a workflow"),
        ('{"format": "graphengine/1",\n "nodes": [}', "line 2, column 12"),
        ('{"format": "graphengine/1", "parameters": {"a": 3}}', "parameter 'a'"),
    ):
        editor.paste(content)
        editor.page.locator(".notice", has_text=words).last.wait_for()
        assert editor.document == before


def test_what_nodes_check_by_themselves_is_told_in_place_before_a_run(editor: Editor) -> None:
    editor.template("text_to_image")
    status = editor.page.locator(".status")
    status.get_by_text("ready to run").wait_for()
    editor.set("positive", "text", "a (red circle:x")
    editor.card("positive").get_by_text("Expected ')' somewhere after this").first.wait_for()
    status.get_by_text("1 problem").click()
    editor.page.locator(".side").get_by_text("a weight such as 1.3").first.wait_for()
    editor.set("positive", "text", "a red circle")
    status.get_by_text("ready to run").wait_for()


def test_an_unknown_node_is_a_placeholder_and_is_kept_letter_by_letter(
    editor: Editor, server: Served, tmp_path: Path
) -> None:
    document = written(TEMPLATE)
    document["nodes"]["sample"]["type"] = "sampler_of_a_plugin"
    document["nodes"]["sample"]["inputs"]["secret"] = {"deep": [1, 2.0, 1e-05, None, 2**63]}
    document["nodes"]["sample"]["inputs"]["whole"] = 4.0
    kept = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    editor.drop("plugin.json", "application/json", kept.encode())
    card = editor.card("sample")
    card.get_by_text("There is no node type 'sampler_of_a_plugin' here.").first.wait_for()
    card.get_by_text("plugins folder").first.wait_for()
    editor.save_as("plugin")
    assert server.read("/api/workflows/plugin/export").decode() == kept
    assert editor.export(tmp_path).read_text() == kept
    assert {status for status, _ in editor.refused} <= {422}
    editor.refused.clear()


def test_a_defect_of_the_editor_itself_hands_out_what_is_open(editor: Editor) -> None:
    editor.template("text_to_image")
    editor.set("sample", "steps", "7")
    editor.page.evaluate(
        """() => {
            const replaceAll = String.prototype.replaceAll;
            String.prototype.replaceAll = () => { throw new Error("planted"); };
            window.mend = () => { String.prototype.replaceAll = replaceAll; };
        }"""
    )
    editor.press("Control+a", "c")
    mishap = editor.page.locator(".mishap")
    expect(mishap).to_contain_text("planted")
    with editor.page.expect_download() as download:
        mishap.get_by_role("button", name="Download 'text to image'").click()
    assert written(Path(download.value.path()))["nodes"]["sample"]["inputs"]["steps"] == 7
    editor.page.evaluate("mend()")
    mishap.get_by_role("button", name="Try again").click()
    editor.card("sample").wait_for()
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 7
    editor.press("Control+z")
    editor.input("sample", "steps").wait_for()
    assert any("planted" in complaint for complaint in editor.complaints)
    editor.complaints.clear()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that asks for a token, and has a node that fails."""
    home = tmp_path_factory.mktemp("guarded") / "home"
    (home / "plugins").mkdir(parents=True)
    (home / "plugins" / "trouble.py").write_text(PLUGIN)
    with served(home, token=TOKEN) as server:
        yield server


def let_in(editor: Editor) -> None:
    field = editor.page.locator("dialog").get_by_label("This server asks for its token")
    field.fill("not the token")
    editor.press("Enter")
    editor.page.get_by_text("The server refused the token.").wait_for()
    field.fill(TOKEN)
    editor.press("Enter")
    editor.page.locator("dialog").wait_for(state="detached")


def test_a_wrong_token_is_refused_and_the_right_one_loses_nothing(browser: Browser, guarded: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor.open(context, guarded)
    let_in(editor)
    editor.template("text_to_image")
    editor.set("sample", "steps", "3")
    context.clear_cookies()  # as when the server got another token meanwhile
    editor.press("Control+Enter")
    let_in(editor)
    assert editor.document["nodes"]["sample"]["inputs"]["steps"] == 3
    assert editor.run()["state"] == "succeeded"
    context.close()


def test_what_there_is_to_begin_with_comes_with_the_token(browser: Browser, guarded: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor(context.new_page(), guarded)
    editor.visit()
    let_in(editor)
    editor.page.locator('.start .file[data-name="text_to_image"]').wait_for()
    context.clear_cookies()
    app = Editor(context.new_page(), guarded)
    app.page.goto(f"{guarded.url}/app/nothing#token={TOKEN}")
    app.page.get_by_text("There is no workflow 'nothing' here.").wait_for()
    assert 401 not in [status for status, _ in app.refused]
    context.close()


def test_a_node_that_fails_says_so_where_it_is(browser: Browser, guarded: Served) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    editor = Editor(context.new_page(), guarded)
    editor.visit(f"/#token={TOKEN}")
    document = written(TEMPLATE)
    document["nodes"]["sample"]["inputs"]["steps"] = 2
    document["nodes"]["bad"] = {"type": "give_up", "inputs": {"image": {"from": "decode.image"}}}
    document["nodes"]["save"]["inputs"]["image"] = {"from": "bad.image"}
    document["layout"]["bad"] = {"x": 1600, "y": 0}
    editor.drop("trouble.json", "application/json", json.dumps(document).encode())
    editor.card("bad").wait_for()
    editor.submit()
    editor.card("bad").get_by_text("the lamp went out").wait_for(timeout=60_000)
    expect(editor.card("bad").locator(".badge")).to_have_text("failed")
    expect(editor.card("sample").get_by_role("alert")).to_have_count(0)
    context.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of its own with little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path) -> Path:
    """Use up what room there is."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError as error:
            assert error.errno == errno.ENOSPC
    return ballast


def test_a_full_disk_is_told_and_nothing_is_lost(browser: Browser, small_disk: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with served(small_disk / "home") as server:
        editor = Editor.open(context, server)
        editor.template("text_to_image")
        editor.save_as("full")
        ballast = fill(small_disk)
        prompt = "a red circle " * 12_000  # more than SQLite may still have room for
        editor.set("positive", "text", prompt)
        editor.press("Control+s")
        editor.page.locator(".status").get_by_text("not saved: the server's disk is full").wait_for()
        editor.press("Control+Enter")
        editor.page.locator(".notice", has_text="is full; make room").wait_for()
        assert server.json("/api/workflows/full")["version"] == 1
        assert editor.document["nodes"]["positive"]["inputs"]["text"] == prompt
        ballast.unlink()
        editor.press("Control+s")
        editor.page.get_by_text("Saved 'full', version 2").wait_for()
        editor.set("positive", "text", "a red circle")
        editor.set("sample", "steps", "2")
        assert editor.run()["state"] == "succeeded"
        context.close()
