"""The workflow document, and the typed graph that is built from it."""

from graphengine.graph.build import build, build_part
from graphengine.graph.document import Document, DocumentNode, Link, dump, json_schema
from graphengine.graph.graph import Graph, GraphNode
from graphengine.graph.migrations import migrate
from graphengine.graph.parameters import apply, input_at, parameter_inputs
from graphengine.graph.reading import load, parse
from graphengine.graph.saved import embed_saved

__all__ = [
    "Document",
    "DocumentNode",
    "Graph",
    "GraphNode",
    "Link",
    "apply",
    "build",
    "build_part",
    "dump",
    "embed_saved",
    "input_at",
    "json_schema",
    "load",
    "migrate",
    "parameter_inputs",
    "parse",
]
