from pathlib import Path
from typing import Any

import pytest

from graphengine.authoring.schema import InputSchema
from graphengine.cli.exit_codes import UsageError
from graphengine.cli.several_values import lines_of, spread

INTEGER = {"type": "integer", "minimum": 0}
NUMBER = {"type": "number"}
BOOLEAN = {"type": "boolean"}
STRING = {"type": "string"}
ENUM = {"enum": ["euler", "heun", "a,b"]}
OPTIONAL = {"anyOf": [INTEGER, {"type": "null"}]}
LIST = {"type": "array", "items": INTEGER}


def texts(text: str, literal: dict[str, Any] | None, choices: str | None = None) -> list[str]:
    input = InputSchema("x", ("Any",), literal=literal, choices=choices)
    return [each.text for each in spread(text, input, "x", lambda: ["v1.5, pruned", "v2"])]


@pytest.mark.parametrize(
    ("text", "literal", "expected"),
    [
        ("7", INTEGER, ["7"]),
        ("1..4", INTEGER, ["1", "2", "3", "4"]),
        ("1..9..3", INTEGER, ["1", "4", "7"]),
        ("3..3", INTEGER, ["3"]),
        ("-1..1", INTEGER, ["-1", "0", "1"]),
        ("10,20, 30", INTEGER, ["10", "20", "30"]),
        ("1..3,7", INTEGER, ["1", "2", "3", "7"]),
        ("1..2", OPTIONAL, ["1", "2"]),
        ("null,3", OPTIONAL, ["null", "3"]),
        ("0.2..0.8..0.2", NUMBER, ["0.2", "0.4", "0.6", "0.8"]),
        ("4..6", NUMBER, ["4", "5", "6"]),
        ("1..2..0.5", NUMBER, ["1.0", "1.5", "2.0"]),
        ("0.1,1e-3", NUMBER, ["0.1", "1e-3"]),
        ("yes,no", BOOLEAN, ["yes", "no"]),
        ("euler,heun", ENUM, ["euler", "heun"]),
        ("a,b", ENUM, ["a,b"]),
        ("1..4", ENUM, ["1..4"]),
        ("a circle, 1..4", STRING, ["a circle, 1..4"]),
        ("@@home", STRING, ["@home"]),
        ("@", STRING, ["@"]),
        ("[1,2]", LIST, ["[1,2]"]),
        ("1,2", {}, ["1,2"]),
        ("1,2", None, ["1,2"]),
        ("10,", INTEGER, ["10", ""]),
        ("1..x", INTEGER, ["1..x"]),
    ],
)
def test_one_or_several(text: str, literal: dict[str, Any] | None, expected: list[str]) -> None:
    assert texts(text, literal) == expected


def test_choices_known_only_at_run_time() -> None:
    assert texts("v1,v2", STRING, "models:Checkpoints") == ["v1", "v2"]
    assert texts("v1.5, pruned", STRING, "models:Checkpoints") == ["v1.5, pruned"]


@pytest.mark.parametrize(
    ("text", "literal", "message"),
    [
        ("4..1", INTEGER, "option '--x': expected a range from low to high, such as 1..4, got 4..1"),
        ("1..9..0", INTEGER, "expected a range with a step above 0"),
        ("1..9..-2", INTEGER, "expected a range with a step above 0"),
        ("1..2.5", INTEGER, "expected a range of integers"),
        ("1..2..0.5", INTEGER, "expected a range of integers"),
        ("0.2..0.8", NUMBER, "expected a range with a step, such as 0.2..0.8..0.2, got 0.2..0.8"),
        ("1..99999999999", INTEGER, "expected a range of at most 10,000 values"),
    ],
)
def test_bad_ranges(text: str, literal: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        texts(text, literal)
    assert message in str(caught.value)


def test_a_file_has_a_value_per_line(tmp_path: Path) -> None:
    path = tmp_path / "prompts.txt"
    path.write_bytes("\ufeffa red circle, 1..4\r\n\n  ä blue square \n@last".encode())
    found = lines_of(str(path), "prompt")
    assert [each.text for each in found] == ["a red circle, 1..4", "ä blue square", "@last"]
    assert [each.place for each in found] == [f"line {number} of {path}" for number in (1, 3, 4)]


def test_files_that_hold_no_values(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n  \n")
    (tmp_path / "binary").write_bytes(b"a\xff")
    for name, message in (
        ("nothing", "option '--prompt': there is no file '.*'; write '@@.*' for that text itself"),
        ("empty", "is empty; expected a value per line"),
        ("binary", "is no text: byte 1 isn't UTF-8"),
        (".", "can't be read: Is a directory"),
    ):
        with pytest.raises(UsageError, match=message):
            lines_of(str(tmp_path / name), "prompt")
