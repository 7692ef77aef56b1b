"""Look at what goes through a workflow."""

from typing import TypeVar

from graphengine.authoring import node

T = TypeVar("T")


@node(category="logic", output=True)
def show_value(value: T) -> T:
    """Show a value: in its card, on the command line, and in what is kept of the run.

    value: a number, a text, a list; of pictures, masks and latents the size. It goes on as it came.
    """
    return value
