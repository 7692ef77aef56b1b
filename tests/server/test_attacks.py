"""The table of attacks: each is refused as it should be, and the server goes on."""

import contextlib
import io
import json
import re
import socket
import struct
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from graphengine.home import Home
from graphengine.server.settings import ServerSettings
from tests.server.core.troublemaker import ADDING
from tests.server.live import Live, live_server

TOKEN = "a-token-that-nobody-guesses"
OTHER_SITE = "http://evil.example"


@pytest.fixture(autouse=True)
def goes_on(live: Live) -> Iterator[None]:
    yield
    assert live.get("/api/health").status == 200


def raw(live: Live, request: bytes) -> bytes:
    """The first bytes of what is answered to bytes that no client would send."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


TRAVERSALS = (
    "../graphengine.sqlite",
    "..%2fgraphengine.sqlite",
    "%2e%2e%2fgraphengine.sqlite",
    "..%252fgraphengine.sqlite",
    "%2fetc%2fpasswd",
    "//etc/passwd",
    "..\\graphengine.sqlite",
    "..%5cgraphengine.sqlite",
    "C:%5cWindows%5cwin.ini",
    "C%3a/Windows/win.ini",
    "%5c%5chost%5cshare",
    "....//....//graphengine.sqlite",
    "a%00.png",
    "..%c0%afgraphengine.sqlite",
    "CON",
    "aux.png",
)


@pytest.mark.parametrize("name", TRAVERSALS)
@pytest.mark.parametrize(
    "place", ["/api/uploads/", "/api/workflows/", "/pages/", "/api/runs/", "/api/artifacts/"]
)
def test_no_path_leads_out(live: Live, place: str, name: str) -> None:
    answer = raw(live, f"GET {place}{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert status_of(answer) in (400, 404, 422)
    assert b"SQLite" not in answer and b"root:" not in answer


def test_no_link_is_followed_out(live: Live, tmp_path: Any) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    live.home.input.mkdir(parents=True, exist_ok=True)
    name = f"{'a' * 64}.png"
    (live.home.input / name).symlink_to(secret)
    assert live.get(f"/api/uploads/{name}").status == 404
    assert name not in json.dumps(live.get("/api/uploads").json)
    live.home.workflows.mkdir(parents=True, exist_ok=True)
    (live.home.workflows / "linked.json").symlink_to(secret)
    assert live.get("/api/workflows/linked").status in (404, 422)


@pytest.mark.parametrize("name", ["../out", "a/b", "..", "C:x", "a\\b", "\x00", "a\nb", "x" * 300, ".hidden"])
def test_no_workflow_is_saved_outside(live: Live, name: str) -> None:
    answer = live.ask("PUT", f"/api/workflows/{quote(name, safe='')}", {"document": ADDING, "version": 0})
    assert answer.status in (404, 422)
    assert not (live.home.root / "out.json").exists()


def test_a_body_that_is_too_large(live: Live) -> None:
    size = live.site.settings.max_body + 1
    assert (
        live.ask("POST", "/api/runs", data=b" " * size, headers={"Content-Type": "application/json"}).status
        == 413
    )
    chunk = b"a0000\r\n" + b" " * 0xA0000 + b"\r\n"
    head = b"POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    request = head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk * 27 + b"0\r\n\r\n"
    with contextlib.suppress(ConnectionError):  # hanging up before it was all sent is as good
        assert status_of(raw(live, request)) == 413


def png(width: int, height: int, data: bytes = b"") -> bytes:
    """A PNG that says it is so large, whatever is in it."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_an_image_bomb(live: Live) -> None:
    bomb = png(100_000, 100_000, zlib.compress(bytes(10_000_000)))
    for path in ("/api/uploads", "/api/import"):
        answer = live.ask("POST", path, data=bomb, headers={"Content-Type": "image/png"})
        assert (answer.status, answer.kind) == (413, "too_large")
    assert list(live.home.input.glob(".upload-*")) == []


def test_a_file_that_is_no_picture(live: Live) -> None:
    for data in (
        b"",
        b"GIF89a",
        b"<svg onload=alert(1)>",
        b"%!PS-Adobe",
        png(10, 10, b"rubbish"),
        b"\x89PNG\r\n\x1a\n",
    ):
        answer = live.ask("POST", "/api/uploads", data=data, headers={"Content-Type": "image/png"})
        assert answer.status == 422, data


def test_a_text_bomb_in_a_picture(live: Live) -> None:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("graphengine", " " * 50_000_000, zip=True)
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, format="PNG", pnginfo=info)
    answer = live.ask("POST", "/api/import", data=buffer.getvalue(), headers={"Content-Type": "image/png"})
    assert answer.status == 422


def test_a_zip_bomb(live: Live) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    packed = zlib.compress(b'{"workflow": "' + b"a" * 50_000_000 + b'"}')
    assert live.ask("POST", "/api/runs", data=packed, headers=headers).status == 415
    form = b'--b\r\nContent-Disposition: form-data; name="file"\r\nContent-Encoding: deflate\r\n\r\n' + packed
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert live.ask("POST", "/api/uploads", data=form + b"\r\n--b--\r\n", headers=headers).status == 400


@pytest.mark.parametrize(
    "path", ["/api/runs", "/api/validate", "/api/import", "/api/batches", "/api/session"]
)
def test_json_nested_100_000_deep(live: Live, path: str) -> None:
    for opening in (b"[", b'{"a":'):
        answer = live.ask("POST", path, data=opening * 100_000, headers={"Content-Type": "application/json"})
        assert (answer.status, answer.kind) == (400, "json")
    whole = b'{"workflow": {"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}"
    assert live.ask("POST", path, data=whole, headers={"Content-Type": "application/json"}).status == 400


def test_a_workflow_with_too_many_nodes(live: Live) -> None:
    nodes = {f"n{index}": {"type": "add"} for index in range(10_001)}
    answer = live.post("/api/runs", {"workflow": {"format": "graphengine/1", "nodes": nodes}})
    assert 400 <= answer.status < 500


@pytest.mark.parametrize(
    "data", [b'{"workflow": NaN}', b'{"a": 1e999}', b'"\\ud800"', b"\xff", b"1" * 5000, b""]
)
def test_json_that_couldnt_be_written_again(live: Live, data: bytes) -> None:
    assert (
        live.ask("POST", "/api/runs", data=data, headers={"Content-Type": "application/json"}).status == 400
    )


@pytest.mark.parametrize(
    "origin", [OTHER_SITE, "null", "http://127.0.0.1.evil.example", "https://127.0.0.1:1", "x"]
)
def test_a_page_of_another_site(live: Live, origin: str) -> None:
    for method, path in (("POST", "/api/runs"), ("GET", "/api/runs"), ("DELETE", "/api/runs/x")):
        answer = live.ask(method, path, headers={"Origin": origin})
        assert (answer.status, answer.kind) == (403, "origin")
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_form_of_another_site_in_a_browser_that_sends_no_origin(live: Live) -> None:
    answer = live.ask("POST", "/api/queue/pause", headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status, answer.kind) == (403, "origin")
    answer = live.ask("POST", "/api/runs", data=b"workflow=x", headers={"Content-Type": "text/plain"})
    assert (answer.status, answer.kind) == (415, "media_type")


def test_the_page_of_this_server(live: Live) -> None:
    own = {"Origin": live.url, "Sec-Fetch-Site": "same-origin"}
    assert live.ask("POST", "/api/queue/resume", headers=own).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.nip.io",
        "10.0.0.7",
        "localhost.evil.example",
        "[::2]",
        "",
        "a b",
    ],
)
def test_a_name_that_was_bent_to_point_here(live: Live, host: str) -> None:
    assert live.get("/api/runs", Host=host).status in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:99", "[::1]:8189", "LOCALHOST:1"])
def test_the_names_of_this_machine(live: Live, host: str) -> None:
    assert live.get("/api/health", Host=host).status == 200


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def test_a_websocket_without_origin_or_of_another_site(live: Live) -> None:
    assert live.ask("GET", "/api/events", headers=UPGRADE).status == 403
    assert live.ask("GET", "/api/events", headers={**UPGRADE, "Origin": OTHER_SITE}).status == 403
    bearer = {"Authorization": "Bearer anything"}  # proves nothing where there is no token
    assert live.ask("GET", "/api/events", headers={**UPGRADE, **bearer}).status == 403


def test_headers_cant_be_injected(live: Live) -> None:
    smuggled = raw(live, b"GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\nX-Injected : 1\r\n\r\n")
    assert status_of(smuggled) == 400
    twice = raw(
        live, b"GET /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    )
    assert status_of(twice) in (400, 403)
    lengths = b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    both = b"POST /api/runs HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lengths
    assert status_of(raw(live, both)) in (400, 415)
    answer = live.get("/api/runs/a%0d%0aX-Injected:%201")
    assert answer.status == 404 and "X-Injected" not in answer.headers


def test_html_in_names_stays_text(live: Live) -> None:
    html = "<script>alert(1)</script>"
    answer = live.post(
        "/api/runs", {"workflow": {"format": "graphengine/1", "nodes": {html: {"type": html}}}}
    )
    assert answer.status == 422
    for each in (answer, live.get(f"/api/runs/{quote(html, safe='')}"), live.get(f"/{quote(html)}")):
        assert each.headers["Content-Type"] == "application/json"
        assert each.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'self'" in each.headers["Content-Security-Policy"]
        assert "unsafe" not in each.headers["Content-Security-Policy"]


def test_every_answer_has_the_headers(live: Live) -> None:
    for path in ("/", "/api/docs", "/api/health", "/nowhere", "/api/events/stream?since=x"):
        headers = live.get(path).headers
        assert (
            headers["X-Frame-Options"] == "DENY"
            and "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        )
        assert headers["Referrer-Policy"] == "no-referrer" and headers["Server"] == "graphengine"


@pytest.fixture(scope="module")
def locked(first_home: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server with a token."""
    home = Home(tmp_path_factory.mktemp("locked") / "home")
    with live_server(
        home, ServerSettings(port=0, token=SecretStr(TOKEN), requests_per_second=5000)
    ) as server:
        yield server


OPEN = {
    ("GET", "/api/health"),
    ("GET", "/api/ready"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
}


def test_every_route_but_the_open_ones_asks_for_the_token(locked: Live) -> None:
    from graphengine.server.application import API

    assert {(each.method, each.path) for each in API if each.open} | {("GET", "/api/openapi.json")} == OPEN
    for each in API:
        path = re.sub(r"\{\w+\}", "x", each.path.replace("{id}", "1"))
        if not each.open:
            assert locked.ask(each.method, path).status == 401, path


@pytest.mark.parametrize(
    "header",
    [
        "Bearer wrong",
        "Bearer",
        "Bearer ",
        f"Basic {TOKEN}",
        TOKEN,
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer \xe9",
    ],
)
def test_a_wrong_token(locked: Live, header: str) -> None:
    locked.site.doorkeeper._tries._levels.clear()
    answer = locked.get("/api/runs", Authorization=header)
    assert (answer.status, answer.kind) == (401, "unauthorized")
    assert TOKEN not in answer.body.decode()


def test_the_token_opens_as_a_bearer_and_as_a_session(locked: Live) -> None:
    locked.site.doorkeeper._tries._levels.clear()
    assert locked.get("/api/runs", Authorization=f"Bearer {TOKEN}").status == 200
    assert locked.get(f"/api/runs?token={TOKEN}").status == 401
    assert locked.post("/api/session", {"token": "wrong"}).status == 401
    answer = locked.post("/api/session", {"token": TOKEN})
    assert answer.status == 204
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and TOKEN not in cookie
    assert locked.get("/api/runs", Cookie=cookie.partition(";")[0]).status == 200
    assert locked.get("/api/runs", Cookie="graphengine_session=wrong").status == 401


def test_tokens_cant_be_tried_without_end(locked: Live) -> None:
    statuses = [locked.get("/api/runs", Authorization=f"Bearer {number}").status for number in range(25)]
    assert set(statuses) == {401, 429}
    assert (
        locked.get("/api/runs", Authorization=f"Bearer {TOKEN}").status == 429
    )  # nor is one told by its answer
    locked.site.doorkeeper._tries._levels.clear()


def test_a_client_that_asks_too_often(live: Live) -> None:
    from graphengine.server.security.rate import Buckets

    before = live.site.rates
    object.__setattr__(live.site, "rates", Buckets(0.001, 2))
    try:
        statuses = [live.get("/api/health").status for _ in range(3)]
        answer = live.get("/api/health")
    finally:
        object.__setattr__(live.site, "rates", before)
    assert statuses == [200, 200, 429]
    assert int(answer.headers["Retry-After"]) > 0
