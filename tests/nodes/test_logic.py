from typing import Any

import pytest
from graphengine.nodes.logic import calculate, check_expression, check_template, format_text

from graphengine.errors import GraphEngineError


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("1 + 2 * 3", 7),
        (" (1 + 2) * 3 ", 9),
        ("7 // 2 + 7 % 4 - 1 / 4", 5.75),
        ("-a ** 2", -9),
        ("a < 4 <= 4.0", 1),
        ("a < 4 < 4", 0),
        ("a == 3 and not b", 1),
        ("0 or a", 3),
        ("1 / b if b != 0 else 5", 5),
        ("b == 0 or 1 / b", 1),
        ("max(a, 10) - min(1, 2, 0) + abs(-1)", 11),
        ("round(2.567, 1) + floor(1.9) + ceil(0.1) + sqrt(16)", 8.6),
        ("round(2.5)", 2),
        ("True + yes", 2),
        ("+".join("1" * 90), 90),
    ],
)
def test_arithmetic(expression: str, number: float) -> None:
    assert calculate(expression, a=3, b=0, yes=True).number == pytest.approx(number)


def test_the_result_as_a_number_an_integer_and_a_truth() -> None:
    assert calculate("7 / 2") == (3.5, 3, True)
    assert calculate("2 ** 70").integer == 2**70
    assert calculate("a > 1", a=0) == (0.0, 0, False)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("1 +", "input 'expression': expected arithmetic such as .*, got '1 \\+': invalid syntax"),
        ("1; 2", "expected arithmetic"),
        ("(" * 300 + ")" * 300, "expected arithmetic"),
        ("\0", "expected arithmetic"),
        ("-" * 200 + "1", "expected an expression of at most 100 levels, got a deeper one"),
        ("+".join("1" * 200), "expected an expression of at most 100 levels, got a deeper one"),
    ],
)
def test_what_is_no_expression_is_known_before_the_run(expression: str, message: str) -> None:
    with pytest.raises(GraphEngineError, match=message):
        check_expression(expression)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("widht + 1", "expected one of 'width', 'height', got 'widht'; did you mean 'width'?"),
        ("width.real", "expected numbers, names, arithmetic and comparisons, got 'width.real'"),
        ("[1][0]", "got '.1..0.'"),
        ("'a' * 1000", "expected numbers, names"),
        ("lambda: 1", "expected numbers, names"),
        ("(width := 1)", "expected numbers, names"),
        ("~width", "expected numbers, names"),
        ("1 << 9", "expected numbers, names"),
        ("1j", "expected numbers, names"),
        ("open(1)", "expected one of 'abs', .*, got 'open'"),
        ("max(1, key=2)", "expected numbers, names"),
        ("sqrt(1, 2)", "expected another number of values for sqrt, got 2"),
        ("width in 3", "expected one of ==, .*, got 'in'"),
        ("1 / (width - 3)", "expected something to divide by, got 0"),
        ("sqrt(-1)", "expected numbers that this can be computed of"),
        ("10.0 ** 400", "expected numbers that this can be computed of"),
        ("(-1) ** 0.5", "expected a power that is a number"),
        ("9 ** 9 ** 9", "expected a power of at most 10000 bits"),
        ("9 ** -(9 ** 9)", "expected a power of at most 10000 bits"),
        ("2 ** 4000 * 2 ** 4000 * 2 ** 4000", "expected numbers of at most 10000 bits"),
        ("round(5, -(10 ** 12))", "expected at most 300 digits"),
        ("1e999", "expected a number as the result, got one that is too large"),
        ("1e999 - 1e999", "expected a number as the result, got none"),
        ("2 ** 5000", "got one that is too large"),
    ],
)
def test_what_cannot_be_computed(expression: str, message: str) -> None:
    with pytest.raises(GraphEngineError, match=message) as caught:
        calculate(expression, width=3, height=4)
    assert (caught.value.kind, caught.value.input) == ("bad_expression", "expression")


def test_no_values_are_wired() -> None:
    with pytest.raises(GraphEngineError, match="no value is wired, got 'a'"):
        calculate("a")


def test_values_in_a_text() -> None:
    values: dict[str, Any] = {"colour": "red", "count": 3, "size": 0.5}
    text = format_text("a {colour} circle, {count} of {size}, {{as is}}", **values)
    assert text == "a red circle, 3 of 0.5, {as is}"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{colour.__class__}", "nothing but a name in braces, .* got '{colour.__class__}'"),
        ("{colour[0]}", "nothing but a name in braces"),
        ("{0}", "nothing but a name in braces"),
        ("{}", "nothing but a name in braces"),
        ("{colour!r}", "got '{colour!r}'"),
        ("{colour:>999999999}", "got '{colour:>999999999}'"),
        ("{colour", "names in braces, .*; write {{ and }} for single braces"),
        ("a } b", "names in braces"),
    ],
)
def test_templates_hold_nothing_but_names(template: str, message: str) -> None:
    with pytest.raises(GraphEngineError, match=message):
        check_template(template)
    with pytest.raises(GraphEngineError, match=message):
        format_text(template, colour="red")


def test_a_field_that_is_not_wired() -> None:
    with pytest.raises(
        GraphEngineError, match=r"input 'template': expected 'colour', got '\{color\}'; did you mean 'colour'"
    ):
        format_text("a {color} circle", colour="red")
