"""Following a run: what comes when."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from graphengine.cli.watch_command import follow
from graphengine.client import Client
from graphengine.errors import GraphEngineError
from graphengine.server.models import ArtifactRecord

AT = "2026-01-31T12:00:00.000Z"
PICTURE = {"node": "first", "sha256": "0" * 64, "media_type": "image/png", "size": 1, "width": 1, "height": 1}


class Ended:
    """What is known of the run in the end."""

    state = "succeeded"
    error = None

    def __init__(self, artifacts: list[ArtifactRecord]) -> None:
        self.artifacts = artifacts


class Told:
    """A client of a server that hands out a picture while a run goes on, and tells of another at the end."""

    def __init__(self, deleted: bool = False) -> None:
        self.fetched: list[int] = []
        self.deleted = deleted

    def watch(self, id: str) -> Iterator[dict[str, Any]]:
        yield {"event": "started", "run": id, "at": AT, "node": "first"}
        artifact = {"id": 7, **PICTURE, "seed": None}
        yield {"event": "output", "run": id, "at": AT, "node": "first", "artifact": artifact}
        assert self.fetched == [7]
        yield {"event": "state", "run": id, "at": AT, "state": "succeeded"}

    def run(self, id: str) -> Ended:
        records = [{"id": number, "run": id, "created_at": AT, "deleted_at": None} for number in (7, 8)]
        return Ended([ArtifactRecord.model_validate({**PICTURE, "seed": None, **each}) for each in records])

    def download(self, artifact: ArtifactRecord, folder: Path) -> Path:
        self.fetched.append(artifact.id)
        if self.deleted:
            raise GraphEngineError(f"picture {artifact.id} was deleted", kind="deleted")
        return folder / f"{artifact.run}-{artifact.id}.png"


def test_a_picture_is_fetched_once_and_as_soon_as_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = Told()
    assert follow(cast(Client, told), "r", Path("/out"), as_json=False) == 0
    assert told.fetched == [7, 8]
    assert capsys.readouterr().out.splitlines() == ["/out/r-7.png", "/out/r-8.png"]


def test_without_a_folder_nothing_is_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    told = Told()
    with pytest.raises(AssertionError):  # the server's side waits for the picture to be fetched
        follow(cast(Client, told), "r", None, as_json=True)
    assert told.fetched == []


def test_a_picture_that_was_deleted_is_told_and_the_others_come(capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(deleted=True)
    assert follow(cast(Client, told), "r", Path("/out"), as_json=False) == 0
    assert "picture 8 was deleted" in capsys.readouterr().err
