"""One run in the worker: from what the server said to what it is told."""

import logging
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphengine.artifacts import Artifact
from graphengine.errors import Cancelled, GraphEngineError
from graphengine.events import Event, Finished, Output, Preview, Progress
from graphengine.execution import CancelToken, Limits
from graphengine.provenance import ContentFolder
from graphengine.runtime import Runtime
from graphengine.server.worker.outbox import Outbox

logger = logging.getLogger(__name__)


def run_job(
    runtime: Runtime, artifacts: ContentFolder, job: Mapping[str, Any], cancel: CancelToken, outbox: Outbox
) -> None:
    """Run it and tell how it went; never raises for what a workflow or a node does wrong."""
    teller = Teller(artifacts, outbox)
    state, error = "succeeded", None
    try:
        runtime.run(
            job["document"],
            job["parameters"],
            job["settings"],
            output=artifacts,
            listener=teller,
            cancel=cancel,
            only=job["only"],
            rerun=job["rerun"],
            limits=Limits(job["time_limit"], job["node_time_limit"]),
        )
        if teller.failure is not None:
            raise teller.failure
    except Cancelled:
        state = "cancelled"
    except GraphEngineError as raised:
        state, error = "failed", raised.to_dict()
    except Exception as raised:
        logger.exception("run %s", job["run"])
        text = f"{type(raised).__name__}: {raised}"
        state, error = "failed", GraphEngineError(f"a defect: {text}", kind="defect").to_dict()
    outbox.say(
        {
            "tell": "ended",
            "state": state,
            "error": error,
            "facts": teller.facts,
            "artifacts": teller.artifacts,
        }
    )


class Teller:
    """Listens to a run, and tells the server.

    facts: what the last event counted. artifacts: what was handed out. failure: why a picture isn't kept.
    """

    def __init__(self, folder: ContentFolder, outbox: Outbox) -> None:
        self.facts: dict[str, Any] = {}
        self.artifacts: list[dict[str, Any]] = []
        self.failure: GraphEngineError | None = None
        self._folder = folder
        self._outbox = outbox
        self._kept: dict[Path, Path] = {}

    def __call__(self, event: Event) -> None:
        """Take one event."""
        if isinstance(event, Preview):
            say = {"tell": "preview", "node": event.node}
            self._outbox.say(say, event.image, newest=("preview", event.node))
            return
        facts: dict[str, Any] = {}
        try:
            if isinstance(event, Finished):
                self.artifacts = [self._described(each) for each in event.artifacts]
                facts["artifacts"] = self.artifacts
            elif isinstance(event, Output):
                facts["artifact"] = self._described(event.artifact)
        except (GraphEngineError, OSError) as error:
            text = str(error)
            self.failure = self.failure or GraphEngineError(
                f"a picture can't be kept: {text}", kind="artifact"
            )
            if isinstance(event, Output):
                return  # there is nothing to show
        facts = {**event.to_dict(), **facts}
        if isinstance(event, Finished):
            self.facts = {name: facts[name] for name in ("executed", "cached", "skipped", "seconds")}
        newest = ("progress", event.node) if isinstance(event, Progress) else None
        self._outbox.say({"tell": "event", "event": facts}, newest=newest)
        if isinstance(event, Output):
            self._outbox.flush()  # whatever takes this process down now, the picture is known

    def _described(self, artifact: Artifact) -> dict[str, Any]:
        """The artifact with its hash in place of its path."""
        if artifact.path is None:
            raise GraphEngineError("it has no file", kind="artifact")
        path = self._in_folder(artifact.path)
        return {
            "node": artifact.node,
            "sha256": path.name.partition(".")[0],
            "media_type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            "size": path.stat().st_size,
            "width": artifact.width,
            "height": artifact.height,
            "seed": artifact.seed,
        }

    def _in_folder(self, path: Path) -> Path:
        """The file among the artifacts; a node that wrote one elsewhere keeps that, and there is a copy."""
        if path.parent.parent == self._folder.folder:
            return path
        if path not in self._kept:
            self._kept[path] = self._folder.save(path.read_bytes(), suffix=path.suffix)
        return self._kept[path]
