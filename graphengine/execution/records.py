"""What each node of a workflow was when it last ran, kept on disk so that `explain` can tell what changed."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from graphengine.execution.plan import Plan
from graphengine.execution.result import RunResult

FORMAT = "graphengine-runs/1"
MOST_NODES = 20_000
"""No record is kept of larger graphs: it would take longer to write than they take to look at."""


@dataclass(frozen=True)
class NodeRecord:
    """A node as it was when its result was last made, or last found in the cache.

    links: per linked input, `node.output`. sources: per linked input the key of that node, as far as known.
    seconds: what it took when it last ran; None if it was only ever found. when: in seconds since 1970.
    """

    type: str
    version: str
    code: str
    key: str
    literals: Mapping[str, Any]
    links: Mapping[str, str]
    sources: Mapping[str, str]
    seconds: float | None
    when: float


Records = Mapping[str, NodeRecord]


def updated(
    records: Records, result: RunResult, where: Callable[[bytes], str | None], now: float
) -> dict[str, NodeRecord]:
    """The records after a run: of nodes that ran, or whose results are cached, as they are now.

    The others keep what was known of them, as long as the workflow has them.
    """
    plan = result.plan
    if plan is None:
        return dict(records)
    found = {name: record for name, record in records.items() if name in plan.graph.nodes}
    for name in plan.order:
        key = result.keys.get(name)
        seconds = result.seconds_of.get(name)
        if key is None or (seconds is None and where(key) is None):
            continue
        before = found.get(name)
        if seconds is None and before is not None:
            seconds = before.seconds
        found[name] = _record(plan, name, result.keys, seconds, now)
    return found


def _record(
    plan: Plan, name: str, keys: Mapping[str, bytes], seconds: float | None, now: float
) -> NodeRecord:
    node = plan.graph.nodes[name]
    schema = node.schema
    return NodeRecord(
        type=schema.type,
        version=schema.version,
        code=schema.code,
        key=keys[name].hex(),
        literals=dict(node.literals),
        links={input: str(link) for input, link in node.links.items()},
        sources={input: keys[link.node].hex() for input, link in node.links.items() if link.node in keys},
        seconds=seconds,
        when=now,
    )


class RecordFolder:
    """One file per workflow. One that is damaged, or can't be written, is done without."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, workflow: str) -> dict[str, NodeRecord]:
        """The records of the workflow of that name; empty where there are none."""
        try:
            data = json.loads(self._path(workflow).read_text(encoding="utf-8"))
            if data["format"] != FORMAT or data["workflow"] != workflow:
                return {}
            return {name: _from_dict(each) for name, each in data["nodes"].items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return {}

    def save(self, workflow: str, records: Records) -> None:
        """Write them, whole or not at all."""
        if len(records) > MOST_NODES:
            return
        path = self._path(workflow)
        nodes = {name: vars(record) for name, record in records.items()}
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            text = json.dumps({"format": FORMAT, "workflow": workflow, "nodes": nodes}, default=repr)
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, path)
        except (OSError, ValueError):
            with suppress(OSError):
                beside.unlink(missing_ok=True)

    def _path(self, workflow: str) -> Path:
        stem = re.sub(r"[^\w-]+", "_", workflow).strip("_")[:60]
        digest = blake2b(workflow.encode("utf-8", "replace"), digest_size=4).hexdigest()
        return self._folder / f"{stem}-{digest}.json"


_TEXTS = ("type", "version", "code", "key")
_OBJECTS = ("literals", "links", "sources")


def _from_dict(data: Any) -> NodeRecord:
    """Raises for what is no record."""
    record = NodeRecord(**data)
    texts = all(isinstance(data[name], str) for name in _TEXTS)
    objects = all(isinstance(data[name], dict) for name in _OBJECTS)
    numbers = isinstance(record.when, int | float) and isinstance(record.seconds, int | float | None)
    if not (texts and objects and numbers):
        raise ValueError("no record of a node")
    return record
