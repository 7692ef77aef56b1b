"""Content-addressed keys: equal for two nodes exactly if they must give the same result."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b

from graphengine.execution.plan import Plan
from graphengine.graph import GraphNode

FORMAT = b"1"

Fingerprint = Callable[[GraphNode], str]


def keys(plan: Plan, fingerprint: Fingerprint, output_place: str = "") -> dict[str, bytes]:
    """A key per node of the plan, from its type, version, code, literals, fingerprint, and its sources' keys.

    fingerprint: asked for the nodes that have such a hook.
    output_place: where output nodes write to; a part of their keys only.
    """
    found: dict[str, bytes] = {}
    encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    for name in plan.order:
        node = plan.graph.nodes[name]
        schema = node.schema
        digest = blake2b(FORMAT, digest_size=20)
        links = node.links
        facts: list[object] = [schema.type, schema.version, schema.module, schema.attribute, node.literals]
        facts.append([(key, links[key].output) for key in sorted(links)])
        if schema.fingerprinted:
            facts.append(fingerprint(node))
        if schema.output:
            facts.append(output_place)
        digest.update(encode(facts).encode("utf-8", "surrogatepass"))
        for key in sorted(links):
            digest.update(found[links[key].node])
        found[name] = digest.digest()
    return found
