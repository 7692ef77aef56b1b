"""Content-addressed keys: equal for two nodes exactly if they must give the same result."""

from __future__ import annotations

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
    nodes = plan.graph.nodes
    for name in plan.order:
        node = nodes[name]
        schema = node.schema
        links = sorted(node.links.items())
        facts = (
            schema.type,
            schema.version,
            schema.module,
            schema.attribute,
            sorted(node.literals.items()),
            [(input, link.output) for input, link in links],
            fingerprint(node) if schema.fingerprinted else None,
            output_place if schema.output else None,
        )
        # The repr of JSON values tells 1, 1.0, True and "1" apart, and is much faster than json.dumps.
        digest = blake2b(repr(facts).encode(), digest_size=20, person=FORMAT)
        for _, link in links:
            digest.update(found[link.node])
        found[name] = digest.digest()
    return found
