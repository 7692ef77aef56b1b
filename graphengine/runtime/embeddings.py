"""The embeddings that prompts can name, of a home folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graphengine.home import EMBEDDINGS, Home

if TYPE_CHECKING:
    from graphengine.diffusion.prompts.embeddings import Embeddings


def embeddings_of(home: Home) -> Embeddings:
    """All of them."""
    from graphengine.diffusion.prompts.embeddings import Embeddings

    return Embeddings(home.model_files(EMBEDDINGS), home.models / EMBEDDINGS)


def embeddings_named(text: str, home: Home) -> Mapping[str, Path]:
    """The files of those that a text names, if it is a prompt, by `embedding:name`."""
    from graphengine.diffusion.prompts.symbols import EMBEDDING, embeddings_in

    if EMBEDDING not in text:
        return {}
    known = embeddings_of(home)
    found = {f"{EMBEDDING}{name}": known.path(name) for name in embeddings_in(text)}
    return {name: path for name, path in found.items() if path is not None}
