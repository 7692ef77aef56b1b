"""The embeddings that prompts can name (Gal et al. 2022), looked up by name and read when they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graphengine.errors import ModelFileError
from graphengine.nearest import did_you_mean

if TYPE_CHECKING:
    from torch import Tensor


class Embeddings:
    """Files by their names, with or without the ending.

    files: by name, with ending; of two that differ in it alone, the first is meant where it isn't said.
    place: where people put such files.
    width: that of the text encoder, where it is known: what isn't as wide is refused.
    """

    def __init__(
        self, files: Mapping[str, Path], place: Path | None = None, width: int | None = None
    ) -> None:
        self._files = files
        self._place = place
        self._width = width
        self._vectors: dict[str, Tensor] = {}

    def path(self, name: str) -> Path | None:
        """The file that a name means; None if there is none."""
        return self._files.get(name) or next(
            (path for file, path in self._files.items() if without_ending(file) == name), None
        )

    def length(self, name: str) -> int:
        """How many vectors it has. Raises ModelFileError for one that isn't there, or can't be used."""
        return len(self.vectors(name))

    def vectors(self, name: str) -> Tensor:
        """Its vectors: [n, d], float32, on the CPU. Raises ModelFileError."""
        if name not in self._vectors:
            self._vectors[name] = self._read(name)
        return self._vectors[name]

    def _read(self, name: str) -> Tensor:
        from graphengine.diffusion.weights.embedding import read_embedding  # imports torch

        path = self.path(name)
        if path is None:
            raise self._unknown(name)
        try:
            vectors = read_embedding(path)
        except ModelFileError as error:
            got = str(error).replace(str(path), path.name)
            raise refused("an embedding that can be read", f"'{name}': {got}", error.hint) from error
        width = vectors.shape[1]
        if self._width is not None and width != self._width:
            raise refused(
                f"an embedding of width {self._width}, as this text encoder has",
                f"'{name}' of width {width}{made_for(width)}",
                kind="embedding_width",
            )
        return vectors

    def _unknown(self, name: str) -> ModelFileError:
        meant = did_you_mean(name, map(without_ending, self._files))
        hints = [meant] if meant else []
        if self._place is not None:
            hints.append(f"embedding files go into {self._place}")
        return ModelFileError(
            f"there is no embedding '{name}'",
            kind="missing_embedding",
            expected="the name of an embedding that is there",
            got=f"'{name}'",
            hint=" ".join(hints) or None,
        )


def without_ending(file: str) -> str:
    """The name of a file as prompts say it."""
    return file.rpartition(".")[0]


MADE_FOR = {768: "Stable Diffusion 1", 1024: "Stable Diffusion 2", 1280: "Stable Diffusion XL"}


def made_for(width: int) -> str:
    """Which model has text of that width, where it is one that people know."""
    return f": made for {MADE_FOR[width]}" if width in MADE_FOR else ""


def refused(
    expected: str, got: str, hint: str | None = None, kind: str = "damaged_embedding"
) -> ModelFileError:
    """The error for an embedding that can't be used."""
    return ModelFileError(f"expected {expected}, got {got}", kind=kind, expected=expected, got=got, hint=hint)
