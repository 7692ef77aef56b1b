"""How events look on the wire.

Websocket: a text frame is a JSON array of events, in order; a binary frame is a preview: four bytes, the
length (big-endian) of a JSON header `{"event": "preview", "run", "node", "media_type"}`, the header, and the
picture.
Server-sent events: `id` is an event's number, `event` its kind and `data` its JSON; there are no previews.
"""

from __future__ import annotations

import json
import struct

from graphengine.server.core.event_batch import EventBatch, PreviewEvent

_LENGTH = struct.Struct(">I")


def text_frame(batch: EventBatch) -> bytes:
    """The stored events of a batch as a JSON array."""
    return f"[{','.join([event.json for event in batch.events])}]".encode()


def preview_frame(preview: PreviewEvent) -> bytes:
    """A preview with its header before it."""
    about = {"event": "preview", "run": preview.run, "node": preview.node, "media_type": "image/png"}
    header = json.dumps(about, separators=(",", ":")).encode()
    return _LENGTH.pack(len(header)) + header + preview.image


def read_preview_frame(frame: bytes) -> tuple[dict[str, str], bytes]:
    """The header and the picture of a binary frame; raises ValueError for what is none."""
    if len(frame) < _LENGTH.size:
        raise ValueError("a preview frame begins with the length of its header")
    (length,) = _LENGTH.unpack_from(frame)
    header = json.loads(frame[_LENGTH.size : _LENGTH.size + length])
    return header, frame[_LENGTH.size + length :]


def event_stream_block(batch: EventBatch) -> bytes:
    """The stored events of a batch as server-sent events."""
    return "".join([f"id: {event.sequence}\ndata: {event.json}\n\n" for event in batch.events]).encode()
