"""The editor's types are those of the server's OpenAPI document."""

import runpy
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
GENERATOR = WEB / "types" / "generate.py"


def test_the_editors_types_are_of_the_document_as_it_is() -> None:
    generator = runpy.run_path(str(GENERATOR))
    header = (WEB / "src" / "api" / "schema.ts").read_text(encoding="utf-8")[:400]
    assert generator["digest"]() in header, "run: .venv/bin/python web/types/generate.py"


def test_a_change_of_a_schema_is_noticed() -> None:
    generator = runpy.run_path(str(GENERATOR))
    before, titled = generator["digest"](), generator["untitled"]
    schemas = generator["schemas"]()
    schemas["components"]["schemas"]["Run"]["properties"]["more"] = {"type": "integer"}
    generator["digest"].__globals__["schemas"] = lambda: schemas
    assert generator["digest"]() != before
    assert titled({"title": "A", "properties": {"title": {"title": "B", "type": "string"}}}) == {
        "properties": {"title": {"type": "string"}}
    }
