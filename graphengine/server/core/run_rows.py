"""From rows of the database to what clients read."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from graphengine.server.core.clock import moment
from graphengine.server.models import ArtifactRecord, ErrorBody, Run, Transition

ARTIFACT_COLUMNS = """artifacts.id, (SELECT id FROM runs WHERE sequence = artifacts.run) AS run, node, sha256,
    media_type, size, width, height, seed, created_at, deleted_at"""


def runs_of(db: sqlite3.Connection, rows: Iterable[sqlite3.Row]) -> list[Run]:
    """The runs with their artifacts."""
    found = list(rows)
    artifacts: defaultdict[str, list[ArtifactRecord]] = defaultdict(list)
    for start in range(0, len(found), 500):
        numbers = [row["sequence"] for row in found[start : start + 500]]
        marks = ", ".join("?" * len(numbers))
        query = (
            f"SELECT {ARTIFACT_COLUMNS} FROM artifacts WHERE artifacts.run IN ({marks}) ORDER BY place, id"
        )
        for row in db.execute(query, numbers):
            artifacts[row["run"]].append(artifact_of(row))
    return [run_of(row, artifacts[row["id"]]) for row in found]


def run_of(row: sqlite3.Row, artifacts: Sequence[ArtifactRecord] = ()) -> Run:
    """One run."""
    return Run(
        id=row["id"],
        sequence=row["sequence"],
        state=row["state"],
        name=row["name"],
        workflow=row["workflow"],
        workflow_version=row["workflow_version"],
        parameters=json.loads(row["request"])["parameters"],
        values=json.loads(row["parameter_values"]),
        priority=row["priority"],
        attempt=row["attempt"],
        cancel_requested=bool(row["cancel_requested"]),
        batch=row["batch"],
        retry_of=row["retry_of"],
        transitions=[Transition(state=state, at=moment(at)) for state, at in json.loads(row["transitions"])],
        executed=row["executed"],
        cached=row["cached"],
        skipped=row["skipped"],
        seconds=row["seconds"],
        error=None if row["error"] is None else ErrorBody(**json.loads(row["error"])),
        artifacts=list(artifacts),
    )


def artifact_of(row: sqlite3.Row) -> ArtifactRecord:
    """One artifact, of a row with `ARTIFACT_COLUMNS`."""
    deleted = row["deleted_at"]
    times = {
        "created_at": moment(row["created_at"]),
        "deleted_at": None if deleted is None else moment(deleted),
    }
    return ArtifactRecord(**{**dict(row), **times})
