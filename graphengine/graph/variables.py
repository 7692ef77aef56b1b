"""What the type variables of a node stand for."""

from __future__ import annotations

from graphengine.authoring.schema import ANY, NOTHING, VARIABLE
from graphengine.graph.types import Types, items_of, strip_list


def bind(wanted: str, types: Types, found: dict[str, dict[str, None]]) -> None:
    """Take note of what the variables in one wanted type stand for, where these types came in."""
    if VARIABLE not in wanted:
        return
    if wanted.startswith(VARIABLE):
        kept = (name for name in types if name != NOTHING) if len(types) > 1 else types
        found.setdefault(wanted[len(VARIABLE) :], {}).update(dict.fromkeys(kept))
        return
    for item in items_of(wanted) or ():
        bind(item, strip_list(types) or (ANY,), found)
