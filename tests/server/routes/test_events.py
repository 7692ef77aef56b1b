"""Events over a websocket and as server-sent events: numbered, taken up again, filtered; previews."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from graphengine.server.frames import read_preview_frame
from tests.server.core.troublemaker import ADDING
from tests.server.live import Live

TELLING = {"format": "graphengine/1", "nodes": {"it": {"type": "tell", "inputs": {"steps": 3}}}}


def submit(live: Live, workflow: dict[str, Any] = ADDING, **parameters: Any) -> str:
    answer = live.post("/api/runs", {"workflow": workflow, "parameters": parameters})
    assert answer.status == 201, answer.body
    return str(answer.json["id"])


def follow(live: Live, query: str, ends: str) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Everything that a websocket gets until that run has ended."""

    async def go() -> tuple[list[dict[str, Any]], list[bytes]]:
        events: list[dict[str, Any]] = []
        previews: list[bytes] = []
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{live.url}/api/events{query}", origin=live.url) as socket,
        ):
            async for message in socket:
                if message.type == aiohttp.WSMsgType.BINARY:
                    previews.append(message.data)
                    continue
                events += json.loads(message.data)
                if any(is_end(each, ends) for each in events):
                    break
        return events, previews

    return asyncio.run(asyncio.wait_for(go(), 60))


def is_end(event: dict[str, Any], run: str) -> bool:
    return event["run"] == run and event.get("state") in ("succeeded", "failed") and event["event"] == "state"


def test_a_websocket_gets_every_event_once_and_in_order(live: Live) -> None:
    id = submit(live, a=11)
    live.finished(id)
    events, _ = follow(live, f"?since=0&run={id}", id)
    numbers = [each["sequence"] for each in events]
    assert numbers == sorted(set(numbers))
    assert {each["run"] for each in events} == {id}
    kinds = [each["event"] for each in events]
    assert kinds[0] == "state" and "output" in kinds and kinds[-1] == "state"
    middle = numbers[len(numbers) // 2]
    later, _ = follow(live, f"?since={middle}&run={id}", id)
    assert [each["sequence"] for each in later] == [each for each in numbers if each > middle]


def test_previews_are_binary_frames_with_a_header(live: Live) -> None:
    live.post("/api/queue/pause")
    id = submit(live, TELLING)

    async def go() -> list[bytes]:
        found: list[bytes] = []
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{live.url}/api/events?run={id}", origin=live.url) as socket,
        ):
            await asyncio.to_thread(live.post, "/api/queue/resume")
            async for message in socket:
                if message.type == aiohttp.WSMsgType.BINARY:
                    found.append(message.data)
                elif any(is_end(each, id) for each in json.loads(message.data)):
                    return found
        return found

    frames = asyncio.run(asyncio.wait_for(go(), 60))
    header, picture = read_preview_frame(frames[-1])
    assert header == {"event": "preview", "run": id, "node": "it", "media_type": "image/png"}
    assert picture.startswith(b"\x89PNG")
    assert 1 <= len(frames) <= 3


def test_an_event_stream_is_taken_up_after_the_last_event(live: Live) -> None:
    id = submit(live, a=12)
    live.finished(id)

    def read(path: str, **headers: str) -> list[int]:
        numbers = []
        with live.stream(path, **headers) as lines:
            assert lines.headers["Content-Type"] == "text/event-stream"
            for line in lines:
                if line.startswith(b"id: "):
                    numbers.append(int(line[4:]))
                if b'"state":"succeeded"' in line and b'"event":"state"' in line:
                    break
        return numbers

    path = f"/api/events/stream?run={id}&since=0"
    numbers = read(path)
    assert len(numbers) > 4
    assert read(path, **{"Last-Event-ID": str(numbers[1])}) == numbers[2:]


def test_frames_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="length of its header"):
        read_preview_frame(b"\x00")


def test_there_may_be_only_so_many_streams(live: Live) -> None:
    most = live.site.listeners._most
    live.site.listeners._most = 0
    try:
        answer = live.get("/api/events/stream")
        assert (answer.status, answer.headers["Retry-After"]) == (429, "5")
    finally:
        live.site.listeners._most = most
