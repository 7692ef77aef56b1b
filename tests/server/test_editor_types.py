"""What the editor writes down of the server: its types, and other words for its nodes."""

import re
import runpy
from pathlib import Path

from graphengine.authoring.catalogue import Catalogue
from graphengine.home import Home

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


def test_the_node_types_that_the_editor_has_other_words_for_are_there(tmp_path: Path) -> None:
    texts = (WEB / "src" / "text" / "en" / "canvas.ts").read_text(encoding="utf-8")
    named = re.findall(r"^    (\w+): \"", texts, re.MULTILINE)
    assert named and set(named) <= {schema.type for schema in Catalogue.discover(Home(tmp_path))}
