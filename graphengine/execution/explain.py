"""Which nodes of a plan would run now, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from graphengine.execution.changes import GONE, why
from graphengine.execution.keys import is_dynamic
from graphengine.execution.plan import Plan
from graphengine.execution.records import Records

Status = Literal["cached", "not needed", "will run", "depends"]
Where = Callable[[str, bytes], str | None]


@dataclass(frozen=True)
class Explanation:
    """What would become of a node.

    where: which cache has its result. reason: why it would run, or what that depends on.
    seconds: what it took when it last ran.
    """

    node: str
    type: str
    status: Status
    where: str | None = None
    reason: str | None = None
    seconds: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return asdict(self)


NOT_NEEDED, PERHAPS, SURELY = range(3)


def explain(
    plan: Plan, keys: Mapping[str, bytes], where: Where, records: Records, now: float
) -> list[Explanation]:
    """What would become of each node, in the order of the plan.

    keys: those that are known before the run. where: in which cache the result of a node with this key is,
    `gone` for one whose files are no longer there. now: in seconds since 1970.
    """
    needed, places = _demand(plan, keys, where)
    found = []
    for name in plan.order:
        type = plan.graph.nodes[name].schema.type
        record = records.get(name)
        seconds = record.seconds if record else None
        place = places.get(name)
        if needed.get(name, NOT_NEEDED) == NOT_NEEDED:
            found.append(Explanation(name, type, "not needed", None, "what is made of it is cached", seconds))
        elif place is not None and place != GONE:
            found.append(Explanation(name, type, "cached", place, None, seconds))
        elif name not in keys or needed[name] == PERHAPS:
            found.append(Explanation(name, type, "depends", None, _on_what(plan, name, keys), seconds))
        else:
            reason = why(plan, name, keys, record, place, now)
            found.append(Explanation(name, type, "will run", None, reason, seconds))
    return found


def _demand(
    plan: Plan, keys: Mapping[str, bytes], where: Where
) -> tuple[dict[str, int], dict[str, str | None]]:
    """How surely each node is asked for, found backwards from what is wanted; and where results are."""
    needed = dict.fromkeys(plan.wanted, SURELY)
    places: dict[str, str | None] = {}
    nodes = plan.graph.nodes
    for name in reversed(plan.order):
        level = needed.get(name, NOT_NEEDED)
        if level == NOT_NEEDED:
            continue
        key = keys.get(name)
        place = places[name] = None if key is None else where(name, key)
        if place is not None and place != GONE:
            continue
        node = nodes[name]
        for input, link in node.links.items():
            schema = node.schema.input(input)
            wants = level
            if key is None and not is_dynamic(nodes[link.node]):
                wants = PERHAPS  # should the result be cached, once what chooses or expands has run
            elif schema is not None and schema.lazy:
                wants = PERHAPS
            if wants > needed.get(link.node, NOT_NEEDED):
                needed[link.node] = wants
    return needed, places


def _on_what(plan: Plan, name: str, keys: Mapping[str, bytes]) -> str:
    """What must run before it is known whether the node does."""
    nodes = plan.graph.nodes
    if name not in keys:
        for link in nodes[name].links.values():
            if link.node not in keys or is_dynamic(nodes[link.node]):
                return f"known once '{link.node}' has run, which it reads"
    return "runs only if a later node asks for it"
