"""The pictures that events tell of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphengine.server.models import ArtifactRecord


def artifact_in(event: Mapping[str, Any]) -> ArtifactRecord | None:
    """The picture that an event of a server's run hands out, to be downloaded at once; None for others."""
    told = event.get("artifact")
    if event["event"] != "output" or not isinstance(told, Mapping):
        return None
    return ArtifactRecord.model_validate(
        {**told, "run": event["run"], "created_at": event["at"], "deleted_at": None}
    )
