"""The editor as the server hands it out."""

import re

import pytest

from graphengine.server.routes import pages
from tests.server.live import Live


def test_the_editor_comes_with_all_that_its_page_names(live: Live) -> None:
    page = live.get("/")
    assert page.headers["Content-Type"].startswith("text/html")
    named = re.findall(r'(?:src|href)="(/[^"]+)"', page.body.decode())
    assert any(each.endswith(".js") for each in named)
    assert any(each.endswith(".css") for each in named)
    for path in named:
        assert live.get(path).status == 200, path


def test_files_that_are_named_by_their_contents_may_be_kept(live: Live) -> None:
    [script] = re.findall(r'src="(/assets/[^"]+\.js)"', live.get("/").body.decode())
    assert "immutable" in live.get(script).headers["Cache-Control"]
    assert live.get("/").headers["Cache-Control"] == "no-cache"


def test_an_app_is_the_page_of_the_editor(live: Live) -> None:
    assert live.get("/app/my%20workflow").body == live.get("/").body


@pytest.mark.parametrize("file", ["nothing.js", "..%2Findex.html", ".sources", "%2e%2e%2f.sources"])
def test_nothing_else_of_the_folder_is_handed_out(live: Live, file: str) -> None:
    assert live.get(f"/assets/{file}").status in (400, 404)


def test_without_the_editor_the_page_leads_to_the_interface(
    live: Live, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "editor_folder", lambda: tmp_path_factory.mktemp("unbuilt"))
    assert "/api/docs" in live.get("/").body.decode()
