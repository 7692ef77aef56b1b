from typing import Any

import pytest

from graphengine.authoring.json_schema import describe, show


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 9}, "an integer from 1 to 9"),
        ({"type": "integer", "minimum": 1}, "an integer >= 1"),
        ({"type": "number", "maximum": 1}, "a number <= 1"),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 2}, "a number > 0 < 2"),
        ({"type": "integer", "minimum": 8, "multipleOf": 8}, "an integer >= 8, a multiple of 8"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "an integer or null"),
        ({"enum": ["a", 1]}, "one of 'a', 1"),
        ({"const": "a"}, "'a'"),
        ({}, "any JSON value"),
    ],
)
def test_schemas_in_words(schema: dict[str, Any], words: str) -> None:
    assert describe(schema) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "'a'"),
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        ([1, "é"], '[1, "é"]'),
        ("a\nb", "'a\\nb'"),
        ("x" * 200, "'" + "x" * 75 + "...'"),
    ],
)
def test_values_on_one_short_line(value: Any, text: str) -> None:
    assert show(value) == text
