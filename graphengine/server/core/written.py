"""JSON as the store keeps it: text that every reader can read."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document


def written(value: Any) -> str:
    """The JSON text; raises `InvalidWorkflow` for half of a surrogate pair, infinity and the like."""
    try:
        found = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        found.encode()
    except UnicodeEncodeError as error:
        raise _unwritable("text in Unicode", "half of a surrogate pair") from error
    except ValueError as error:
        raise _unwritable("numbers that JSON has", "NaN or infinity") from error
    return found


def written_document(document: Document) -> tuple[str, str]:
    """The SHA-256 of the document's JSON text, and that text."""
    found = written(document.to_dict())
    return hashlib.sha256(found.encode()).hexdigest(), found


def _unwritable(expected: str, got: str) -> InvalidWorkflow:
    message = f"expected {expected}, got {got}"
    return InvalidWorkflow([GraphEngineError(message, kind="unreadable", expected=expected, got=got)])
