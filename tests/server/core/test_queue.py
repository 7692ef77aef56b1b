"""The order of the queue, pausing it, and changing it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from graphengine.home import Home
from graphengine.server.core import Core, CoreSettings
from graphengine.server.errors import BadRequest, Conflict, NotFound, QueueFull
from graphengine.server.models import BatchRequest, RunChange, SubmitRequest
from tests.server.core.troublemaker import ADDING, adding, ended, serving

Served = Callable[[Callable[[Core], Coroutine[Any, Any, None]]], None]


async def submit(core: Core, count: int, priority: int = 0) -> list[str]:
    """Submit so many, with `a` counting up."""
    requests = [adding(a=number).model_copy(update={"priority": priority}) for number in range(count)]
    return [(await core.runs.submit(each))[0].id for each in requests]


async def order(core: Core) -> list[str]:
    return [run.id for run in await core.queue.waiting()]


def test_priorities_come_before_order_and_both_can_be_changed(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        a, b, c = await submit(core, 3)
        [d] = await submit(core, 1, priority=5)
        assert await order(core) == [d, a, b, c]
        await core.queue.change(c, RunChange(position=1))
        assert await order(core) == [d, c, a, b]
        await core.queue.change(b, RunChange(position=0))
        assert await order(core) == [b, d, c, a]
        await core.queue.change(d, RunChange(priority=-1))
        assert await order(core) == [b, c, a, d]
        await core.queue.change(b, RunChange(position=99))
        assert await order(core) == [c, a, d, b]
        await core.queue.change(c, RunChange(position=2))
        assert await order(core) == [a, d, c, b]

    served(test)


def test_a_run_can_be_put_between_two_any_number_of_times(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        ids = await submit(core, 4)
        for _ in range(70):  # halving a gap of 1 uses up a double's digits after 52
            moved = (await order(core))[2]
            await core.queue.change(moved, RunChange(position=1))
            expected = [ids[0], moved, *(id for id in ids[1:3] if id != moved), ids[3]]
            found = await order(core)
            assert (found[0], found[1], found[3]) == (expected[0], moved, ids[3])

    served(test)


def test_a_paused_queue_starts_nothing_also_after_a_restart(home: Home) -> None:
    async def test() -> None:
        async with serving(home) as core:
            assert (await core.queue.pause()).paused
            [id] = await submit(core, 1)
        async with serving(home) as core:
            await core.nodes.catalogue()
            state = await core.queue.state()
            assert (state.paused, state.queued, state.running) == (True, 1, [])
            assert not (await core.queue.resume()).paused
            assert (await ended(core, id)).state == "succeeded"

    asyncio.run(test())


def test_runs_start_in_the_order_of_the_queue(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        ids = await submit(core, 4)
        await core.queue.change(ids[3], RunChange(position=0))
        await core.queue.resume()
        runs = [await ended(core, id) for id in ids]
        page = await core.events.since(0, limit=10_000)
        begun = [each["run"] for each in page.events if each.get("state") == "running"]
        assert begun == [ids[3], *ids[:3]]
        assert {run.state for run in runs} == {"succeeded"}

    served(test)


def test_only_a_queued_run_has_a_place(served: Served) -> None:
    async def test(core: Core) -> None:
        [id] = await submit(core, 1)
        await ended(core, id)
        with pytest.raises(Conflict, match="is succeeded"):
            await core.queue.change(id, RunChange(priority=1))
        with pytest.raises(NotFound):
            await core.queue.change("nonsense", RunChange(priority=1))

    served(test)


def test_a_full_queue_takes_no_more_and_none_of_a_batch(home: Home) -> None:
    async def test() -> None:
        settings = CoreSettings(preload=False, max_queued=3)
        async with serving(home, settings) as core:
            await core.queue.pause()
            await submit(core, 2)
            with pytest.raises(QueueFull, match="the queue is full: 2 runs wait") as raised:
                await core.runs.submit_batch(BatchRequest(workflow=ADDING, axes={"a": [1, 2]}))
            assert raised.value.status == 429
            assert (await core.queue.state()).queued == 2
            await submit(core, 1)
            with pytest.raises(QueueFull):
                await submit(core, 1)

    asyncio.run(test())


def test_a_batch_is_a_run_per_combination(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        request = BatchRequest(
            workflow=ADDING, parameters={"seed": 3}, axes={"a": [1, 2], "show.text": ["x", "y", "z"]}
        )
        batch = await core.runs.submit_batch(request, "key")
        assert [run.parameters["a"] for run in batch.runs] == [1, 1, 1, 2, 2, 2]
        assert [run.values["text"] for run in batch.runs] == ["x", "y", "z"] * 2
        assert {run.values["seed"] for run in batch.runs} == {3}
        found = await core.runs.page(batch=batch.id)
        assert [run.id for run in found.runs] == [run.id for run in reversed(batch.runs)]
        again = await core.runs.submit_batch(request, "key")
        assert [run.id for run in again.runs] == [run.id for run in batch.runs]
        with pytest.raises(BadRequest, match="got 0"):
            await core.runs.submit_batch(BatchRequest(workflow=ADDING, axes={"a": []}))

    served(test)


def test_a_key_names_one_request(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        first, new = await core.runs.submit(adding(a=1), "key")
        again, renewed = await core.runs.submit(adding(a=1), "key")
        assert (new, renewed, again.id) == (True, False, first.id)
        with pytest.raises(Conflict, match="was used for another request"):
            await core.runs.submit(adding(a=2), "key")
        at_once = await asyncio.gather(*(core.runs.submit(adding(a=3), "other") for _ in range(5)))
        assert len({run.id for run, _ in at_once}) == 1
        assert sum(new for _, new in at_once) == 1
        await core.runs.cancel(at_once[0][0].id)
        assert (await core.queue.state()).queued == 1

    served(test)


def test_pages_of_runs(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        ids = await submit(core, 5)
        page = await core.runs.page(limit=2)
        assert [run.id for run in page.runs] == [ids[4], ids[3]]
        page = await core.runs.page(limit=2, before=page.next)
        assert [run.id for run in page.runs] == [ids[2], ids[1]]
        page = await core.runs.page(limit=2, before=page.next)
        assert ([run.id for run in page.runs], page.next) == ([ids[0]], None)
        await core.runs.cancel(ids[1])
        found = await core.runs.page(states=frozenset({"cancelled"}))
        assert [run.id for run in found.runs] == [ids[1]]
        assert (await core.runs.page(workflow="nonsense")).runs == []

    served(test)


def test_text_is_found_in_values_and_taken_as_it_is(served: Served) -> None:
    async def test(core: Core) -> None:
        await core.queue.pause()
        red = (await core.runs.submit(adding(text="a Red circle, 50% wide")))[0].id
        await core.runs.submit(adding(text="a blue circle"))
        for text, found in {
            "red CIRCLE": [red],
            "50% w": [red],
            "50_": [],
            "adding": 2,
            "' OR 1": [],
        }.items():
            runs = [run.id for run in (await core.runs.page(text=text)).runs]
            assert (len(runs) if isinstance(found, int) else runs) == found

    served(test)


def test_too_large_a_graph_is_refused_before_it_is_built(home: Home) -> None:
    async def test() -> None:
        async with serving(home, CoreSettings(preload=False, max_nodes=50)) as core:
            subgraphs: dict[str, Any] = {"s0": {"nodes": {"n": {"type": "add"}}}}
            for level in range(1, 60):  # each uses the one before twice: 2 ** 60 nodes
                inside = {name: {"type": f"s{level - 1}"} for name in ("a", "b")}
                subgraphs[f"s{level}"] = {"nodes": inside}
            document = {"format": "graphengine/1", "nodes": {"it": {"type": "s59"}}, "subgraphs": subgraphs}
            told = await core.runs.validate(SubmitRequest(workflow=document))
            assert [each.kind for each in told.problems] == ["too_large"]
            nodes = {f"n{number}": {"type": "add"} for number in range(51)}
            told = await core.runs.validate(
                SubmitRequest(workflow={"format": "graphengine/1", "nodes": nodes})
            )
            assert [each.got for each in told.problems] == ["51"]

    asyncio.run(test())
