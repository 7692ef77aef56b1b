"""Saved workflows, checking, the catalogue, and what tells of the server itself."""

import json
import random

from benchmarks.server import mutated
from tests.server.core.troublemaker import ADDING
from tests.server.live import Live


def test_nothing_is_overwritten_unseen(live: Live) -> None:
    path = "/api/workflows/locked"
    first = live.ask("PUT", path, {"document": ADDING, "version": 0})
    assert (first.status, first.json["version"]) == (200, 1)
    assert live.ask("PUT", path, {"document": ADDING, "version": 0}).status == 409
    changed = {**ADDING, "name": "changed"}
    assert live.ask("PUT", path, {"document": changed, "version": 1}).json["version"] == 2
    assert live.ask("PUT", path, {"document": ADDING, "version": 1}).status == 409
    assert live.get(path).json["title"] == "changed"
    assert live.get(f"{path}?version=1").json["title"] == "adding"
    assert [each["version"] for each in live.get(f"{path}/versions").json["workflows"]] == [2, 1]
    etag = live.get(path).headers["ETag"]
    assert live.get(path, If_None_Match=etag).status == 304
    assert live.ask("DELETE", f"{path}?version=1").status == 409
    assert live.ask("DELETE", f"{path}?version=2").status == 204
    assert live.get(path).status == 404


def test_a_session_of_editing_saves_by_itself_and_renames(live: Live) -> None:
    path = "/api/workflows/session"
    live.ask("PUT", path, {"document": ADDING, "version": 0})
    by_itself = {"session": "tab", "automatic": True}
    for version in (1, 2):
        body = {"document": {**ADDING, "name": str(version)}, "version": version, **by_itself}
        assert live.ask("PUT", path, body).json["automatic"]
    found = live.get(f"{path}/versions").json["workflows"]
    assert [(each["version"], each["automatic"]) for each in found] == [(3, True), (1, False)]
    assert live.post(f"{path}/rename", {"name": "renamed", "version": 1}).status == 409
    assert live.post(f"{path}/rename", {"name": "renamed", "version": 3}).json["name"] == "renamed"
    assert live.get(path).status == 404
    assert live.get("/api/workflows/renamed?version=1").status == 200


def test_each_workflow_of_the_package_has_a_small_picture(live: Live) -> None:
    found = [each for each in live.get("/api/workflows").json["workflows"] if not each["version"]]
    assert found
    for each in found:
        picture = live.get(each["thumbnail"])
        assert picture.status == 200 and picture.headers["Content-Type"] == "image/webp"
        assert picture.body[8:12] == b"WEBP" and len(picture.body) <= 20_000
    assert live.get("/api/workflows/nothing/thumbnail").status == 404


def test_a_workflow_is_copied_exported_and_run_by_name(live: Live) -> None:
    live.ask("PUT", "/api/workflows/source", {"document": ADDING, "version": 0})
    copy = live.post("/api/workflows/source/duplicate", {"name": "copy"})
    assert (copy.status, copy.json["version"]) == (201, 1)
    assert live.post("/api/workflows/source/duplicate", {"name": "copy"}).status == 409
    exported = live.get("/api/workflows/copy/export")
    assert json.loads(exported.body)["nodes"].keys() == ADDING["nodes"].keys()
    assert exported.headers["Content-Disposition"].startswith("attachment")
    assert live.post("/api/import", exported.json).json["document"] == exported.json
    run = live.post("/api/runs", {"workflow": "copy", "parameters": {"a": 5}}).json
    assert (run["workflow"], run["workflow_version"]) == ("copy", 1)
    names = {each["name"] for each in live.get("/api/workflows").json["workflows"]}
    assert {"copy", "source", "text_to_image"} <= names


def test_a_workflow_is_checked_and_explained_without_running(live: Live) -> None:
    sound = live.post("/api/validate", {"workflow": ADDING}).json
    assert (sound["valid"], sound["nodes"], sound["problems"]) == (True, 2, [])
    broken = {
        "format": "graphengine/1",
        "nodes": {"a": {"type": "nothing"}, "b": {"type": "add", "inputs": {"c": 1}}},
    }
    found = live.post("/api/validate", {"workflow": broken}).json
    assert not found["valid"] and {each["node"] for each in found["problems"]} == {"a", "b"}
    nodes = live.post("/api/explain", {"workflow": ADDING, "parameters": {"a": 7777}}).json["nodes"]
    assert [(each["node"], each["status"]) for each in nodes] == [("add", "will run"), ("show", "will run")]


def test_the_catalogue_isnt_sent_again(live: Live) -> None:
    answer = live.get("/api/nodes")
    assert {"add", "show"} <= {each["type"] for each in answer.json["nodes"]}
    again = live.get("/api/nodes", If_None_Match=f'"other", W/{answer.headers["ETag"]}')
    assert (again.status, again.body) == (304, b"")
    assert live.get("/api/nodes/add").json["category"] == "t"
    assert live.get("/api/nodes/nothing").status == 404


def test_what_tells_of_the_server(live: Live) -> None:
    system = live.get("/api/system").json
    assert system["server_memory"] > 2**20 and system["worker"]["pid"]
    assert live.get("/api/ready").json == {"ready": True, "reason": None}
    assert live.get("/api/memory").json["state"] in ("ready", "busy")
    assert live.post("/api/memory/free").status == 200
    assert "shapes.safetensors" in {each["name"] for each in live.get("/api/models").json["models"]}
    assert live.get("/api/schema").json["title"] == "graphengine workflow"
    metrics = live.get("/metrics").body.decode()
    assert 'graphengine_requests_total{route="read_system",status="200"}' in metrics
    assert "graphengine_server_memory_bytes" in metrics


def test_mutated_documents_break_nothing(live: Live) -> None:
    randomness = random.Random(1)
    headers = {"Content-Type": "application/json"}
    statuses = {
        live.ask("POST", "/api/validate", data=mutated(randomness), headers=headers).status
        for _ in range(300)
    }
    assert statuses <= {200, 400, 404, 413, 422}
    assert {200, 422} <= statuses


def test_the_pages_load_only_from_here(live: Live) -> None:
    for path in ("/", "/api/docs"):
        page = live.get(path)
        assert (
            page.status == 200
            and b"<script>" not in page.body
            and b"http" not in page.body.replace(b"HTTP", b"")
        )
        for part in page.body.decode().split('"'):
            if part.startswith("/pages/"):
                assert live.get(part).status == 200, part
