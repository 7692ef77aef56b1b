"""Writes web/src/api/schema.ts, the types of what the server takes and gives, from its OpenAPI document.

    .venv/bin/python web/types/generate.py

No server need run. The work is openapi-typescript's, which npm fetches into its own cache: it needs
TypeScript 5, and the editor has 7. tests/server/test_editor_types.py fails while the file isn't of the
document as it is.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from graphengine.server.application import API, described
from graphengine.server.http.openapi import openapi

TARGET = Path(__file__).parents[1] / "src" / "api" / "schema.ts"
GENERATOR = ("openapi-typescript@7.13.0", "typescript@5.9.3")
OPTIONS = ("--immutable", "--root-types", "--root-types-no-schema-prefix", "--export-type")
HEADER = """/* Written by web/types/generate.py from the server's OpenAPI document.
   Of the schemas {digest}. */
"""


def schemas() -> dict[str, Any]:
    """What the types are made of: the document without its routes, whose functions are in server.ts."""
    document = openapi(described(API))
    return {
        "openapi": document["openapi"],
        "info": {"title": "graphengine", "version": "1"},
        "paths": {},
        "components": {"schemas": untitled(document["components"]["schemas"])},
    }


def untitled(schema: Any) -> Any:
    """Without the titles, which only say the names again."""
    if isinstance(schema, list):
        return [untitled(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: each for name, each in schema.items() if not (name == "title" and isinstance(each, str))}
    return {name: untitled(each) for name, each in kept.items()}


def digest() -> str:
    """Changes with the schemas."""
    return hashlib.sha256(json.dumps(schemas(), sort_keys=True).encode()).hexdigest()


def generate() -> str:
    """The types, by the generator."""
    with tempfile.TemporaryDirectory() as folder:
        source, written = Path(folder) / "openapi.json", Path(folder) / "schema.ts"
        source.write_text(json.dumps(schemas()), encoding="utf-8")
        packages = [f"--package={name}" for name in GENERATOR]
        command = ["npm", "exec", "--yes", *packages, "--", "openapi-typescript", str(source)]
        subprocess.run([*command, "--output", str(written), *OPTIONS], cwd=folder, check=True)
        return written.read_text(encoding="utf-8")


if __name__ == "__main__":
    TARGET.write_text(HEADER.format(digest=digest()) + generate(), encoding="utf-8")
