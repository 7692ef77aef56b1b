"""From a request to what is stored of it, with everything checked that can be before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.execution import plan
from graphengine.graph import Document, Graph, apply, build, embed_saved, load
from graphengine.home import Home
from graphengine.provenance.saver import parameter_values
from graphengine.runtime.parts import named_nodes
from graphengine.server.core.document_size import check_size
from graphengine.server.core.written import written, written_document
from graphengine.server.models import SubmitRequest

LONGEST_TEXT = 20_000
"""Characters of a run's values that can be searched for."""
KEPT = {"parameters", "settings", "only", "rerun", "time_limit", "node_time_limit"}
"""What is stored of a request beside the document."""


@dataclass(frozen=True)
class Submission:
    """A sound request; `request` and `values` are JSON, `nodes` how many there are.

    asks: some of its nodes check their inputs by code of their own.
    """

    name: str
    workflow: str | None
    workflow_version: int | None
    digest: str
    document: str
    request: str
    values: str
    text: str
    nodes: int
    asks: bool


@dataclass(frozen=True)
class Source:
    """A document, and the saved workflow that it is."""

    document: Mapping[str, Any]
    workflow: str | None = None
    version: int | None = None


class Preparation:
    """Checks requests against the nodes there are.

    saved: the document of a saved workflow by name, for those that are used as nodes.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: Home,
        saved: Callable[[str], Document | None],
        most_nodes: int,
    ) -> None:
        self._catalogue = catalogue
        self._home = home
        self._saved = saved
        self._most_nodes = most_nodes

    def document(self, source: Source) -> Document:
        """Read a document, with the saved workflows that it uses in it; raises `InvalidWorkflow`."""
        document = load(source.document)
        check_size(document, self._most_nodes)
        whole = embed_saved(document, self._saved)
        if whole is not document:
            check_size(whole, self._most_nodes)
        return whole

    def graph(self, document: Document, request: SubmitRequest) -> Graph:
        """The graph with the request's values in it; raises `InvalidWorkflow` with every problem."""
        graph = build(apply(document, request.parameters, request.settings), self._catalogue, self._home)
        try:
            wanted = named_nodes(request.only, graph.nodes, "only", "a node of this workflow")
            chosen = plan(graph, wanted or None)
            named_nodes(request.rerun, chosen.order, "rerun", "a node that this run needs")
        except InvalidWorkflow:
            raise
        except GraphEngineError as error:
            raise InvalidWorkflow([error]) from error
        return graph

    def submission(self, source: Source, document: Document, request: SubmitRequest) -> Submission:
        """All that is stored of a request; raises `InvalidWorkflow`."""
        graph = self.graph(document, request)
        digest, text = written_document(document)
        applied = graph.document.to_dict()
        return Submission(
            name=document.name,
            workflow=source.workflow,
            workflow_version=source.version,
            digest=digest,
            document=text,
            request=written(request.model_dump(include=KEPT)),
            values=written(parameter_values(applied)),
            text="\n".join(dict.fromkeys((document.name, *_texts(applied))))[:LONGEST_TEXT],
            nodes=len(graph.nodes),
            asks=any(node.schema.validated for node in graph.nodes.values()),
        )


def _texts(document: Mapping[str, Any]) -> Iterator[str]:
    for node in document["nodes"].values():
        yield from (value for value in node["inputs"].values() if isinstance(value, str))
