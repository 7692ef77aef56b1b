"""Nodes that are muted, and so not there, or bypassed, so that what comes in goes straight on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graphengine.authoring.schema import OutputSchema
from graphengine.graph.document import Link
from graphengine.graph.graph import GraphNode
from graphengine.graph.node_reading import Read
from graphengine.graph.types import fits_all

Source = Callable[[Link, Mapping[str, GraphNode]], OutputSchema | None]


class Muting:
    """Leaves out what is muted, and what needs it; leads links around what is bypassed.

    muted: the names of the nodes that don't run.
    """

    def __init__(self, nodes: Mapping[str, Read], gone: Mapping[str, object], source: Source) -> None:
        self.active = bool(gone) or any(node.mode != "run" for node in nodes.values())
        self.muted: list[str] = []
        self._gone = set(gone)
        self._source = source
        self._around: dict[Link, Link] = {}

    def resolve(self, node: Read, built: Mapping[str, GraphNode]) -> Read | None:
        """The node as it runs, its links led around what doesn't; None if it doesn't run."""
        links: dict[str, Link] = {}
        lost: list[str] = []
        for key, written in node.links.items():
            link = self.around(written)
            if link.node in self._gone:
                lost.append(key)
            else:
                links[key] = link
        if node.mode == "run" and not any(self._needs(node, key, links) for key in lost):
            literals = dict(node.literals)
            for key in lost:
                input = node.schema.input(key)
                if input is not None and not input.many:
                    literals[key] = input.default
            return replace(node, links=links, literals=literals)
        self._leave_out(node, links if node.mode == "bypass" else {}, built)
        return None

    def around(self, link: Link) -> Link:
        """Where a link leads, around what is bypassed."""
        while link in self._around:
            link = self._around[link]
        return link

    @staticmethod
    def _needs(node: Read, key: str, left: Mapping[str, Any]) -> bool:
        """Whether the node can't do without the input."""
        input = node.schema.input(key)
        if input is None or input.many == "named":
            return False
        if input.many == "list":
            prefix = f"{input.name}."
            return not any(other.startswith(prefix) for other in (*left, *node.literals))
        return input.required

    def _leave_out(self, node: Read, links: Mapping[str, Link], built: Mapping[str, GraphNode]) -> None:
        self.muted.append(node.name)
        self._gone.add(node.name)
        for output in node.schema.outputs:
            passed = self._passed_as(output, links, built)
            if passed is not None:
                self._around[Link(node.name, output.name)] = passed

    def _passed_as(
        self, output: OutputSchema, links: Mapping[str, Link], built: Mapping[str, GraphNode]
    ) -> Link | None:
        """The link that a bypassed node passes on as this output: of its name, else the first that fits."""
        named = links.get(output.name)
        for link in (named, *links.values()) if named is not None else links.values():
            found = self._source(link, built)
            if found is not None and (
                fits_all(found.types, output.types, found.supertypes) or "~" in output.types[0]
            ):
                return link
        return None
