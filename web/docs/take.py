"""Take the pictures of the editor that the README shows, or of every view at every size to look at.

    python web/docs/take.py [--all FOLDER]

Runs a server with an empty home folder, draws with the model that graphengine brings, and photographs what is
in `web/dist`, in Debian's Chromium. Run it from the repository.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Error, sync_playwright  # noqa: E402

from tests.web.conftest import ARGUMENTS, CHROMIUM  # noqa: E402
from tests.web.editor import Editor  # noqa: E402
from tests.web.served import Served, served  # noqa: E402

SIZES = {"": (1280, 800), "wide": (1920, 1080), "narrow": (390, 844)}
SCHEMES = ("dark", "light")
LOOKS = "localStorage['graphengine.autosave'] = 'off'"


def start(editor: Editor) -> None:
    """What there is to begin with."""
    editor.page.locator(".start img").first.wait_for()
    editor.page.get_by_text("Loading…").wait_for(state="detached")


def canvas(editor: Editor) -> None:
    """A workflow that was run."""
    editor.template("text_to_image")
    editor.run()
    editor.card("save").locator(".card-pictures img").first.wait_for()


def palette(editor: Editor) -> None:
    """Nodes to add."""
    editor.template("text_to_image")
    editor.press("Tab")
    editor.page.locator("[cmdk-input]:focus").wait_for()
    editor.page.keyboard.type("latent")


def form(editor: Editor) -> None:
    """The parameters alone, and the result."""
    canvas(editor)
    button = editor.page.get_by_role("button", name="Form")
    if button.is_visible():
        button.click()
    else:
        editor.page.get_by_role("button", name="More", exact=True).click()
        editor.page.get_by_role("menuitem", name="form").first.click()
    editor.page.locator(".form-view img").first.wait_for()


def queue(editor: Editor) -> None:
    """What runs, what waits, what was made."""
    canvas(editor)
    if not editor.page.get_by_role("tab", name="Queue").is_visible():
        editor.page.get_by_role("button", name="Open panel").click()
    editor.page.get_by_role("tab", name="Queue").click()


def gallery(editor: Editor) -> None:
    """A picture at large."""
    canvas(editor)
    for prompt in ("a green star on a yellow background", "a blue ring on a white background"):
        editor.set("positive", "text", prompt)
        editor.run()
    if not editor.page.locator(".gallery").is_visible():
        editor.page.get_by_role("button", name="Open panel").click()
    editor.page.locator(".gallery img").first.click()
    editor.page.locator("dialog img").first.wait_for()


def painter(editor: Editor) -> None:
    """A mask in the making."""
    editor.template("inpaint")
    editor.press("Control+f")
    editor.choose("picture")
    editor.card("picture").get_by_role("button", name="Paint a mask").click()
    editor.page.locator(".paint-stage canvas").first.wait_for()


def conflict(editor: Editor) -> None:
    """Two pages saved the same workflow."""
    editor.template("text_to_image")
    name = f"shared {len(editor.server.json('/api/workflows')['workflows'])}"
    editor.save_as(name)
    other = Editor.open(editor.page.context, editor.server)
    other.template(name)
    for page, value in ((other, "3"), (editor, "5")):
        page.set("sample", "steps", value)
    other.press("Control+s")
    other.page.get_by_text("version 2").first.wait_for()
    other.page.close()
    editor.press("Control+s")
    editor.page.locator("dialog").wait_for()


def subgraph(editor: Editor) -> None:
    """A graph inside of another."""
    editor.template("picture_per_line")
    editor.card("pictures").get_by_role("button", name="Enter the subgraph draw").click()
    editor.card("io/inputs").wait_for()


def files(editor: Editor) -> None:
    """Workflows to open."""
    editor.press("Control+o")
    editor.page.locator("dialog .file").first.wait_for()


def commands(editor: Editor) -> None:
    """Commands, found by name."""
    editor.template("text_to_image")
    editor.press("Control+k")
    editor.page.locator("[cmdk-item]").first.wait_for()


def shortcuts(editor: Editor) -> None:
    """All keys."""
    editor.press("?")
    editor.page.locator("dialog").wait_for()


VIEWS: tuple[Callable[[Editor], None], ...] = (
    *(start, canvas, palette, form, queue, gallery, painter, conflict, subgraph, files, commands, shortcuts),
)
SHOWN = {
    *(("canvas", "", "dark"), ("canvas", "", "light"), ("form", "narrow", "dark"), ("start", "", "dark")),
    *(("painter", "", "dark"), ("subgraph", "", "dark"), ("gallery", "", "dark"), ("conflict", "", "light")),
    *(("queue", "", "light"), ("palette", "", "light")),
}
"""What the README shows: view, size, colours."""


def take(
    browser: Browser, server: Served, view: Callable[[Editor], None], size: str, scheme: str, file: Path
) -> None:
    """One picture."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=size == "narrow"
    )
    context.add_init_script(LOOKS)
    editor = Editor(context.new_page(), server)
    try:
        editor.visit()
        view(editor)
        editor.page.wait_for_timeout(700)
    except Error as error:
        print(f"{file.name}: {str(error).splitlines()[0]}", file=sys.stderr)
    editor.page.screenshot(path=file)
    context.close()


def main() -> None:
    """Take them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--view", action="append", help="only this one; may be given more than once")
    asked = parser.parse_args()
    folder = asked.all or ROOT / "web" / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for view in VIEWS:
            name = view.__name__
            for size in SIZES:
                for scheme in SCHEMES:
                    if asked.view and name not in asked.view:
                        continue
                    if asked.all is None and (name, size, scheme) not in SHOWN:
                        continue
                    parts = [name, size, "light" if scheme == "light" else ""]
                    take(browser, server, view, size, scheme, folder / f"{'_'.join(filter(None, parts))}.png")
        browser.close()


if __name__ == "__main__":
    main()
