"""Uploads, pictures of runs, thumbnails and the gallery."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tests.server.core.troublemaker import ADDING
from tests.server.live import Live


def picture(mode: str, size: tuple[int, int], colour: object, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, format=form)  # type: ignore[arg-type]
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def run(live: Live) -> dict[str, object]:
    body = {"workflow": ADDING, "parameters": {"a": 201, "text": "a green hexagon"}}
    return live.finished(live.post("/api/runs", body).json["id"])


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp")])
def test_the_same_picture_is_kept_once_under_its_hash(live: Live, form: str, media_type: str) -> None:
    data = picture("RGB", (7, 5), "red", form)
    headers = {"Content-Type": f"image/{media_type}"}
    first, second = (live.ask("POST", "/api/uploads", data=data, headers=headers) for _ in range(2))
    assert first.status == second.status == 201
    found = first.json
    assert found["name"] == second.json["name"]
    assert found["sha256"] == hashlib.sha256(data).hexdigest()
    assert (found["width"], found["height"], found["media_type"]) == (7, 5, f"image/{media_type}")
    answer = live.get(f"/api/uploads/{found['name']}")
    assert (answer.body, answer.headers["Content-Type"]) == (data, f"image/{media_type}")
    assert (live.home.input / found["name"]).read_bytes() == data  # where workflows look
    assert live.ask("DELETE", f"/api/uploads/{found['name']}").status == 204
    assert live.get(f"/api/uploads/{found['name']}").status == 404


def test_a_form_is_uploaded_and_a_mask_is_the_alpha_channel(live: Live) -> None:
    data = picture("RGBA", (4, 4), (255, 255, 255, 60))
    body = b'--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n'
    body += (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="../../x.png"\r\n\r\n'
        + data
        + b"\r\n--b--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = live.ask("POST", "/api/uploads?kind=mask", data=body, headers=headers)
    assert answer.status == 201, answer.body
    mask = opened(live.get(f"/api/uploads/{answer.json['name']}").body)
    assert (mask.mode, mask.getpixel((0, 0))) == ("L", 60)
    grey = live.ask(
        "POST", "/api/uploads?kind=mask", data=picture("L", (2, 2), 9), headers={"Content-Type": "image/png"}
    )
    assert opened(live.get(f"/api/uploads/{grey.json['name']}").body).getpixel((0, 0)) == 9


def test_a_file_that_is_too_large_leaves_nothing(live: Live) -> None:
    size = live.site.settings.max_upload + 1
    answer = live.ask("POST", "/api/uploads", data=bytes(size), headers={"Content-Type": "image/png"})
    assert answer.status == 413
    assert list(live.home.input.glob(".upload-*")) == []


def test_a_picture_in_ranges_and_not_again(live: Live, run: dict[str, list[dict[str, object]]]) -> None:
    record = run["artifacts"][0]
    path = f"/api/artifacts/{record['id']}"
    assert live.get(path).json == record
    whole = live.get(f"{path}/file")
    assert hashlib.sha256(whole.body).hexdigest() == record["sha256"]
    part = live.get(f"{path}/file", Range="bytes=2-5")
    assert (part.status, part.body) == (206, whole.body[2:6])
    assert live.get(f"{path}/file", Range="bytes=999999-").status == 416
    again = live.get(f"{path}/file", If_None_Match=whole.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    saved = live.get(f"{path}/file?download=true").headers["Content-Disposition"]
    assert saved.startswith("attachment;")


def test_a_thumbnail_is_made_once(live: Live) -> None:
    data = picture("RGB", (400, 100), "blue")
    name = live.ask("POST", "/api/uploads", data=data, headers={"Content-Type": "image/png"}).json["name"]
    answer = live.get(f"/api/uploads/{name}/thumbnail?size=64")
    small = opened(answer.body)
    assert (small.format, small.size) == ("WEBP", (64, 16))
    [file] = Path(live.home.cache / "thumbnails").rglob(f"{name.partition('.')[0]}*")
    before = file.stat().st_mtime_ns
    assert live.get(f"/api/uploads/{name}/thumbnail?size=64").body == answer.body
    assert file.stat().st_mtime_ns == before
    assert live.get(f"/api/uploads/{name}/thumbnail?size=100000").status == 400
    assert live.ask("DELETE", f"/api/uploads/{name}").status == 204
    assert not file.exists()


def test_the_gallery_is_searched(live: Live, run: dict[str, list[dict[str, object]]]) -> None:
    record = run["artifacts"][0]

    def ids(query: str) -> list[object]:
        answer = live.get(f"/api/artifacts?{query}")
        assert answer.status == 200, answer.body
        return [each["id"] for each in answer.json["artifacts"]]

    assert ids("text=green+hexagon") == [record["id"]]
    assert ids("parameter=a%3D201") == [record["id"]]
    assert ids("parameter=a%3D201&parameter=text%3Dno") == []
    assert ids(f"run={run['id']}") == [record["id"]]
    assert record["id"] in ids("since=2020-01-01T00:00:00Z") and ids("until=2020-01-01T00:00:00Z") == []
    assert live.get("/api/artifacts?parameter=a").status == 400
    assert live.get("/api/artifacts?since=yesterday").status == 400
    page = live.get("/api/artifacts?limit=1").json
    assert page["next"] == page["artifacts"][0]["id"]


def test_a_picture_carries_its_workflow_back(live: Live, run: dict[str, list[dict[str, object]]]) -> None:
    data = live.get(f"/api/artifacts/{run['artifacts'][0]['id']}/file").body
    answer = live.ask("POST", "/api/import", data=data, headers={"Content-Type": "image/png"})
    assert answer.json["document"]["nodes"]["add"]["inputs"]["a"] == 201
    assert answer.json["parameters"]["text"] == "a green hexagon"
    bare = live.ask(
        "POST", "/api/import", data=picture("RGB", (1, 1), 0), headers={"Content-Type": "image/png"}
    )
    assert bare.status == 422 and "no workflow" in bare.json["error"]["message"]


def test_a_picture_is_deleted_by_itself_and_its_run_says_so(live: Live) -> None:
    body = {"workflow": ADDING, "parameters": {"a": 77, "text": "a picture to be deleted"}}
    run = live.finished(live.post("/api/runs", body).json["id"])
    picture = run["artifacts"][0]["id"]
    assert live.get(f"/api/artifacts/{picture}/thumbnail").status == 200
    assert live.ask("DELETE", f"/api/artifacts/{picture}").status == 204
    for path in ("file", "thumbnail"):
        answer = live.get(f"/api/artifacts/{picture}/{path}")
        assert (answer.status, answer.kind) == (410, "deleted")
        assert "was deleted on" in answer.json["error"]["message"]
    assert live.ask("DELETE", f"/api/artifacts/{picture}").status == 410
    assert live.get("/api/artifacts?text=to be deleted".replace(" ", "%20")).json["artifacts"] == []
    [record] = live.get(f"/api/runs/{run['id']}").json["artifacts"]
    assert record["deleted_at"] == live.get(f"/api/artifacts/{picture}").json["deleted_at"] is not None
    archive = zipfile.ZipFile(io.BytesIO(live.get(f"/api/runs/{run['id']}/archive").body))
    assert archive.namelist() == ["workflow.json", "run.json"]
    for unknown in ("0", "x", "999999"):
        assert live.ask("DELETE", f"/api/artifacts/{unknown}").status == 404
