"""The events of runs: numbered, stored, passed on, and never held up by a slow reader."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from graphengine.server.core import Core, EventBatch, PreviewEvent, StoredEvent, event_hub, subscription
from graphengine.server.core.event_hub import EventHub
from graphengine.server.core.store import Store
from graphengine.server.core.subscription import Subscription
from graphengine.server.models import SubmitRequest
from tests.server.core.troublemaker import adding, ended

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]
TELLING = {"format": "graphengine/1", "nodes": {"it": {"type": "tell", "inputs": {"steps": 40}}}}


def telling(steps: int) -> SubmitRequest:
    return SubmitRequest(workflow=TELLING, settings={"it.steps": steps})


def test_a_run_tells_its_story_in_order_and_it_stays_stored(served: Served) -> None:
    async def test(core: Core) -> None:
        run = (await core.runs.submit(adding(a=4)))[0]
        other = (await core.runs.submit(adding(a=5)))[0]
        run = await ended(core, run.id)
        await ended(core, other.id)
        page = await core.events.since(0, run=run.id)
        told = [
            each.get("state", each["event"]) if each["event"] == "state" else each["event"]
            for each in page.events
        ]
        assert told[:3] == ["queued", "running", "queued"]
        assert told[-2:] == ["finished", "succeeded"]
        assert {"started", "output"} <= set(told)
        numbers = [each["sequence"] for each in page.events]
        assert numbers == sorted(set(numbers))
        assert page.last == numbers[-1]
        assert {each["run"] for each in page.events} == {run.id}
        [output] = [each for each in page.events if each["event"] == "output"]
        assert output["artifact"]["sha256"] == run.artifacts[0].sha256
        assert "path" not in output["artifact"]
        rest = await core.events.since(numbers[2], run=run.id)
        assert rest.events == page.events[3:]

    served(test)


def test_of_progress_only_the_last_of_each_node_stays_stored(served: Served) -> None:
    async def test(core: Core) -> None:
        counts = []
        for steps in (20, 200):
            run = await ended(core, (await core.runs.submit(telling(steps)))[0].id)
            events = (await core.events.since(0, run=run.id)).events
            progress = [each for each in events if each["event"] == "progress"]
            assert [(each["step"], each["total"]) for each in progress] == [(steps, steps)]
            counts.append(len(events))
        assert counts[0] == counts[1]

    served(test)


def test_previews_are_passed_on_and_not_stored(served: Served) -> None:
    async def test(core: Core) -> None:
        async with core.events.subscribe() as following:
            run = (await core.runs.submit(telling(3)))[0]
            previews: list[PreviewEvent] = []
            events: list[StoredEvent] = []
            while not any('"state":"succeeded"' in each.json for each in events):
                batch = await following.next()
                previews += batch.previews
                events += batch.events
            assert previews
            assert {(each.run, each.node) for each in previews} == {(run.id, "it")}
            assert all(each.image.startswith(b"\x89PNG") for each in previews)
            assert not any("preview" in each.json for each in events)

    served(test)


def test_following_from_a_number_misses_and_repeats_nothing(served: Served) -> None:
    async def test(core: Core) -> None:
        first = (await core.runs.submit(adding(a=1)))[0]
        await ended(core, first.id)
        middle = (await core.events.since(0)).events[4]["sequence"]
        async with core.events.subscribe(since=middle) as following:
            second = (await core.runs.submit(adding(a=2)))[0]
            found: list[StoredEvent] = []
            while not any(each.run == second.id and '"state":"succeeded"' in each.json for each in found):
                found += (await following.next()).events
        stored = (await core.events.since(middle, limit=10_000)).events
        assert [each.sequence for each in found] == [each["sequence"] for each in stored][: len(found)]
        assert [json.loads(each.json) for each in found] == stored[: len(found)]

    served(test)


def test_all_who_follow_everything_share_one_encoding(served: Served) -> None:
    async def test(core: Core) -> None:
        calls = 0

        def encode(batch: EventBatch) -> bytes:
            nonlocal calls
            calls += 1
            return "".join(event.json for event in batch.events).encode()

        followers = [core.events.subscribe() for _ in range(20)]
        await core.queue.pause()
        batches = [await each.next() for each in followers]
        assert len({each.encoded(encode) for each in batches}) == 1
        assert calls == 1
        assert core.events.subscribers == 20
        for each in followers:
            each.close()
        assert core.events.subscribers == 0
        with pytest.raises(asyncio.CancelledError):
            await followers[0].next()

    served(test)


def with_hub(root: Path, test: Callable[[Store, EventHub], Coroutine[Any, Any, None]]) -> None:
    async def go() -> None:
        hub = EventHub()
        store = Store(root, hub.publish)
        store.open()
        try:
            await asyncio.wait_for(test(store, hub), 30)
        finally:
            await store.close()

    asyncio.run(go())


def test_a_slow_reader_reads_on_from_the_store_and_keeps_little_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription, "MOST_WAITING", 10)
    monkeypatch.setattr(event_hub, "PAUSE", 0.001)

    async def test(store: Store, hub: EventHub) -> None:
        slow = Subscription(hub, store, None, None)
        for number in range(100):
            await store.write(lambda t, number=number: t.tell("n", "r", {"n": number}))
            hub.preview(PreviewEvent("r", "it", b"%d" % number))
            if number % 10 == 0:
                await asyncio.sleep(0.01)  # so that the hub delivers several times
            assert slow._waiting <= 10
        await asyncio.sleep(0.1)
        found: list[StoredEvent] = []
        previews: list[PreviewEvent] = []
        while len(found) < 100 or not previews:
            batch = await slow.next()
            found += batch.events
            previews += batch.previews
        assert [json.loads(each.json)["n"] for each in found] == list(range(100))
        assert previews[-1].image == b"99"
        assert len(previews) < 100
        slow.close()

    with_hub(tmp_path, test)


def test_one_who_follows_a_run_gets_only_that(tmp_path: Path) -> None:
    async def test(store: Store, hub: EventHub) -> None:
        await store.write(lambda t: t.tell("before", "b", {}))
        mine = Subscription(hub, store, 0, "b")
        for run in ("a", "b", "a", "b"):
            await store.write(lambda t, run=run: t.tell("n", run, {}))
            hub.preview(PreviewEvent(run, "it", b""))
        found: list[StoredEvent] = []
        previews: list[PreviewEvent] = []
        while len(found) < 3 or not previews:
            batch = await mine.next()
            found += batch.events
            previews += batch.previews
        assert [(each.sequence, each.run) for each in found] == [(1, "b"), (3, "b"), (5, "b")]
        assert {each.run for each in previews} == {"b"}
        mine.close()

    with_hub(tmp_path, test)
