"""What the server and its worker say to each other: a JSON object and perhaps bytes, with their lengths."""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
from collections.abc import Mapping
from typing import Any, BinaryIO, NamedTuple

_LENGTHS = struct.Struct(">II")


class Message(NamedTuple):
    """What was said."""

    facts: dict[str, Any]
    payload: bytes = b""


def pack(facts: Mapping[str, Any], payload: bytes = b"") -> bytes:
    """The bytes of a message."""
    text = json.dumps(facts, separators=(",", ":")).encode("ascii")
    return _LENGTHS.pack(len(text), len(payload)) + text + payload


async def receive(reader: StreamReader) -> Message:
    """The next message; raises `asyncio.IncompleteReadError` where there is none."""
    text, payload = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
    facts = json.loads(await reader.readexactly(text))
    return Message(facts, await reader.readexactly(payload) if payload else b"")


def receive_from(file: BinaryIO) -> Message | None:
    """The next message of a blocking file; None at its end."""
    lengths = file.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    text, payload = _LENGTHS.unpack(lengths)
    body = file.read(text + payload)
    if len(body) < text + payload:
        return None
    return Message(json.loads(body[:text]), body[text:])
