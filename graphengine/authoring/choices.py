"""Drop-downs whose entries are known only at run time, such as the model files on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from typing_extensions import TypeAliasType

if TYPE_CHECKING:
    from graphengine.home import Home


class Choices:
    """A provider of the values that an input may have.

    It is found again by its import path, without the node that uses it: define it at the top level of a
    module that doesn't import torch.
    """

    @classmethod
    def options(cls, home: Home) -> list[str]:
        """The values there are now."""
        raise NotImplementedError(f"{cls.__name__} has no options")

    @classmethod
    def hint(cls, home: Home) -> str | None:
        """What to do where the wanted value isn't among the options."""
        return None


Provider = TypeVar("Provider", bound=Choices)

Choice = TypeAliasType("Choice", str, type_params=(Provider,))
"""A string that is one of a provider's options: `name: Choice[Checkpoints]`."""
