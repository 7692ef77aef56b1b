from typing import Any

import pytest

from graphengine.authoring.literal import convert, parse_text, wrong_literal
from graphengine.authoring.schema import InputSchema
from graphengine.authoring.wrong import LiteralError, not_a_choice, one_of
from graphengine.errors import GraphEngineError

INTEGER = {"type": "integer", "minimum": 1, "maximum": 100}
NUMBER = {"type": "number", "minimum": 0}
WORDS = {"type": "string", "enum": ["euler", "heun"]}
MAYBE = {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "null"}]}
LIST = {"type": "array", "items": {"type": "integer"}, "minItems": 1}


def schema(literal: dict[str, Any] | None, **facts: Any) -> InputSchema:
    return InputSchema("steps", ("int",), literal=literal, **facts)


@pytest.mark.parametrize(
    ("literal", "value", "converted"),
    [
        (INTEGER, 1, 1),
        (NUMBER, 1, 1.0),
        ({"type": "string"}, "7", "7"),
        ({"type": "boolean"}, True, True),
        (WORDS, "heun", "heun"),
        (MAYBE, None, None),
        (MAYBE, 3, 3),
        (LIST, [1, 2], [1, 2]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1}, {"a": 1}),
        ({}, {"a": [1, None, "x"]}, {"a": [1, None, "x"]}),
        ({"const": "x", "type": "string"}, "x", "x"),
        ({"anyOf": [{"type": "integer"}, {"type": "number"}]}, 1, 1),
    ],
)
def test_what_fits(literal: dict[str, Any], value: Any, converted: Any) -> None:
    result = convert(schema(literal), value)
    assert result == converted
    assert type(result) is type(converted)


@pytest.mark.parametrize(
    ("literal", "value", "kind", "expected", "got", "hint"),
    [
        (INTEGER, 0, "out_of_range", "an integer >= 1", "0", None),
        (INTEGER, 101, "out_of_range", "an integer <= 100", "101", None),
        (INTEGER, True, "wrong_type", "an integer", "true", None),
        (INTEGER, 1.5, "wrong_type", "an integer", "1.5", None),
        (INTEGER, "7", "wrong_type", "an integer", "'7'", "write 7 without quotes"),
        (INTEGER, "x", "wrong_type", "an integer", "'x'", None),
        (INTEGER, None, "wrong_type", "an integer", "null", None),
        (INTEGER, [1], "wrong_type", "an integer", "[1]", None),
        (NUMBER, float("nan"), "out_of_range", "a finite number", "nan", None),
        (NUMBER, 10**400, "out_of_range", "a finite number", "1" + "0" * 75 + "...0", None),
        (NUMBER, -0.5, "out_of_range", "a number >= 0", "-0.5", None),
        ({"type": "number", "exclusiveMinimum": 0}, 0, "out_of_range", "a number > 0", "0", None),
        ({"type": "number", "exclusiveMaximum": 1}, 1, "out_of_range", "a number < 1", "1", None),
        (
            {"type": "integer", "multipleOf": 8},
            9,
            "out_of_range",
            "an integer that is a multiple of 8",
            "9",
            None,
        ),
        (
            {"type": "string", "maxLength": 2},
            "abc",
            "out_of_range",
            "a string of at most 2 characters",
            "'abc'",
            None,
        ),
        (WORDS, "eulr", "not_a_choice", "one of 'euler', 'heun'", "'eulr'", "did you mean 'euler'?"),
        (WORDS, 1, "wrong_type", "one of 'euler', 'heun'", "1", None),
        (MAYBE, 2, "out_of_range", "an integer >= 3", "2", None),
        (MAYBE, "x", "wrong_type", "an integer or null", "'x'", None),
        (LIST, [1, "a"], "wrong_type", "an integer at place 1 of the list", "'a'", None),
        (LIST, [], "out_of_range", "a list of at least 1 items", "[]", None),
        ({"type": "boolean"}, 1, "wrong_type", "true or false", "1", None),
        ({}, object(), "wrong_type", "any JSON value", "object", None),
        (None, 3, "wrong_type", "a link to int", "3", None),
    ],
)
def test_what_does_not_fit(
    literal: dict[str, Any] | None, value: Any, kind: str, expected: str, got: str, hint: str | None
) -> None:
    wrong = wrong_literal(schema(literal), value)
    assert wrong is not None
    assert (wrong.kind, wrong.expected, wrong.got, wrong.hint) == (kind, expected, got, hint)


def test_null_for_an_optional_socket() -> None:
    assert convert(schema(None, nullable=True), None) is None
    with pytest.raises(LiteralError):
        convert(schema(None), None)


@pytest.mark.parametrize(
    ("literal", "text", "value"),
    [
        (INTEGER, "7", 7),
        (INTEGER, " +7 ", 7),
        (INTEGER, "007", 7),
        (NUMBER, "7", 7.0),
        (NUMBER, ".5", 0.5),
        ({"type": "string"}, "7", "7"),
        ({"type": "string"}, "", ""),
        ({"type": "string"}, "null", "null"),
        ({"type": "boolean"}, "yes", True),
        ({"type": "boolean"}, "FALSE", False),
        (WORDS, "heun", "heun"),
        (MAYBE, "null", None),
        (MAYBE, "4", 4),
        (LIST, "[1, 2]", [1, 2]),
        ({}, "a b", "a b"),
        ({}, '{"a": 1}', {"a": 1}),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "7", 7),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, "seven", "seven"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "x", "x"),
    ],
)
def test_text_is_read_as_it_was_meant(literal: dict[str, Any], text: str, value: Any) -> None:
    parsed = parse_text(schema(literal), text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("literal", "text", "message"),
    [
        (INTEGER, "0", "input 'steps': expected an integer >= 1, got 0"),
        (INTEGER, "seven", "input 'steps': expected an integer, got 'seven'"),
        (INTEGER, "1.5", "input 'steps': expected an integer, got '1.5'"),
        (LIST, "3", "input 'steps': expected a list, got '3'"),
        (WORDS, "x", "input 'steps': expected one of 'euler', 'heun', got 'x'"),
    ],
)
def test_text_that_does_not_fit(literal: dict[str, Any], text: str, message: str) -> None:
    with pytest.raises(GraphEngineError) as caught:
        parse_text(schema(literal), text)
    assert str(caught.value) == message


def test_text_errors_name_the_node() -> None:
    with pytest.raises(GraphEngineError) as caught:
        parse_text(schema(INTEGER), "0", node="sample", node_type="sample")
    assert str(caught.value) == "node 'sample' (sample), input 'steps': expected an integer >= 1, got 0"
    assert caught.value.kind == "out_of_range"


def test_an_input_makes_its_validator_once() -> None:
    input = schema(INTEGER)
    assert input.adapter is input.adapter


def test_options_are_listed_in_words() -> None:
    assert one_of(["a"]) == "'a'"
    assert one_of(["a", "b", "c"], most=2) == "one of 'a', 'b' and 1 more"
    assert (
        not_a_choice("x", [], [], "put files into models/").expected
        == "one of the values found, and there are none"
    )


def test_of_a_long_list_those_are_named_that_are_like_what_was_written() -> None:
    names = ["euler", "heun", "euler_ancestral", *(f"dpm_{number}" for number in range(20))]
    wrong = wrong_literal(schema({"enum": names}), "euler_ancestal")
    assert wrong is not None
    assert wrong.expected == "one of 'euler_ancestral', 'euler' and 21 more"
    assert wrong.hint == "did you mean 'euler_ancestral'?"
    also_null = wrong_literal(schema({"anyOf": [{"enum": names}, {"type": "null"}]}), "eule")
    assert also_null is not None
    assert also_null.expected == "one of 'euler', 'heun', 'euler_ancestral' and 20 more or null"
    unlike = wrong_literal(schema({"enum": names}), "zzz")
    assert unlike is not None
    assert unlike.expected == "one of 'euler', 'heun', 'euler_ancestral', 'dpm_0', 'dpm_1' and 18 more"
    assert unlike.hint is None
