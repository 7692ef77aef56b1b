import base64
import json
from pathlib import Path

from graphengine.artifacts import Artifact
from graphengine.errors import GraphEngineError
from graphengine.events import (
    Cached,
    CancelledRun,
    Done,
    Event,
    Expanded,
    Failed,
    Finished,
    Output,
    Preview,
    Progress,
    Queued,
    Skipped,
    Started,
)

ARTIFACT = Artifact("save", Path("a.png"), 4, 3, 7, image=object())
ERROR = GraphEngineError("broke", kind="node_failed", node="n")


def as_json(event: Event) -> dict[str, object]:
    decoded: dict[str, object] = json.loads(json.dumps(event.to_dict()))
    return decoded


def test_every_event_has_its_name_in_json() -> None:
    events: list[Event] = [
        Queued(("a", "b")),
        Started("a"),
        Done("a", 0.1),
        Expanded("a", ("a/1", "a/2")),
        Cached("a"),
        Skipped("a", "no picture"),
        Progress("a", 1, 2, "half"),
        Preview("a", b"png"),
        Output("a", ARTIFACT),
        Failed(ERROR),
        CancelledRun("a"),
        Finished("failed", 1, 2, 0.5, (ARTIFACT,), ERROR),
    ]
    names = [
        "queued",
        "started",
        "done",
        "expanded",
        "cached",
        "skipped",
        "progress",
        "preview",
        "output",
        "failed",
        "cancelled",
        "finished",
    ]
    assert [event.event for event in events] == names
    assert [as_json(event)["event"] for event in events] == names


def test_values_are_told_only_where_there_are_some() -> None:
    assert as_json(Done("a", 0.5)) == {"event": "done", "node": "a", "seconds": 0.5, "parent": None}
    assert as_json(Cached("a", None, {"value": 4}))["values"] == {"value": 4}
    told = as_json(Done("a", 0.5, None, {"text": "be"}, {"text": 9000}))
    assert (told["values"], told["cut"]) == ({"text": "be"}, {"text": 9000})


def test_finished_has_the_published_fields() -> None:
    assert as_json(Finished("succeeded", 3, 4, 1.5, (ARTIFACT,))) == {
        "event": "finished",
        "state": "succeeded",
        "executed": 3,
        "cached": 4,
        "skipped": 0,
        "seconds": 1.5,
        "artifacts": [{"node": "save", "path": "a.png", "width": 4, "height": 3, "seed": 7}],
        "error": None,
    }


def test_failed_carries_the_error_as_http_does() -> None:
    assert as_json(Failed(ERROR))["error"] == ERROR.to_dict()


def test_preview_is_base64() -> None:
    assert base64.b64decode(str(as_json(Preview("a", b"png"))["image"])) == b"png"


def test_an_artifact_in_memory_has_no_path() -> None:
    assert Artifact("show", None, 2, 2).to_dict()["path"] is None
