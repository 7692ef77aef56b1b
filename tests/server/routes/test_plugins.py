"""The modules of plugins' widgets, and the example pictures."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphengine.home import Home
from tests.server.live import Live, live_server

NODE = """
from typing import Annotated

from graphengine.authoring import OwnWidget, node

@node(category="t")
def paint(stroke: Annotated[str, OwnWidget("brush")] = "") -> None:
    "Paint."
"""


@pytest.fixture(scope="module")
def painting(first_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with a plugin that draws a widget."""
    root = tmp_path_factory.mktemp("painting") / "home"
    shutil.copytree(first_home, root)
    plugin = root / "plugins" / "paint box"
    (plugin / "web" / "deeper").mkdir(parents=True)
    (plugin / "__init__.py").write_text(NODE)
    (plugin / "web" / "brush.js").write_text("export default { version: 1, widgets: {} };")
    (plugin / "web" / "brush.css").write_text(".brush {}")
    (plugin / "web" / "secret.py").write_text("")
    (plugin / "web" / "deeper" / "in.js").write_text("")
    (plugin / "web" / "link.js").symlink_to(plugin / "__init__.py")
    with live_server(Home(root)) as server:
        yield server


def test_the_catalogue_tells_which_plugins_draw_what(painting: Live) -> None:
    plugins = {each["name"]: each["widgets"] for each in painting.get("/api/nodes").json["plugins"]}
    assert plugins["paint box"] == ["brush"]


@pytest.mark.parametrize(("file", "kind"), [("brush.js", "text/javascript"), ("brush.css", "text/css")])
def test_a_module_comes_with_its_type_the_policy_and_an_etag(painting: Live, file: str, kind: str) -> None:
    path = f"/api/plugins/paint%20box/web/{file}"
    answer = painting.get(path)
    assert answer.status == 200 and answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"
    assert painting.get(path, If_None_Match=answer.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    "path",
    [
        "paint%20box/web/secret.py",
        "paint%20box/web/none.js",
        "paint%20box/web/link.js",
        "paint%20box/web/deeper%2Fin.js",
        "paint%20box/web/..%2F__init__.py",
        "paint%20box/web/%2e%2e%2fbrush.js",
        "trouble/web/brush.js",
        "..%2Fpaint%20box/web/brush.js",
        "unknown/web/brush.js",
    ],
)
def test_nothing_else_is_handed_out(painting: Live, path: str) -> None:
    assert painting.get(f"/api/plugins/{path}").status in (400, 404)


def test_examples_are_listed_and_sent(live: Live) -> None:
    assert "blue_square.png" in live.get("/api/examples").json["examples"]
    answer = live.get("/api/examples/blue_square.png")
    assert answer.headers["Content-Type"] == "image/png" and answer.body.startswith(b"\x89PNG")
    assert live.get("/api/examples/other.png").status == 404
    assert live.get("/api/examples/..%2Fblue_square.png").status in (400, 404)
