"""Make lists, take them apart, count. A list that goes into an input of one value runs the node for each."""

from typing import Annotated, Any, TypeVar

from graphengine.authoring import Field, Widget, node
from graphengine.authoring.wrong import Wrong

T = TypeVar("T")
LONGEST = 1_000_000


@node(category="lists")
def make_list(*items: T) -> list[T]:
    """Put values into a list, in the order of their numbers."""
    return list(items)


@node(category="lists")
def pick(items: list[T], index: int = 0) -> T:
    """Take one item out of a list.

    index: its place, from 0; below 0 it counts from the end, and -1 is the last one.
    """
    if -len(items) <= index < len(items):
        return items[index]
    if not items:
        raise Wrong("list_length", "a list with an item in it", "an empty one").at(None, None, "items")
    expected = f"a place from {-len(items)} to {len(items) - 1}, since the list has {len(items)}"
    raise Wrong("out_of_range", expected, str(index)).at(None, None, "index")


@node(category="lists")
def count_items(items: list[Any]) -> int:
    """Count the items of a list."""
    return len(items)


def check_range(start: int, stop: int, step: int) -> None:
    """See that the range ends, and that it isn't too long to be a list."""
    if step == 0:
        raise Wrong("out_of_range", "a number other than 0", "0").at(None, None, "step")
    count = max(0, -((start - stop) // step))
    if count > LONGEST:
        expected = f"a range of at most {LONGEST:,} numbers"
        raise Wrong("out_of_range", expected, f"one of {count:,}").at(None, None, "stop")


@node(category="lists", validate=check_range)
def number_range(start: int = 0, stop: int = 10, step: int = 1) -> list[int]:
    """Make a list of whole numbers.

    start: the first one.
    stop: they end before this one.
    step: from one to the next; below 0 they go down.
    """
    check_range(start, stop, step)
    return list(range(start, stop, step))


@node(category="lists")
def split_lines(text: Annotated[str, Widget("multiline")], skip_empty: bool = True) -> list[str]:
    """Make a list of the lines of a text.

    skip_empty: leave out lines with nothing in them but spaces.
    """
    return [line for line in text.splitlines() if not skip_empty or line.strip()]


@node(category="lists")
def join_text(
    items: list[str], separator: Annotated[str, Field(max_length=1000), Widget("multiline")] = "\n"
) -> str:
    """Make one text of a list of texts.

    separator: what comes between two of them.
    """
    return separator.join(items)
