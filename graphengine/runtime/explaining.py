"""Asking the caches and the hooks what `explain` needs to know."""

from __future__ import annotations

import time
from collections.abc import Callable

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.context import Context
from graphengine.execution import Cache, Plan
from graphengine.execution.changes import GONE
from graphengine.execution.explain import Explanation, Where, explain
from graphengine.execution.hooks import fingerprint
from graphengine.execution.keys import is_dynamic, keys
from graphengine.execution.records import Records
from graphengine.graph import Graph, GraphNode
from graphengine.home import Home


def explain_plan(
    plan: Plan, catalogue: Catalogue, home: Home, cache: Cache, records: Records, output_place: str
) -> list[Explanation]:
    """What would become of each node; imports the modules of nodes with a fingerprint hook, and no others."""
    make_context = hook_context(plan.graph, home)

    def ask(node: GraphNode) -> str:
        return fingerprint(node.name, node, catalogue, make_context)

    found = keys(plan, ask, output_place)
    return explain(plan, found, _where(plan, cache), records, time.time())


def hook_context(graph: Graph, home: Home) -> Callable[[str], Context]:
    """Makes what hooks that are asked outside of a run know of it."""
    workflow = graph.document.to_dict()

    def make(name: str) -> Context:
        return Context(
            node=name,
            home=home,
            services={},
            emit=lambda event: None,
            is_cancelled=lambda: False,
            workflow=workflow,
        )

    return make


def _where(plan: Plan, cache: Cache) -> Where:
    """Where results are; those of output nodes count only as long as the files are there."""

    def where(name: str, key: bytes) -> str | None:
        node = plan.graph.nodes[name]
        if node.output and is_dynamic(node):
            return None
        place = cache.where(key)
        if place is None or not node.schema.output:
            return place
        entry = cache.get(key)
        return place if entry is not None and entry.replayable() else GONE

    return where
