"""The annotations of a function or class, as types."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any

from graphengine.errors import DefinitionError


def type_hints(target: Callable[..., Any], owner: str) -> dict[str, Any]:
    """Each annotation by name; `owner` is how errors name what they belong to."""
    try:
        return typing.get_type_hints(target, include_extras=True)
    except NameError as error:
        raise DefinitionError(
            f"{owner}: the annotation '{error.name}' isn't known where the module is imported; "
            "import or define it at the top level, not under TYPE_CHECKING"
        ) from error
    except TypeError as error:
        raise DefinitionError(f"{owner}: an annotation can't be read: {error}") from error
