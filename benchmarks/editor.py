"""Measure the editor in a browser on a large graph, beside a React Flow of the same size with nothing in it.

    (cd web && npm ci && npm run build)
    python benchmarks/editor.py [--pictures 125] [--repeats 3] [--chromium /usr/bin/chromium]

Starts `graphengine serve` on a free port with a home folder that is removed afterwards, and serves
`bare_flow/`, built against the editor's own packages. Both get the graph of `large_workflow.py`, 1,000 nodes
and 1,500 links unless told otherwise, in a canvas of the same size, and the same gestures of a real mouse and
keyboard. Frames are those that Chromium's trace says were drawn; `work` is the processor time of the page's
own thread for each of them, which other programs on the machine change the least.
Medians over the repeats, in brackets the least and the most; a ratio is the editor's median by React Flow's.
"""

import argparse
import functools
import gzip
import http.server
import json
import math
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from browser_trace import Frames, traced
from large_workflow import ACROSS, as_react_flow, large_workflow, links
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
BARE = Path(__file__).resolve().parent / "bare_flow"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAME = "large"
STEPS = 90
UNCAUGHT = 60
"""Pixels from a port at which a link isn't caught by it yet."""
PATIENCE = 30_000
WATCH = """() => {
    const nodes = document.getElementsByClassName("react-flow__node");
    const edges = document.getElementsByClassName("react-flow__edge-path");
    const drawing = document.getElementsByClassName("link-map");
    window.opening = new Promise((done) => {
        window.addEventListener("click", ({ timeStamp }) => {
            let last = [0, 0];
            let drawn = null;
            const look = () => {
                const lines = edges.length + (drawing[0]?.childElementCount ?? 0);
                if (nodes.length !== last[0] || lines !== last[1]) drawn = null;
                else drawn ??= performance.now(); // the frame after the last change
                last = [nodes.length, lines];
                const settled = lines > 0 && drawn && performance.now() - drawn > 1500;
                if (settled) done([drawn - timeStamp, ...last]);
                else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        }, { capture: true, once: true });
    });
}"""
"""From the click that opens the graph to the frame after which no node or line was added."""
GAP = """() => {
    const { left, top, width, height } = document.querySelector(".react-flow").getBoundingClientRect();
    for (let ring = 0; ring < 300; ring += 3)
        for (const [x, y] of [[ring, 0], [0, ring], [-ring, 0], [0, -ring], [ring, ring]]) {
            const at = [left + width / 2 + x, top + height / 2 + y];
            if (document.elementFromPoint(...at)?.classList.contains("react-flow__pane")) return at;
        }
    throw new Error("no place between the nodes");
}"""
VIEWPORT = """() => {
    const { transform } = getComputedStyle(document.querySelector(".react-flow__viewport"));
    const { a, e, f } = new DOMMatrix(transform);
    return [a, e, f];
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
LOADED = """() => performance.getEntriesByType("resource")
    .filter(({ name, startTime }) => !new URL(name).pathname.startsWith("/api/")
        && startTime <= performance.getEntriesByName("first-contentful-paint")[0].startTime)
    .map(({ name }) => name)"""


class Flow:
    """A page with a React Flow on it, and what people do there."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self.browser = browser
        self.page = page
        self.seen: dict[str, Frames] = {}

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Of the first such element: left, top, width, height."""
        box = self.page.locator(selector).first.bounding_box()
        if box is None:
            raise RuntimeError(f"{selector} isn't on the page")
        return box["x"], box["y"], box["width"], box["height"]

    def drag(self, to: tuple[float, float], start: tuple[float, float]) -> None:
        """There and back."""
        mouse = self.page.mouse
        mouse.down()
        mouse.move(*to, steps=STEPS // 2)
        mouse.move(*start, steps=STEPS // 2)
        mouse.up()

    def measure(self, name: str, gesture: Callable[[], None]) -> None:
        """Make a gesture, once the page has come to rest."""
        self.page.wait_for_timeout(600)
        print(f"{name} … ", end="", file=sys.stderr, flush=True)
        self.seen[name] = traced(self.browser, self.page, gesture)

    def pan(self, name: str) -> None:
        """Drag the ground."""
        at = self.page.evaluate(GAP)
        self.page.mouse.move(*at)
        self.measure(name, lambda: self.drag((at[0] + 360, at[1] + 270), at))

    def zoom(self, name: str, by: float, steps: int = STEPS) -> None:
        """Turn the wheel at the middle of the canvas."""
        left, top, width, height = self.box(".react-flow")
        self.page.mouse.move(left + width / 2, top + height / 2)
        self.measure(name, lambda: [self.page.mouse.wheel(0, by) for _ in range(steps)] and None)

    def move_node(self, name: str, node: str, handle: str) -> None:
        """Drag a node that is in view."""
        left, top, width, height = self.box(f'.react-flow__node[data-id="{node}"] {handle}')
        start = (left + width * 0.6, top + height / 2)
        self.page.mouse.move(*start)
        self.measure(name, lambda: self.drag((start[0] - 360, start[1] + 360), start))

    def link(self, name: str, source: str, target: str) -> None:
        """Draw a link from one port past others to another.

        The last move is from where its port hasn't caught it yet: while it is caught nothing changes, and the
        time without a frame would count as a long one.
        """
        left, top, width, height = self.box(source)
        to_left, to_top, to_width, to_height = self.box(target)
        end = (to_left + to_width / 2, to_top + to_height / 2)
        far = (left + 160, top - 160)
        part = UNCAUGHT / math.dist(far, end)
        near = (end[0] + part * (far[0] - end[0]), end[1] + part * (far[1] - end[1]))
        self.page.mouse.move(left + width / 2, top + height / 2)

        def draw() -> None:
            self.page.mouse.down()
            self.page.mouse.move(*far, steps=STEPS // 2)
            self.page.mouse.move(*near, steps=STEPS // 2)
            self.page.mouse.move(*end)
            self.page.mouse.up()

        self.measure(name, draw)

    def look_at(self, x: float, y: float) -> None:
        """Zoom in by the wheel, as people do, at a place of the graph that is in view."""
        left, top, *_ = self.box(".react-flow")
        zoom, right, down = self.page.evaluate(VIEWPORT)
        self.page.mouse.move(left + x * zoom + right, top + y * zoom + down)
        while abs(zoom - 1) > 0.05:
            self.page.mouse.wheel(0, (1 if zoom > 1 else -1) * (200 if abs(zoom - 1) > 0.4 else 40))
            self.page.wait_for_timeout(40)
            zoom, *_ = self.page.evaluate(VIEWPORT)


@contextmanager
def graphengine(home: Path) -> Iterator[str]:
    """The server's address, while the block runs."""
    command = [sys.executable, "-m", "graphengine", "serve", "--home", str(home), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        try:
            yield "http://127.0.0.1:" + line.split("http://127.0.0.1:")[1].split("/")[0].split()[0]
        finally:
            process.terminate()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a line for each."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """A folder's address, while the block runs."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


Opened = tuple[Flow, float, int, int]


def opened(browser: Browser, url: str, ready: Callable[[Page], None]) -> Opened:
    """A page with the graph on it: how many milliseconds that took, the nodes and edges drawn."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    page.evaluate(WATCH)
    ready(page)
    took, nodes, edges = page.evaluate("window.opening")
    return Flow(browser, page), took, nodes, edges


def through_the_dialog(page: Page) -> None:
    """Open the saved workflow."""
    page.get_by_role("toolbar").wait_for()
    page.keyboard.press("Control+o")
    file = page.locator(f'dialog .file[data-name="{NAME}"]')
    file.wait_for()
    page.wait_for_timeout(500)
    file.click()


def gestures(flow: Flow, pictures: int, editor: bool) -> None:
    """All that is measured on a page with the graph."""
    middle = (-(-pictures // ACROSS) // 2) * ACROSS + min(pictures, ACROSS) // 2
    mix, negative = f"mix_{middle}", f"negative_{middle}"
    flow.pan("pan, all in view")
    flow.zoom("zoom out of and into all", -8)
    flow.zoom("zoom back", 8)
    place = large_workflow(pictures)["layout"][mix]
    flow.look_at(place["x"] - 80, place["y"] + 190)
    flow.pan("pan at full size")
    flow.zoom("zoom at full size", 6)
    flow.zoom("zoom back at full size", -6)
    flow.move_node("drag a node", mix, ".card-header" if editor else "div")
    source = f'.react-flow__node[data-id="{negative}"] .react-flow__handle.source'
    target = f'.react-flow__node[data-id="{mix}"] .react-flow__handle.target'
    flow.link("draw a link", source, target + '[data-handleid="conditionings"]' * editor)
    if editor:
        field = flow.page.locator(f'.react-flow__node[data-id="positive_{middle}"] textarea')
        field.focus()
        flow.measure("type in a field", lambda: flow.page.keyboard.type("and a square ", delay=40))
        field.blur()
        flow.measure(
            "undo", lambda: [flow.page.keyboard.press("Control+z", delay=150) for _ in range(3)] and None
        )


def first_start(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds until the first paint that shows something, and the gzipped kB that it needs."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(url)
    page.get_by_role("toolbar").wait_for()
    page.wait_for_timeout(500)
    needed = [url, *page.evaluate(LOADED)]
    size = sum(len(gzip.compress(urllib.request.urlopen(address).read(), 6)) for address in needed)
    painted: float = page.evaluate(PAINT)
    page.context.close()
    return painted, size / 1000


def told(values: list[float]) -> str:
    """The median, and in brackets the least and the most."""
    return f"{statistics.median(values):6.0f} ({min(values):.0f} to {max(values):.0f})"


def table(editor: list[Flow], bare: list[Flow]) -> None:
    """Print what was measured of every gesture."""
    columns: dict[str, Callable[[Frames], float]] = {
        "frames a second": lambda frames: frames.rate,
        "longest frame, ms": lambda frames: frames.longest,
        "answer to an input, ms": lambda frames: statistics.median(frames.answers),
        "work a frame, ms": lambda frames: frames.work,
    }
    for name in editor[0].seen:
        print(f"\n{name}")
        for column, read in columns.items():
            ours = [read(flow.seen[name]) for flow in editor]
            line = f"  {column:24} {told(ours):24}"
            if name in bare[0].seen:
                theirs = [read(flow.seen[name]) for flow in bare]
                ratio = statistics.median(ours) / max(0.01, statistics.median(theirs))
                line += f"{told(theirs):24} {ratio:5.2f}"
            print(line)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pictures", type=int, default=125)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    document = large_workflow(asked.pictures)
    size = f"{len(document['nodes'])} nodes, {len(links(document))} links"
    print(f"{size}; the editor, a bare React Flow, the ratio")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder) / "bare"
        vite = WEB / "node_modules" / "vite" / "bin" / "vite.js"
        subprocess.run(
            ["node", vite, "build", BARE, "--outDir", built, "--logLevel", "error"], check=True, cwd=WEB
        )
        (built / "graph.json").write_text(json.dumps(as_react_flow(document)))
        with graphengine(Path(folder) / "home") as url, files(built) as bare_url:
            request = urllib.request.Request(
                f"{url}/api/workflows/{NAME}",
                json.dumps({"document": document, "version": 0}).encode(),
                {"Content-Type": "application/json"},
                method="PUT",
            )
            urllib.request.urlopen(request).close()
            browser = playwright.chromium.launch(executable_path=asked.chromium, args=ARGUMENTS)
            measure(browser, url, bare_url, asked.pictures, asked.repeats)
            browser.close()


def measure(browser: Browser, url: str, bare_url: str, pictures: int, repeats: int) -> None:
    """One after the other, each as often as told."""
    starts = [first_start(browser, url) for _ in range(repeats + 2)]
    print(f"first paint {told([paint for paint, _ in starts])} ms; it needs {starts[0][1]:.0f} kB, gzipped")
    editors: list[Opened] = []
    bares: list[Opened] = []
    for _ in range(repeats):
        editors.append(opened(browser, url, through_the_dialog))
        flow = editors[-1][0]
        _, _, width, height = flow.box(".react-flow")
        gestures(flow, pictures, editor=True)
        flow.page.context.close()
        address = f"{bare_url}/?width={width}&height={height}"
        bares.append(opened(browser, address, lambda page: page.locator("#open").click()))
        gestures(bares[-1][0], pictures, editor=False)
        bares[-1][0].page.context.close()
    ours, theirs = ([took for _, took, *_ in flows] for flows in (editors, bares))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"open, ms   {told(ours):24}{told(theirs):24} {ratio:5.2f}")
    for name, (_, _, nodes, edges) in (("editor", editors[0]), ("React Flow", bares[0])):
        print(f"           {name}: {nodes} nodes and {edges} lines on the page then")
    table([flow for flow, *_ in editors], [flow for flow, *_ in bares])


if __name__ == "__main__":
    main()
