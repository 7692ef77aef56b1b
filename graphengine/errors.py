"""Errors meant for the person who uses graphengine: one line of text, and the same facts as attributes."""

from __future__ import annotations

from collections.abc import Iterable


class GraphEngineError(Exception):
    """An error to show to the user as it is; everything else that is raised is a defect of the program."""

    excerpt = ""
    """Lines at the end of the message that show the place of it, such as a caret under a character."""

    def __init__(
        self,
        message: str,
        *,
        kind: str = "error",
        node: str | None = None,
        node_type: str | None = None,
        input: str | None = None,
        expected: str | None = None,
        got: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.node = node
        self.node_type = node_type
        self.input = input
        self.expected = expected
        self.got = got
        self.hint = hint

    def __str__(self) -> str:
        """The message."""
        return self.message

    def to_dict(self) -> dict[str, str | None]:
        """The JSON form, shared by the command line and HTTP."""
        return {
            "kind": self.kind,
            "message": self.message,
            "node": self.node,
            "input": self.input,
            "expected": self.expected,
            "got": self.got,
            "hint": self.hint,
        }

    def reworded(self, message: str) -> GraphEngineError:
        """An error that says the same facts in another message."""
        return GraphEngineError(
            message,
            kind=self.kind,
            node=self.node,
            node_type=self.node_type,
            input=self.input,
            expected=self.expected,
            got=self.got,
            hint=self.hint,
        )

    def locate(self, node: str, node_type: str) -> None:
        """Say in which node this happened, unless that is known already."""
        if self.node is not None:
            self.node_type = self.node_type or node_type
            return
        self.node, self.node_type = node, node_type
        joint = ", " if self.input is not None and self.message.startswith("input ") else ": "
        self.message = f"node '{node}' ({node_type}){joint}{self.message}"


class InvalidWorkflow(GraphEngineError):  # noqa: N818 - these read as what happened
    """A workflow that can't run; `problems` holds all that is wrong with it, in document order."""

    def __init__(self, problems: Iterable[GraphEngineError]) -> None:
        found = tuple(problems)
        if not found:
            raise ValueError("InvalidWorkflow needs at least one problem")
        first = found[0]
        more = len(found) - 1
        super().__init__(
            first.message if not more else f"{len(found)} problems, the first: {first.message}",
            kind="invalid_workflow" if more else first.kind,
            node=first.node,
            node_type=first.node_type,
            input=first.input,
            expected=first.expected,
            got=first.got,
            hint=first.hint,
        )
        self.problems = found
        self.excerpt = first.excerpt

    def __reduce__(self) -> tuple[type[InvalidWorkflow], tuple[tuple[GraphEngineError, ...]]]:
        """Pickle by the problems: the message is made from them."""
        return type(self), (self.problems,)


class NodeFailed(GraphEngineError):  # noqa: N818
    """A node raised while it ran; the original exception is the `__cause__`."""


class Cancelled(GraphEngineError):  # noqa: N818
    """The run was cancelled by whoever started it."""

    def __init__(self, message: str = "cancelled", *, node: str | None = None) -> None:
        super().__init__(message, kind="cancelled", node=node)


class ModelFileError(GraphEngineError):
    """A model file that is missing, truncated, corrupt, pickled, or of no known family."""


class OutOfMemory(GraphEngineError):  # noqa: N818
    """There was too little memory, also after everything that can be freed was freed."""


class DefinitionError(GraphEngineError):
    """A node is declared in a way that can't work; raised where it is defined."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="definition")


def mismatch(
    expected: str,
    got: str,
    *,
    kind: str,
    node: str | None = None,
    node_type: str | None = None,
    input: str | None = None,
    hint: str | None = None,
) -> GraphEngineError:
    """The error for a value that isn't what was expected, worded the same way everywhere."""
    where = []
    if node is not None:
        where.append(f"node '{node}' ({node_type})" if node_type else f"node '{node}'")
    if input is not None:
        where.append(f"input '{input}'")
    place = ", ".join(where) + ": " if where else ""
    return GraphEngineError(
        f"{place}expected {expected}, got {got}" + (f"; {hint}" if hint else ""),
        kind=kind,
        node=node,
        node_type=node_type,
        input=input,
        expected=expected,
        got=got,
        hint=hint,
    )
