"""Content-addressed keys: equal for two nodes exactly if they must give the same result."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any

from graphengine.authoring.body import Body
from graphengine.authoring.schema import NodeSchema
from graphengine.execution.cache import Origin
from graphengine.execution.plan import Plan
from graphengine.graph import Graph, GraphNode

FORMAT = b"2"

Fingerprint = Callable[[GraphNode], str]


class Keys:
    """Makes the keys of one run's nodes.

    output_place: where output nodes write to; a part of their keys only.
    """

    def __init__(self, output_place: str = "") -> None:
        self._output_place = output_place
        self._code: dict[
            int, str
        ] = {}  # by the identity of schemas and graphs, which live as long as the run
        self._bodies: dict[int, str] = {}

    def key(
        self,
        node: GraphNode,
        sources: Iterable[tuple[str, Origin]],
        fingerprint: str | None = None,
    ) -> bytes:
        """The key of a node, from its type, version, code, literals, fingerprint and the origins of inputs.

        sources: per linked input the content address of the value that it reads.
        """
        schema = node.schema
        code = self._code.get(id(schema))
        if code is None:
            code = self._code[id(schema)] = self._code_of(schema)
        inputs = sorted(sources)
        facts = (
            code,
            sorted(node.literals.items()),
            [(name, origin[1]) for name, origin in inputs],
            fingerprint,
            sorted(node.mapped.items()) if node.mapped else None,
            [(name, self._digest_of(body)) for name, body in sorted(node.bodies.items())]
            if node.bodies
            else None,
        )
        # The repr of JSON values tells 1, 1.0, True and "1" apart, and is much faster than json.dumps.
        digest = blake2b(repr(facts).encode(), digest_size=20, person=FORMAT)
        for _, origin in inputs:
            digest.update(origin[0])
        return digest.digest()

    def _code_of(self, schema: NodeSchema) -> str:
        place = self._output_place if schema.output else None
        return repr((schema.type, schema.version, schema.module, schema.attribute, schema.code, place))

    def _digest_of(self, body: Body) -> str:
        """What tells a body from another: its nodes with their code, literals and links."""
        graph: Graph = body.graph
        known = self._bodies.get(id(graph))
        if known is None:
            nodes = [(name, self._facts_of(graph.nodes[name])) for name in graph.order]
            results = [(name, result.link) for name, result in sorted(graph.results.items())]
            inputs = [(name, each.required, each.default) for name, each in sorted(graph.inputs.items())]
            facts = repr((nodes, results, inputs)).encode()
            known = self._bodies[id(graph)] = blake2b(facts, digest_size=20, person=FORMAT).hexdigest()
        return known

    def _facts_of(self, node: GraphNode) -> tuple[Any, ...]:
        return (
            self._code_of(node.schema),
            sorted(node.literals.items()),
            sorted(node.links.items()),
            sorted(node.mapped.items()),
            [(input, self._digest_of(body)) for input, body in sorted(node.bodies.items())],
        )


def origin_of_list(items: Iterable[Origin]) -> Origin:
    """The content address of a list that was put together from values with addresses of their own."""
    items = tuple(items)
    digest = blake2b(b"list", digest_size=20, person=FORMAT)
    for item in items:
        digest.update(item.key + b"%d." % item.output)
    return Origin(digest.digest(), 0, items)


def origin_of_item(list_origin: Origin, index: int, value: Any) -> Origin:
    """The content address of one item of a list; that of a JSON scalar is its own value."""
    if list_origin.items:
        return list_origin.items[index]
    if value is None or isinstance(value, str | int | float | bool):
        return origin_of_scalar(value)
    facts = repr((list_origin.key, list_origin.output, index)).encode()
    return Origin(blake2b(facts, digest_size=20, person=FORMAT, salt=b"item").digest(), 0)


def origin_of_scalar(value: Any) -> Origin:
    """The content address of a JSON scalar."""
    facts = repr((type(value).__name__, value)).encode()
    return Origin(blake2b(facts, digest_size=20, person=FORMAT, salt=b"scalar").digest(), 0)


def origin_of_constant(key: bytes, number: int) -> Origin:
    """The content address of the number-th value that a node made and put into its expansion."""
    return Origin(blake2b(key + b"%d" % number, digest_size=20, person=FORMAT, salt=b"made").digest(), 0)


def keys(plan: Plan, fingerprint: Fingerprint, output_place: str = "") -> dict[str, bytes]:
    """The keys that are known before anything runs.

    Those of nodes below one that chooses, maps or expands aren't: they depend on what it gives.
    fingerprint: asked for the nodes that have such a hook.
    """
    made = Keys(output_place)
    found: dict[str, bytes] = {}
    settled: set[str] = set()
    for name in plan.order:
        node = plan.graph.nodes[name]
        if any(link.node not in settled for link in node.links.values()):
            continue
        sources = [
            (input, Origin(found[link.node], _index(plan.graph.nodes[link.node], link.output)))
            for input, link in node.links.items()
        ]
        found[name] = made.key(node, sources, fingerprint(node) if node.schema.fingerprinted else None)
        if not is_dynamic(node):
            settled.add(name)
    return found


def is_dynamic(node: GraphNode) -> bool:
    """Whether others may run in its place, so that where its outputs come from shows only then."""
    return node.schema.expands or node.schema.lazy or bool(node.mapped)


def _index(node: GraphNode, output: str) -> int:
    index = node.schema.output_index.get(output)
    if index is not None:
        return index
    return next(index for index, each in enumerate(node.outputs) if each.name == output)
