"""Several values in one option: `1..4`, `10,20,30`, `@prompts.txt`."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from graphengine.authoring.json_schema import alternatives, options
from graphengine.authoring.schema import InputSchema
from graphengine.cli.exit_codes import UsageError
from graphengine.runtime.grid import MOST_POINTS

_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"\s*({_NUMBER})\.\.({_NUMBER})(?:\.\.({_NUMBER}))?\s*")
_ONE_BY_ONE = frozenset({"integer", "number", "boolean", "null"})


class Text(NamedTuple):
    """One value, still as text; `place` is where in a file it stands."""

    text: str
    place: str = ""


def spread(text: str, input: InputSchema, option: str, choices: Callable[[], Collection[str]]) -> list[Text]:
    """The values that the text of an option stands for, one or several.

    choices: what an input may be whose values are known only at run time.
    `@file` has a value per line, for any input; ranges are for numbers; commas are for numbers, for true and
    false, and for choices, so that no other text is ever split. Raises `UsageError`.
    """
    if text.startswith("@@"):
        return [Text(text[1:])]
    if text.startswith("@") and len(text) > 1:
        return lines_of(text[1:], option)
    kinds = alternatives(input.literal or {})
    if not _is_split(input, text, choices):
        return [Text(text)]
    numbers = {each.get("type") for each in kinds} & {"integer", "number"}
    found: list[Text] = []
    for piece in text.split(","):
        between = _RANGE.fullmatch(piece) if numbers else None
        if between is None:
            found.append(Text(piece.strip()))
        else:
            found += _range(between, option, whole="number" not in numbers)
    return found


def _is_split(input: InputSchema, text: str, choices: Callable[[], Collection[str]]) -> bool:
    if input.choices is not None:
        return "," in text and text not in choices()
    for each in alternatives(input.literal or {}):
        listed = options(each)
        if text in (listed or ()):
            return False
        if listed is None and each.get("type") not in _ONE_BY_ONE:
            return False
    return True


def _range(match: re.Match[str], option: str, *, whole: bool) -> list[Text]:
    text = match[0].strip()
    first, last = Decimal(match[1]), Decimal(match[2])
    integers = all(each == each.to_integral_value() for each in (first, last))
    step = Decimal(match[3]) if match[3] else Decimal(1)
    if whole and not (integers and step == step.to_integral_value()):
        raise _wrong(option, "a range of integers, such as 1..9 or 1..9..2", text)
    if not match[3] and not integers:
        raise _wrong(option, "a range with a step, such as 0.2..0.8..0.2", text)
    if step <= 0:
        raise _wrong(option, "a range with a step above 0, such as 1..9..2", text)
    if first > last:
        raise _wrong(option, f"a range from low to high, such as {match[2]}..{match[1]}", text)
    count = int((last - first) / step) + 1
    if count > MOST_POINTS:
        raise _wrong(option, f"a range of at most {MOST_POINTS:,} values", f"{text}, which has {count:,}")
    if integers and step == step.to_integral_value():
        return [Text(str(int(first + step * number))) for number in range(count)]
    return [Text(str(first + step * number)) for number in range(count)]


def lines_of(name: str, option: str) -> list[Text]:
    """The lines of a file that aren't empty; raises `UsageError` for one that can't be read, or has none."""
    path = Path(name).expanduser()
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        hint = f"; write '@@{name}' for that text itself"
        raise _unreadable(option, f"there is no file '{name}'{hint}") from error
    except UnicodeDecodeError as error:
        raise _unreadable(option, f"'{name}' is no text: byte {error.start} isn't UTF-8") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _unreadable(option, f"'{name}' can't be read: {reason}") from error
    found = [
        Text(line.strip(), f"line {number} of {name}")
        for number, line in enumerate(content.split("\n"), start=1)
        if line.strip()
    ]
    if not found:
        raise _unreadable(option, f"'{name}' is empty; expected a value per line")
    return found


def _wrong(option: str, expected: str, got: str) -> UsageError:
    text = f"option '--{option}': expected {expected}, got {got}"
    return UsageError(text, kind="usage", expected=expected, got=got)


def _unreadable(option: str, what: str) -> UsageError:
    return UsageError(f"option '--{option}': {what}", kind="usage")
