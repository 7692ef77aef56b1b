"""The gallery."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graphengine.home import Home
from graphengine.provenance import read_provenance
from graphengine.server.core import Core
from graphengine.server.core.artifacts import GalleryQuery
from graphengine.server.errors import Gone, NotFound
from graphengine.server.models import ArtifactRecord, SubmitRequest
from tests.server.core.troublemaker import ADDING, adding, ended, sketched

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]


async def documents(core: Core) -> int:
    return int(await core._store.read(lambda db: db.execute("SELECT count(*) FROM documents").fetchone()[0]))


async def picture(core: Core, request: SubmitRequest) -> ArtifactRecord:
    [found] = (await ended(core, (await core.runs.submit(request))[0].id)).artifacts
    return found


def test_pictures_are_found_by_what_they_were_made_with(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.workflows.save("mine", ADDING, 0)
        red = await picture(core, adding(a=1, text="a red circle", seed=2**63))
        blue = await picture(core, adding(a=2, text="a blue circle"))
        mine = await picture(core, SubmitRequest(workflow="mine", parameters={"a": 2}))
        assert red.seed == 2**63
        hour = timedelta(hours=1)
        now = datetime.now(UTC)
        for query, found in (
            (GalleryQuery(), [mine, blue, red]),
            (GalleryQuery(limit=1), [mine]),
            (GalleryQuery(before=mine.id), [blue, red]),
            (GalleryQuery(text="RED"), [red]),
            (GalleryQuery(values={"a": 2}), [mine, blue]),
            (GalleryQuery(values={"a": 2, "text": "a blue circle"}), [blue]),
            (GalleryQuery(values={"a": "2"}), []),
            (GalleryQuery(values={"a' OR 1=1 --": 2}), []),
            (GalleryQuery(workflow="mine"), [mine]),
            (GalleryQuery(run=red.run), [red]),
            (GalleryQuery(since=now - hour, until=now + hour), [mine, blue, red]),
            (GalleryQuery(until=now - hour), []),
            (GalleryQuery(since=now + hour), []),
        ):
            assert await core.artifacts.gallery(query) == found, query

    served(test)


def test_no_file_is_found_by_what_is_no_hash(served: Served, home: Home) -> None:
    async def test(core: Core) -> None:
        for name in ("", "../graphengine.sqlite", "0" * 63, "0" * 64, "A" * 64, "*" * 64, "00/../x"):
            with pytest.raises(NotFound):
                core.artifacts.file(name)
            with pytest.raises(NotFound):
                await core.artifacts.by_hash(name)
        with pytest.raises(NotFound):
            await core.artifacts.read(1)

    served(test)


def test_a_deleted_run_takes_its_pictures_along(served: Served) -> None:
    async def test(core: Core) -> None:
        gone = await picture(core, adding(a=1))
        path = core.artifacts.file(gone.sha256)
        await core.runs.delete(gone.run)
        await picture(core, adding(a=2))  # begins after the file was removed
        assert not path.exists()
        with pytest.raises(NotFound):
            await core.runs.read(gone.run)
        assert [each["event"] for each in (await core.events.since(0, run=gone.run)).events] == ["deleted"]
        assert await documents(core) == 1  # both had the same
        [left] = (await core.runs.page()).runs
        await core.runs.delete(left.id)
        assert await documents(core) == 0

    served(test)


def test_a_deleted_picture_leaves_its_run_which_says_so(served: Served) -> None:
    async def test(core: Core) -> None:
        gone, left = await picture(core, adding(a=1)), await picture(core, adding(a=2))
        path = core.artifacts.file_of(gone)
        await core.artifacts.delete(gone.id)
        assert await core.artifacts.gallery() == [left]
        run = await core.runs.read(gone.run)
        [record] = run.artifacts
        assert (run.state, record.id) == ("succeeded", gone.id)
        assert record.deleted_at is not None
        with pytest.raises(Gone, match=f"picture {gone.id} of node 'show' was deleted on 20"):
            core.artifacts.file_of(await core.artifacts.read(gone.id))
        with pytest.raises(Gone):
            await core.artifacts.delete(gone.id)
        with pytest.raises(NotFound):
            await core.artifacts.delete(10_000)
        events = (await core.events.since(0, run=gone.run)).events
        assert events[-1]["event"] == "picture_deleted"
        assert events[-1]["artifact"] == gone.id
        again = await picture(core, adding(a=1))  # begins after the file was removed, and makes it again
        assert (again.sha256, again.deleted_at) == (gone.sha256, None)
        assert path.exists()
        assert core.artifacts.file_of(again) == path
        await core.runs.delete(gone.run)
        with pytest.raises(NotFound):
            await core.artifacts.read(gone.id)

    served(test)


def test_a_file_stays_as_long_as_another_run_shows_it(served: Served) -> None:
    async def test(core: Core) -> None:
        first, second = await picture(core, adding(a=1)), await picture(core, adding(a=1))
        assert first.sha256 == second.sha256
        await core.artifacts.delete(first.id)
        await picture(core, adding(a=2))  # begins after what may be removed was
        assert core.artifacts.file_of(second).is_file()
        assert await core.artifacts.by_hash(first.sha256) == second
        await core.artifacts.delete(second.id)
        await picture(core, adding(a=3))
        with pytest.raises(NotFound):
            core.artifacts.file(second.sha256)

    served(test)


def test_a_picture_from_the_cache_carries_the_workflow_of_the_run_that_asked_for_it(served: Served) -> None:
    async def test(core: Core) -> None:
        first = await picture(core, adding(a=1))
        moved: dict[str, Any] = {**ADDING, "layout": {"add": {"x": 300.0, "y": 20.0}}}
        run = await ended(core, (await core.runs.submit(SubmitRequest(workflow=moved)))[0].id)
        [second] = run.artifacts
        assert (run.cached, run.executed) == (2, 0)
        one, other = (read_provenance(core.artifacts.file_of(each)) for each in (first, second))
        assert (one.document.get("layout"), other.document["layout"]) == ({}, moved["layout"])
        assert one.versions == other.versions
        await core.runs.delete(first.run)
        again = await picture(core, SubmitRequest(workflow=moved))  # begins after the file was removed
        assert again.sha256 == second.sha256

    served(test)


def test_a_picture_that_was_deleted_is_made_again_by_whatever_node_made_it(served: Served) -> None:
    async def test(core: Core) -> None:
        gone = await picture(core, sketched())
        await core.artifacts.delete(gone.id)
        await picture(core, adding(a=2))  # begins after the file was removed
        again = await picture(core, sketched())
        assert core.artifacts.file_of(again).is_file()

    served(test)
