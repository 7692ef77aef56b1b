"""Pictures are there from the moment that a node hands them out."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.artifacts import GalleryQuery
from graphengine.server.models import ArtifactRecord, Run
from tests.server.core.troublemaker import adding, ended, running, serving, sketched

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]


async def told_pictures(core: Core, run: str, count: int = 1) -> list[dict[str, Any]]:
    """The artifacts of the first `output` events of a run, as soon as they are told."""
    found: list[dict[str, Any]] = []
    async with core.events.subscribe(since=0, run=run) as following:
        while len(found) < count:
            events = [json.loads(event.json) for event in (await following.next()).events]
            found += [event["artifact"] for event in events if event["event"] == "output"]
    return found


def numbers(pictures: list[ArtifactRecord]) -> list[int]:
    return [each.id for each in pictures]


def test_a_picture_is_there_while_its_run_goes_on(served: Served) -> None:
    async def test(core: Core) -> None:
        id = (await core.runs.submit(sketched(seconds=60, count=2)))[0].id
        told = await told_pictures(core, id, 2)
        run = await core.runs.read(id)
        assert run.state == "running"
        assert numbers(run.artifacts) == [each["id"] for each in told]
        assert numbers(await core.artifacts.gallery()) == numbers(run.artifacts)[::-1]
        record = await core.artifacts.read(told[0]["id"])
        assert core.artifacts.file_of(record).stat().st_size == told[0]["size"] == record.size
        await core.runs.cancel(id)
        run = await ended(core, id)
        assert run.state == "cancelled"
        assert numbers(run.artifacts) == [each["id"] for each in told]

    served(test)


@pytest.mark.parametrize("kind", ["raise", "kill"])
def test_a_run_that_fails_keeps_what_it_has_made(served: Served, kind: str) -> None:
    async def test(core: Core) -> None:
        run = await ended(core, (await core.runs.submit(sketched(kind, count=2)))[0].id)
        assert run.state == "failed"
        assert [each.node for each in run.artifacts] == ["sketch", "sketch"]
        assert numbers(await core.artifacts.gallery(GalleryQuery(run=run.id))) == numbers(run.artifacts)[::-1]
        for record in run.artifacts:
            assert core.artifacts.file_of(record).is_file()

    served(test)


def test_the_end_of_a_run_adds_no_picture_twice(served: Served) -> None:
    async def test(core: Core) -> None:
        run = await ended(core, (await core.runs.submit(adding(a=4)))[0].id)
        again = await ended(core, (await core.runs.submit(adding(a=4)))[0].id)
        assert again.cached == 2
        for each in (run, again):
            told = await told_pictures(core, each.id)
            assert numbers(each.artifacts) == [told[0]["id"]]
        assert len(await core.artifacts.gallery()) == 2

    served(test)


def test_a_run_that_was_cut_off_keeps_the_numbers_of_the_pictures_that_it_makes_again(home: Home) -> None:
    async def begin() -> tuple[str, list[int]]:
        async with serving(home) as core:
            run, _ = await core.runs.submit(sketched(seconds=3))
            return run.id, [each["id"] for each in await told_pictures(core, run.id)]

    async def go_on(id: str, known: list[int]) -> Run:
        async with serving(home) as core:
            assert numbers((await core.runs.read(id)).artifacts) == known
            return await ended(core, id)

    id, known = asyncio.run(begin())
    run = asyncio.run(go_on(id, known))
    assert (run.state, run.attempt) == ("succeeded", 2)
    assert numbers(run.artifacts) == known


def test_pictures_outlive_the_worker_and_the_queue_goes_on(served: Served) -> None:
    async def test(core: Core) -> None:
        run, _ = await core.runs.submit(sketched(seconds=60))
        [told] = await told_pictures(core, run.id)
        await running(core, run.id)
        pid = (await core.worker()).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        run = await ended(core, run.id)
        assert run.state == "failed"
        assert numbers(run.artifacts) == [told["id"]]
        assert (await ended(core, (await core.runs.submit(adding()))[0].id)).state == "succeeded"

    served(test)
