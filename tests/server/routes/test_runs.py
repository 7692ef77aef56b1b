"""Runs over HTTP: submitted, read, listed, cancelled, retried, deleted, and refused as they should be."""

import io
import json
import zipfile
from typing import Any

from tests.server.core.troublemaker import ADDING
from tests.server.live import Live


def submission(**parameters: Any) -> dict[str, Any]:
    return {"workflow": ADDING, "parameters": parameters}


def waiting(seconds: float = 60.0) -> dict[str, Any]:
    nodes = {"it": {"type": "trouble", "inputs": {"seconds": seconds}}}
    return {"workflow": {"format": "graphengine/1", "nodes": nodes}}


def test_a_run_from_its_submission_to_its_picture(live: Live) -> None:
    answer = live.post("/api/runs", submission(a=40, text="a red circle"))
    assert answer.status == 201
    id = answer.json["id"]
    assert answer.json["state"] == "queued"
    assert answer.headers["Location"] == f"/api/runs/{id}"
    run = live.finished(id)
    assert [each["state"] for each in run["transitions"]] == ["queued", "running", "succeeded"]
    assert [each["width"] for each in run["artifacts"]] == [3]
    assert live.get(f"/api/runs/{id}/document").json["document"]["nodes"].keys() == {"add", "show"}
    events = live.get(f"/api/runs/{id}/events").json["events"]
    assert [each["event"] for each in events][-1] == "state"
    assert id in [each["id"] for each in live.get("/api/runs?state=succeeded&text=red+circle").json["runs"]]
    assert live.get("/api/runs?text=a+blue+square").json["runs"] == []


def test_every_problem_of_a_workflow_at_once(live: Live) -> None:
    nodes = {"a": {"type": "add", "inputs": {"a": "x"}}, "b": {"type": "ad"}, "c": {"type": "show"}}
    answer = live.post("/api/runs", {"workflow": {"format": "graphengine/1", "nodes": nodes}})
    assert answer.status == 422
    assert {each["node"] for each in answer.json["problems"]} == {"a", "b", "c"}
    assert answer.json["error"]["kind"] == "invalid_workflow"


def test_every_problem_of_a_request_at_once(live: Live) -> None:
    answer = live.post("/api/runs", {"workflow": 5, "priority": "high", "paramters": {}})
    assert answer.status == 422
    texts = " ".join(each["message"] for each in answer.json["problems"])
    assert "priority" in texts and "'paramters' isn't known" in texts and "did you mean 'parameters'" in texts


def test_a_key_makes_one_run_of_a_request_that_is_sent_twice(live: Live) -> None:
    answers = [live.post("/api/runs", submission(a=1), Idempotency_Key="once") for _ in range(2)]
    assert [each.status for each in answers] == [201, 200]
    assert answers[0].json["id"] == answers[1].json["id"]
    assert live.post("/api/runs", submission(a=2), Idempotency_Key="once").status == 409
    assert live.post("/api/runs", submission(a=2), Idempotency_Key="with space").status == 400


def test_what_isnt_there_is_404_and_what_cannot_be_is_409(live: Live) -> None:
    id = live.post("/api/runs", submission(a=2)).json["id"]
    live.finished(id)
    for method, path in (("POST", "/cancel"), ("POST", "/retry")):
        assert live.ask(method, f"/api/runs/nobody{path}").status == 404
        assert live.ask(method, f"/api/runs/{id}{path}").status == 409
    assert live.ask("PATCH", f"/api/runs/{id}", {"priority": 3}).status == 409
    assert live.ask("DELETE", f"/api/runs/{id}").status == 204
    for path in ("", "/document", "/events", "/archive"):
        assert live.get(f"/api/runs/{id}{path}").status == 404
    assert live.post("/api/runs", {"workflow": "nothing_saved"}).status == 404


def test_a_run_that_runs_is_cancelled_and_tried_again(live: Live) -> None:
    first = live.post("/api/runs", waiting()).json["id"]
    with live.stream(f"/api/events/stream?since=0&run={first}") as lines:
        assert any(b'"event":"started"' in line for line in lines)
    assert live.ask("DELETE", f"/api/runs/{first}").status == 409
    second = live.post("/api/runs", waiting()).json["id"]
    third = live.post("/api/runs", submission(a=3)).json["id"]
    assert live.ask("PATCH", f"/api/runs/{third}", {"position": 0}).status == 200
    queue = live.get("/api/queue").json
    assert queue["state"]["running"] == [first]
    assert [each["id"] for each in queue["waiting"]] == [third, second]
    assert live.post(f"/api/runs/{second}/cancel").json["state"] == "cancelled"
    assert live.post(f"/api/runs/{first}/cancel").json["cancel_requested"]
    assert live.finished(first)["state"] == "cancelled"
    again = live.post(f"/api/runs/{first}/retry")
    assert (again.status, again.json["retry_of"]) == (201, first)
    live.post(f"/api/runs/{again.json['id']}/cancel")
    assert live.finished(third)["state"] == "succeeded"


def test_a_batch_is_a_run_per_combination(live: Live) -> None:
    answer = live.post("/api/batches", {"workflow": ADDING, "axes": {"a": [1, 2], "seed": [7, 8]}})
    assert answer.status == 201
    assert [each["values"]["a"] for each in answer.json["runs"]] == [1, 1, 2, 2]
    listed = live.get(f"/api/runs?batch={answer.json['id']}&limit=3").json
    assert len(listed["runs"]) == 3
    rest = live.get(f"/api/runs?batch={answer.json['id']}&before={listed['next']}").json
    assert len(rest["runs"]) == 1 and rest["next"] is None


def test_a_paused_queue_starts_nothing(live: Live) -> None:
    assert live.post("/api/queue/pause").json["paused"]
    try:
        id = live.post("/api/runs", submission(a=9)).json["id"]
        assert id in [each["id"] for each in live.get("/api/queue").json["waiting"]]
    finally:
        assert not live.post("/api/queue/resume").json["paused"]
    assert live.finished(id)["state"] == "succeeded"


def test_a_run_as_a_zip(live: Live) -> None:
    id = live.post("/api/runs", submission(a=77, seed=5)).json["id"]
    run = live.finished(id)
    answer = live.get(f"/api/runs/{id}/archive")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names[:2] == ["workflow.json", "run.json"]
        assert json.loads(archive.read("run.json"))["id"] == id
        assert len(archive.read(names[2])) == run["artifacts"][0]["size"]
        assert names[2].endswith("-seed5.png")
