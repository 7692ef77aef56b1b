"""What a server can do, as methods."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from graphengine.client.connection import Connection, Unreachable
from graphengine.client.event_stream import read_event_stream
from graphengine.server.models import (
    ENDED,
    ArtifactRecord,
    Batch,
    ModelRecord,
    NodeExplanation,
    PluginScan,
    ProblemList,
    QueueState,
    Run,
    RunList,
    SavedWorkflow,
    SystemInfo,
    WorkflowRecord,
)

CHUNK = 1 << 18
AGAIN = (0.5, 1.0, 2.0, 4.0)
"""Seconds to wait before each further try to reach a server that was there a moment ago."""
MEDIA_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


class Client:
    """A server: `Client().submit("text_to_image", {"prompt": "a red circle"})`.

    server: its address, else that of `GRAPHENGINE_SERVER`, else http://127.0.0.1:8189. token: else that of
    `GRAPHENGINE_TOKEN`. Methods raise `GraphEngineError`s: those of the server, and `Unreachable`.
    """

    def __init__(self, server: str | None = None, token: str | None = None, timeout: float = 60.0) -> None:
        self._connection = Connection(server, token, timeout)

    @property
    def server(self) -> str:
        """Its address."""
        return self._connection.server

    def submit(
        self,
        workflow: str | Mapping[str, Any],
        parameters: Mapping[str, Any] | None = None,
        *,
        idempotency_key: str | None = None,
        **options: Any,
    ) -> Run:
        """Submit a document, or a saved workflow by name; the same key again is the same run.

        options: the other fields of a submission: `settings`, `only`, `rerun`, `priority`, `version`, limits.
        """
        body = {"workflow": workflow, "parameters": dict(parameters or {}), **options}
        key = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        return Run.model_validate(self._again("POST", "/api/runs", body, key))

    def submit_batch(
        self,
        workflow: str | Mapping[str, Any],
        axes: Mapping[str, Sequence[Any]],
        parameters: Mapping[str, Any] | None = None,
        *,
        idempotency_key: str | None = None,
        **options: Any,
    ) -> Batch:
        """Submit a run per combination of values, by parameter or `node.input`; options as for `submit`."""
        values = {name: list(each) for name, each in axes.items()}
        body = {"workflow": workflow, "axes": values, "parameters": dict(parameters or {}), **options}
        key = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        return Batch.model_validate(self._again("POST", "/api/batches", body, key))

    def run(self, id: str) -> Run:
        """A run as it is now."""
        return Run.model_validate(self._json("GET", f"/api/runs/{id}"))

    def runs(self, **query: Any) -> RunList:
        """A page of runs, the newest first: `state`, `workflow`, `batch`, `text`, `before`, `limit`."""
        return RunList.model_validate(self._json("GET", "/api/runs", query=query))

    def cancel(self, id: str) -> Run:
        """Cancel a run."""
        return Run.model_validate(self._json("POST", f"/api/runs/{id}/cancel"))

    def retry(self, id: str) -> Run:
        """Submit a run that failed or was cancelled again."""
        return Run.model_validate(self._json("POST", f"/api/runs/{id}/retry"))

    def change(self, id: str, *, priority: int | None = None, position: int | None = None) -> Run:
        """Give a queued run another priority or place."""
        changes = {"priority": priority, "position": position}
        return Run.model_validate(self._json("PATCH", f"/api/runs/{id}", changes))

    def delete(self, id: str) -> None:
        """Delete a run that has ended, with its pictures."""
        self._json("DELETE", f"/api/runs/{id}")

    def queue(self) -> tuple[QueueState, list[Run]]:
        """How the queue stands, and the next runs in it."""
        found = self._json("GET", "/api/queue")
        return QueueState.model_validate(found["state"]), [
            Run.model_validate(each) for each in found["waiting"]
        ]

    def pause(self) -> QueueState:
        """Start no more runs."""
        return QueueState.model_validate(self._json("POST", "/api/queue/pause"))

    def resume(self) -> QueueState:
        """Start runs again."""
        return QueueState.model_validate(self._json("POST", "/api/queue/resume"))

    def events(self, run: str | None = None, since: int | None = None) -> Iterator[dict[str, Any]]:
        """The events after that number, or from now on, as they come; a broken connection is taken up again.

        Raises `Unreachable` when the server stays away.
        """
        failures = 0
        while True:
            try:
                query = {"run": run, "since": since}
                with self._connection.open("GET", "/api/events/stream", query=query) as answer:
                    for event in read_event_stream(answer):
                        failures = 0
                        since = event["sequence"]
                        yield event
            except Unreachable:
                if since is None or failures == len(AGAIN):
                    raise
            if failures == len(AGAIN):  # it answers, and ends the stream each time
                raise Unreachable(f"the server at {self.server} stops", kind="unreachable")
            time.sleep(AGAIN[failures])
            failures += 1

    def wait(self, id: str) -> Run:
        """Wait until a run has ended."""
        for _ in self.watch(id):
            pass
        return self.run(id)

    def watch(self, id: str) -> Iterator[dict[str, Any]]:
        """The events of a run from its beginning to its end."""
        if self.run(id).state in ENDED:
            yield from self._json("GET", f"/api/runs/{id}/events", query={"limit": 5000})["events"]
            return
        for event in self.events(id, 0):
            yield event
            if event["event"] == "state" and event["state"] in ENDED:
                return

    def artifacts(self, **query: Any) -> list[ArtifactRecord]:
        """Pictures, the newest first: `since`, `until`, `workflow`, `run`, `parameter`, `text`, `before`."""
        found = self._json("GET", "/api/artifacts", query=query)["artifacts"]
        return [ArtifactRecord.model_validate(each) for each in found]

    def download(self, artifact: ArtifactRecord, folder: str | Path) -> Path:
        """Download a picture into a folder and return its path."""
        target = Path(folder) / f"{artifact.run}-{artifact.id}{_suffix(artifact.media_type)}"
        return self._save(f"/api/artifacts/{artifact.id}/file", target)

    def delete_artifact(self, id: int) -> None:
        """Delete a picture; its run stays, and says that it was deleted."""
        self._json("DELETE", f"/api/artifacts/{id}")

    def archive(self, id: str, file: str | Path) -> Path:
        """Download a run as a zip."""
        return self._save(f"/api/runs/{id}/archive", Path(file))

    def upload(self, picture: str | Path, kind: Literal["image", "mask"] = "image") -> str:
        """Upload a picture, and return the name that workflows give to it."""
        path = Path(picture)
        headers = {"Content-Type": MEDIA_TYPES.get(path.suffix.lower(), "image/png")}
        with self._connection.open(
            "POST", "/api/uploads", path.read_bytes(), {"kind": kind}, headers
        ) as answer:
            return str(json.loads(answer.read())["name"])

    def workflows(self) -> list[WorkflowRecord]:
        """The saved workflows."""
        found = self._json("GET", "/api/workflows")["workflows"]
        return [WorkflowRecord.model_validate(each) for each in found]

    def workflow(self, name: str, version: int | None = None) -> SavedWorkflow:
        """A saved workflow."""
        found = self._json("GET", f"/api/workflows/{name}", query={"version": version})
        return SavedWorkflow.model_validate(found)

    def save_workflow(self, name: str, document: Mapping[str, Any], version: int) -> SavedWorkflow:
        """Save a new version, made from this one; 0 for a new workflow."""
        body = {"document": document, "version": version}
        return SavedWorkflow.model_validate(self._json("PUT", f"/api/workflows/{name}", body))

    def validate(self, workflow: str | Mapping[str, Any], **options: Any) -> ProblemList:
        """All that is wrong with a workflow."""
        return ProblemList.model_validate(
            self._json("POST", "/api/validate", {"workflow": workflow, **options})
        )

    def explain(self, workflow: str | Mapping[str, Any], **options: Any) -> list[NodeExplanation]:
        """For each node whether it is cached, or why it would run."""
        found = self._json("POST", "/api/explain", {"workflow": workflow, **options})["nodes"]
        return [NodeExplanation.model_validate(each) for each in found]

    def nodes(self) -> list[dict[str, Any]]:
        """The node types."""
        return list(self._json("GET", "/api/nodes")["nodes"])

    def rescan_plugins(self) -> PluginScan:
        """Have the server look for plugins that are new, changed or gone."""
        return PluginScan(**self._json("POST", "/api/plugins/rescan"))

    def models(self) -> list[ModelRecord]:
        """The model files."""
        return [ModelRecord.model_validate(each) for each in self._json("GET", "/api/models")["models"]]

    def system(self) -> SystemInfo:
        """The machine and the processes."""
        return SystemInfo.model_validate(self._json("GET", "/api/system"))

    def _json(self, method: str, path: str, body: Any = None, query: Mapping[str, Any] | None = None) -> Any:
        return self._connection.json(method, path, body, query)

    def _again(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        """Send once more where the connection broke: the key in the headers makes that harmless."""
        try:
            return self._connection.json(method, path, body, headers=headers)
        except Unreachable as error:
            if isinstance(error.__cause__, ConnectionRefusedError):
                raise
            return self._connection.json(method, path, body, headers=headers)

    def _save(self, path: str, target: Path) -> Path:
        """Into a file that has its name only when it is whole."""
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        with self._connection.open("GET", path) as answer, beside.open("wb") as file:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
        beside.replace(target)
        return target


def _suffix(media_type: str) -> str:
    return next((suffix for suffix, each in MEDIA_TYPES.items() if each == media_type), ".png")
