"""The page that describes the interface, with nothing to reach but the server."""

from __future__ import annotations

from playwright.sync_api import Browser, Request, expect

from tests.web.editor import QUICK
from tests.web.served import Served

METHODS = ("get", "post", "put", "patch", "delete")


def test_the_interface_can_be_read_and_tried_offline(browser: Browser, server: Served) -> None:
    paths = server.json("/api/openapi.json")["paths"]
    operations = sum(method in operation for operation in paths.values() for method in METHODS)
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(QUICK)
    complaints: list[str] = []
    elsewhere: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            elsewhere.append(request.url)

    page.on("request", look)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/api/docs")
    expect(page.locator(".opblock")).to_have_count(operations)
    health = page.locator(".opblock", has=page.locator('[data-path="/api/health"]'))
    health.click()
    health.get_by_role("button", name="Try it out").click()
    health.get_by_role("button", name="Execute").click()
    answer = health.locator(".live-responses-table")
    expect(answer.locator(".response-col_status").last).to_have_text("200")
    expect(answer).to_contain_text('"status": "ok"')
    context.close()
    assert complaints == []
    assert elsewhere == []
