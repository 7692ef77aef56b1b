"""What a worker says arrives whole and in order; where the server is slow, only the newest progress waits."""

import os
from typing import Any

from graphengine.server.worker.outbox import Outbox
from graphengine.server.worker.protocol import Message, receive_from


def test_a_slow_server_gets_only_the_newest_of_what_can_be_replaced() -> None:
    reading, writing = os.pipe()
    outbox = Outbox(os.fdopen(writing, "wb", buffering=0))
    full = b"x" * (1 << 20)  # more than a pipe holds: the outbox waits until it is read
    outbox.say({"tell": "first"}, full)
    while outbox._waiting:  # until its thread is at work on that
        pass
    for step in range(1000):
        outbox.say({"tell": "event", "step": step}, newest=("progress", "a"))
        outbox.say({"tell": "preview"}, b"%d" % step, newest=("preview", "a"))
    outbox.say({"tell": "ended"})
    heard: list[Message] = []
    with os.fdopen(reading, "rb") as file:
        while not heard or heard[-1].facts["tell"] != "ended":
            message = receive_from(file)
            assert message is not None
            heard.append(message)
    assert heard[0] == Message({"tell": "first"}, full)
    told: list[Any] = [(each.facts.get("step"), each.payload) for each in heard[1:]]
    assert told == [(999, b""), (None, b"999"), (None, b"")]


def test_all_is_on_its_way_after_a_flush() -> None:
    reading, writing = os.pipe()
    outbox = Outbox(os.fdopen(writing, "wb", buffering=0))
    outbox.say({"tell": "began"})
    outbox.flush()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb") as file:
        assert receive_from(file) == Message({"tell": "began"})


def test_the_end_of_a_pipe_and_half_a_message_are_no_message() -> None:
    for rest in (b"", b"\0\0\0", b"\0\0\0\x02\0\0\0\x05{}abc"):
        reading, writing = os.pipe()
        os.write(writing, rest)
        os.close(writing)
        with os.fdopen(reading, "rb") as file:
            assert receive_from(file) is None
