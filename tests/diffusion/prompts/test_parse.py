"""Prompts as they are read, and errors that point at the character."""

import pickle
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.moments import moments
from graphengine.diffusion.prompts.parse import parse
from graphengine.diffusion.prompts.prompt import Alternate, Break, Switch, Weight
from graphengine.diffusion.prompts.runs import sections


def runs(text: str) -> list[tuple[str, float]]:
    """Of a prompt that is always the same, and has no BREAK."""
    (prompt,) = parse(text)
    (moment,) = moments(prompt)
    (section,) = sections(prompt, moment)
    return [(run.text.strip(), run.weight) for run in section if run.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a red circle", [("a red circle", 1)]),
        ("(word:1.3)", [("word", 1.3)]),
        ("(word)", [("word", 1.1)]),
        ("((word))", [("word", 1.21)]),
        ("[word]", [("word", 0.909091)]),
        ("([word])", [("word", 1)]),
        ("((a:1.5) b:2)", [("a", 3), ("b", 2)]),
        ("( a \n: +.5 )", [("a", 0.5)]),
        ("(a:-1) (b:0)", [("a", -1), ("b", 0)]),
        ("a (red:1.0)dish plate", [("a reddish plate", 1)]),
        ("a (red:2)dish plate", [("a", 1), ("red", 2), ("dish plate", 1)]),
        (r"\(a\) \[b\] c\:1 d\|e \\ \x", [(r"(a) [b] c:1 d|e \ \x", 1)]),
        (r"(\(a\):1.2)", [("(a)", 1.2)]),
        (r"(a\\:1.2)", [("a\\", 1.2)]),
        ("16:9 a|b :3 (x|y)", [("16:9 a|b :3", 1), ("x|y", 1.1)]),
        (
            "a AND-GATE, BREAKFAST and break, (AND-GATE)",
            [("a AND-GATE, BREAKFAST and break,", 1), ("AND-GATE", 1.1)],
        ),
        (r"\AND \BREAK", [(r"\AND \BREAK", 1)]),
        ("()[]((:1.3))", []),
        ("", []),
    ],
)
def test_weights_and_escapes(text: str, expected: list[tuple[str, float]]) -> None:
    assert runs(text) == expected


@pytest.mark.parametrize("text", ["[a:b:0.4]", "[a : b : 0.4 ]", "[a:b:.4]"])
def test_a_share_of_steps(text: str) -> None:
    assert [event.step for event in parse(text)[0].events if isinstance(event, Switch)] == [0.4]


@pytest.mark.parametrize(
    ("text", "kind"), [("10", int), ("1", int), ("0", float), ("1.0", float), ("0.5", float)]
)
def test_a_number_with_a_point_or_below_1_is_a_share(text: str, kind: type) -> None:
    (switch,) = (event for event in parse(f"[a:b:{text}]")[0].events if isinstance(event, Switch))
    assert type(switch.step) is kind


def test_options_in_turns() -> None:
    (alternate,) = (event for event in parse("[a|b||(c:1.2)]")[0].events if isinstance(event, Alternate))
    assert alternate.options == 4


def test_break_within_brackets_keeps_the_weight() -> None:
    (prompt,) = parse("(a BREAK b:1.3)")
    assert [type(event) for event in prompt.events].count(Break) == 1
    assert prompt.events[0] == Weight(1.3)
    (moment,) = moments(prompt)
    assert [[run.weight for run in section] for section in sections(prompt, moment)] == [[1.3], [1.3]]


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("a AND b", [1, 1]),
        ("a :1.2 AND b AND c:0.5", [1.2, 1, 0.5]),
        ("a AND b : 3 \n", [1, 3]),
        ("a AND ratio 16:9x", [1, 1]),
        ("a AND", [1, 1]),
        ("a AND b :0.5 end", [1, 1]),
        ("a AND b :0.5 BREAK c", [1, 1]),
        ("ratio 16:9", [1]),
    ],
)
def test_prompts_that_are_combined(text: str, strengths: list[float]) -> None:
    assert [prompt.strength for prompt in parse(text)] == strengths


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a (b (c)", 3, r"expected '\)' somewhere after this '\(', got the end of the prompt; write \\\("),
        ("[a:0.5", 1, r"expected '\]' somewhere after this '\['"),
        ("a) b", 2, r"expected '\(' before this, got '\)'; write \\\) for a bracket"),
        ("(a] b", 3, r"expected '\)' for the '\(' at column 1, got '\]'"),
        ("(a:b)", 4, r"expected a weight such as 1.3, and '\)', got 'b'; write \\: for a colon"),
        ("(a:)", 4, r"expected a weight such as 1.3, and '\)', got '\)'"),
        ("(a:1.3, b)", 4, r"expected a weight such as 1.3, and '\)', got '1.3,'"),
        ("(a:1.3 b)", 8, r"expected '\)' after the number, got 'b'"),
        ("(a:1.3:2)", 7, r"expected '\)' after the number, got ':'"),
        ("(a:1e3)", 4, "got '1e3'"),
        ("(a:1.2.3)", 4, "got '1.2.3'"),
        ("(a:1234567890)", 4, "got '1234567890'"),
        ("(a:", 4, "got the end of the prompt"),
        ("[a:b]", 5, r"expected ':' and the step at which to switch, such as :0.4 or :10, got '\]'"),
        ("[a:b:c]", 6, r"expected the step at which to switch, such as 0.4 or 10, and '\]', got 'c'"),
        ("[a:b:0.4 c]", 10, r"expected '\]' after the number, got 'c'"),
        (
            "[a:b:1.5]",
            6,
            "expected a share of the steps between 0 and 1, or a whole number of steps, got '1.5'",
        ),
        ("[a:b:-2]", 6, "a whole number of steps, got '-2'"),
        ("[a|b:0.5]", 5, r"expected '\|' or '\]', got ':'"),
        ("[a:b|c:0.5]", 5, r"expected ':' or '\]', got '\|'; write \\\| for what is text"),
        ("(a AND b)", 4, r"expected AND outside of all brackets, got AND within '\('; .* in lower case"),
        ("a AND b :-1", 10, "expected a strength of 0 or more, got '-1'; use a negative prompt"),
    ],
)
def test_errors_point_at_the_character(text: str, column: int, message: str) -> None:
    with pytest.raises(PromptError, match=message) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (1, column)
    _, line, caret = caught.value.message.split("\n")
    assert line == f"  {text}"
    assert caret == f"  {' ' * (column - 1)}^"
    assert (caught.value.kind, caught.value.input) == ("prompt_syntax", "text")
    assert caught.value.expected
    assert caught.value.got


def test_an_error_survives_the_way_to_another_process() -> None:
    with pytest.raises(PromptError) as caught:
        parse("(a:b)")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.message, again.excerpt) == (caught.value.message, caught.value.excerpt)
    assert again.column == 4


def test_an_error_in_a_long_prompt_shows_its_line_alone() -> None:
    with pytest.raises(PromptError, match="line 2, column 304: ") as caught:
        parse("first\n" + "x" * 300 + "(a:b)" + "y" * 300 + "\nlast")
    _, line, caret = caught.value.message.split("\n")
    assert line == "  " + "x" * 57 + "(a:b)" + "y" * 58
    assert line[caret.index("^") - 1 :].startswith(":b)")


def test_the_caret_stands_under_wide_characters() -> None:
    with pytest.raises(PromptError, match="column 4") as caught:
        parse("漢字\t)")
    assert caught.value.message.split("\n")[2] == "  " + " " * 5 + "^"


def test_a_weight_that_nobody_means() -> None:
    with pytest.raises(
        PromptError, match=r"line 1, column 4: expected a weight between -1000 and 1000, .* got 8.1e"
    ):
        runs("(((a:9):9):100)")
    assert runs("(((:9):9):100)") == []


DEEP = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "(" * DEEP + "a" + ")" * DEEP,
        "[" * DEEP + "a" + "]" * DEEP,
        "(" * 2 * DEEP,
        ")" * 2 * DEEP,
        "[" * DEEP + "a" + ":0.5]" * DEEP,
        "[a|" * DEEP + "]" * DEEP,
        "[a:" * DEEP,
        ":" * 2 * DEEP,
        "(a:" * DEEP,
        "\\" * 2 * DEEP,
        " \\(" * DEEP,
        "a BREAK " * DEEP,
    ],
    ids=lambda text: text[:6].strip(),
)
def test_brackets_may_be_nested_as_deep_as_the_prompt_is_long(text: str) -> None:
    """Recursion would end in an error."""
    try:
        for prompt in parse(text):
            for moment in moments(prompt):
                sections(prompt, moment)
    except PromptError as error:
        assert len(error.message) < 500


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="()[]:|\\ aBREAKND01.-+\n漢") | st.text())
@example("a AND :")
@example("[a:b:0.")
@example("AND AND BREAK")
def test_any_text_is_a_prompt_or_an_error_that_points_into_it(text: str) -> None:
    try:
        for prompt in parse(text):
            for moment in moments(prompt):
                sections(prompt, moment)
    except PromptError as error:
        line = text.split("\n")[error.line - 1]
        assert 1 <= error.column <= len(line) + 1
        assert error.message.count("\n") == 2


def test_reading_needs_no_torch() -> None:
    modules = "graphengine.diffusion.prompts.runs, graphengine.diffusion.prompts.chunks"
    code = f"import sys, {modules}, graphengine.diffusion.prompts.parse; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
