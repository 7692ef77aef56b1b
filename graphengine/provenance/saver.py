"""Saves the pictures of one run, each with the record of how it was made."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graphengine.home import Home
from graphengine.provenance.output_folder import OutputFolder
from graphengine.provenance.picture import encode_picture
from graphengine.provenance.record import ModelUsed, Provenance, versions_in_use


class PictureSaver:
    """Where a run's pictures go.

    stem: what file names begin with; else the workflow's name.
    sha256: hashes a model file.
    """

    def __init__(
        self,
        folder: OutputFolder,
        home: Home,
        sha256: Callable[[Path], str],
        stem: str | None = None,
    ) -> None:
        self._folder = folder
        self._home = home
        self._sha256 = sha256
        self._stem = stem

    @property
    def place(self) -> str:
        """Which folder and file names it saves to: what is saved elsewhere isn't saved here."""
        return f"{self._folder.folder}|{self._stem}"

    def save(self, pixels: Any, workflow: Mapping[str, Any], seed: int | None = None) -> Path:
        """Save a uint8 array [H, W, 3] and return its path."""
        parameters = parameter_values(workflow)
        default = parameters.get("seed")
        if seed is None and isinstance(default, int):
            seed = default
        record = Provenance(
            document=workflow,
            parameters=parameters,
            seed=seed,
            versions=versions_in_use(),
            models=self._models_used(workflow),
        )
        stem = self._stem or str(workflow.get("name") or "picture")
        return self._folder.save(encode_picture(pixels, record), stem, seed)

    def _models_used(self, workflow: Mapping[str, Any]) -> tuple[ModelUsed, ...]:
        named = {text for text in _literals(workflow) if "." in text}
        used = {}
        for kind in self._home.model_kinds():
            for name, path in self._home.model_files(kind).items():
                if name in named:
                    used[name] = ModelUsed(name, self._sha256(path))
        return tuple(used[name] for name in sorted(used))


def parameter_values(workflow: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each named parameter, where the document holds one."""
    values = {}
    for name, target in workflow.get("parameters", {}).items():
        node, _, input = str(target).partition(".")
        inputs = workflow.get("nodes", {}).get(node, {}).get("inputs", {})
        if input in inputs:
            values[name] = inputs[input]
    return values


def _literals(workflow: Mapping[str, Any]) -> Iterator[str]:
    """Every text that an input of the workflow, or of a subgraph in it, is set to."""
    waiting: list[Any] = [workflow]
    while waiting:
        graph = waiting.pop()
        waiting += graph.get("subgraphs", {}).values()
        for node in graph.get("nodes", {}).values():
            yield from (value for value in node.get("inputs", {}).values() if isinstance(value, str))
