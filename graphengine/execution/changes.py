"""Why a node's result isn't there: what is different from when it last ran, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphengine.authoring.json_schema import show
from graphengine.execution.cache.disk import LEAST_SECONDS
from graphengine.execution.plan import Plan
from graphengine.execution.records import NodeRecord

GONE = "gone"
"""Where the result of an output node is whose files were deleted."""
MOST_CHANGES = 3
NOT_KEPT = "not in the cache: let go of, or of a kind that only the process that made it keeps"


def why(
    plan: Plan,
    name: str,
    keys: Mapping[str, bytes],
    record: NodeRecord | None,
    place: str | None,
    now: float,
) -> str:
    """Why the node runs, given what is recorded of it and where its result was looked for."""
    node = plan.graph.nodes[name]
    if place == GONE:
        return "an output node: its files are gone"
    if record is None or record.seconds is None:
        return "never ran"
    since = f"since the last run {ago(now - record.when)}"
    changes = list(_changes(plan, name, keys, record))
    if changes:
        more = len(changes) - MOST_CHANGES
        listed = ", ".join(changes[:MOST_CHANGES]) + (f" and {more} more" if more > 0 else "")
        return f"{listed} {since}"
    if record.key == keys[name].hex():
        if node.output:
            return "an output node: what it saved is known only to the process that ran it"
        if record.seconds < LEAST_SECONDS:
            return f"made in less than {LEAST_SECONDS:g} s, too little to keep the result on disk"
        return f"{NOT_KEPT}; it last ran {ago(now - record.when)}"
    if node.schema.fingerprinted:
        return f"what it reads from outside, such as a file, changed {since}"
    if node.bodies:
        return f"its body changed {since}"
    if node.output:
        return f"it saves to another place than in the last run {ago(now - record.when)}"
    return f"something it depends on changed {since}"


def _changes(plan: Plan, name: str, keys: Mapping[str, bytes], record: NodeRecord) -> Iterator[str]:
    node = plan.graph.nodes[name]
    schema = node.schema
    if schema.type != record.type:
        yield f"its type changed from '{record.type}' to '{schema.type}'"
        return
    if schema.version != record.version:
        yield f"its version changed from {record.version} to {schema.version}"
    elif schema.code != record.code:
        yield "its code changed"
    for input, value in node.literals.items():
        if input not in record.literals:
            before = record.links.get(input)
            instead = f", instead of what '{before}' gives" if before else ""
            yield f"input '{input}' is {show(value)} now{instead}"
        elif not _same(value, record.literals[input]):
            yield f"input '{input}' changed from {show(record.literals[input])} to {show(value)}"
    for input, link in node.links.items():
        before = record.links.get(input)
        source = keys.get(link.node)
        if before != str(link):
            instead = f"instead of '{before}'" if before else "and was not linked"
            yield f"input '{input}' comes from '{link}' now, {instead}"
        elif source is not None and input in record.sources and record.sources[input] != source.hex():
            yield f"input '{input}' comes from '{link.node}', which changed"
    for input in (*record.literals, *record.links):
        if input not in node.literals and input not in node.links:
            yield f"input '{input}' is not given any more"


def _same(value: object, recorded: object) -> bool:
    """Whether they are equal, and of one type where that makes a difference: 1 is not 1.0, nor True."""
    if isinstance(value, list | tuple) and isinstance(recorded, list):
        return len(value) == len(recorded) and all(
            _same(one, other) for one, other in zip(value, recorded, strict=True)
        )
    return type(value) is type(recorded) and value == recorded


def ago(seconds: float) -> str:
    """A time in the past: `3 minutes ago`."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count = int(seconds // length)
        if count >= 1:
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "a moment ago"
