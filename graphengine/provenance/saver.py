"""Saves the pictures of one run, each with the record of how it was made."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphengine.home import Home
from graphengine.provenance.content_folder import ContentFolder
from graphengine.provenance.output_folder import LONGEST_STEM, OutputFolder, file_stem
from graphengine.provenance.picture import encode_picture, record_in, with_record
from graphengine.provenance.record import ModelUsed, Provenance, versions_in_use

SHEET = "-sheet"
"""What the names of contact sheets have after the stem."""
DEEPEST = 100
"""Subgraphs in one another that a parameter's value is looked for in."""
_NONE = object()


class PictureSaver:
    """Where a run's pictures go.

    stem: what file names begin with; else the workflow's name.
    sha256: hashes a model file.
    files_in: the model files that a text names in some way of its own, as prompts do, by that name.
    """

    def __init__(
        self,
        folder: OutputFolder | ContentFolder,
        home: Home,
        sha256: Callable[[Path], str],
        stem: str | None = None,
        files_in: Callable[[str], Mapping[str, Path]] = lambda text: {},
    ) -> None:
        self._folder = folder
        self._home = home
        self._sha256 = sha256
        self._stem = stem
        self._files_in = files_in

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
        record = self._record(workflow, parameters, seed)
        return self._folder.save(encode_picture(pixels, record), self._name(workflow), seed)

    def again(self, path: Path, workflow: Mapping[str, Any]) -> Path:
        """A picture that an earlier run saved, handed out by a run of this document: returns its path.

        Where files are named by their content, there is one that carries this document, with the same pixels
        and what is known of how they were made.
        """
        parameters = parameter_values(workflow)

        def remade(data: bytes) -> bytes:
            record = record_in(data)
            if record is None or (record.document, record.parameters) == (workflow, parameters):
                return data
            return with_record(data, replace(record, document=workflow, parameters=parameters))

        return self._folder.again(path, remade)

    def save_sheet(self, pixels: Any, workflow: Mapping[str, Any], axes: Sequence[Mapping[str, Any]]) -> Path:
        """Save a sweep's contact sheet, which carries the axes too, and return its path."""
        parameters = parameter_values(workflow)
        swept = {place for axis in axes for place in axis["inputs"]}
        for name, place in workflow.get("parameters", {}).items():
            if place in swept:
                parameters.pop(name, None)
        record = self._record(workflow, parameters, None, axes)
        stem = file_stem(self._name(workflow))[: LONGEST_STEM - len(SHEET)] + SHEET
        return self._folder.save(encode_picture(pixels, record), stem)

    def _name(self, workflow: Mapping[str, Any]) -> str:
        return self._stem or str(workflow.get("name") or "picture")

    def _record(
        self,
        workflow: Mapping[str, Any],
        parameters: Mapping[str, Any],
        seed: int | None,
        axes: Sequence[Mapping[str, Any]] = (),
    ) -> Provenance:
        texts = {*_literals(workflow), *_texts(axes)}
        return Provenance(
            document=workflow,
            parameters=parameters,
            seed=seed,
            versions=versions_in_use(),
            models=self._models_used(texts),
            sweep=tuple(axes),
        )

    def _models_used(self, texts: Collection[str]) -> tuple[ModelUsed, ...]:
        files: dict[str, Path] = {}
        for text in texts:
            files |= self._files_in(text)
        for kind in self._home.model_kinds():
            files |= {name: path for name, path in self._home.model_files(kind).items() if name in texts}
        return tuple(ModelUsed(name, self._sha256(files[name])) for name in sorted(files))


def parameter_values(workflow: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each named parameter, where the document holds one."""
    places = workflow.get("parameters", {}).items()
    found = {name: value_at(workflow, str(place), _NONE) for name, place in places}
    return {name: value for name, value in found.items() if value is not _NONE}


def value_at(graph: Mapping[str, Any], place: str, default: Any = None) -> Any:
    """What an input `node.input` is set to; one of a subgraph may have its value inside that.

    default: for what the document doesn't set.
    """
    for _ in range(DEEPEST):
        node, _, input = place.partition(".")
        found = graph.get("nodes", {}).get(node, {})
        if input in found.get("inputs", {}):
            return found["inputs"][input]
        used = graph.get("subgraphs", {}).get(found.get("type"))
        if used is None:
            break
        declared = used.get("inputs", {}).get(input)
        if declared is not None:
            return declared.get("default", default) if isinstance(declared, Mapping) else default
        place = used.get("parameters", {}).get(input, "")
        graph = {**used, "subgraphs": {**graph["subgraphs"], **used.get("subgraphs", {})}}
    return default


def _literals(workflow: Mapping[str, Any]) -> Iterator[str]:
    """Every text that an input of the workflow, or of a subgraph in it, is set to or has as its default."""
    waiting: list[Any] = [workflow]
    while waiting:
        graph = waiting.pop()
        waiting += graph.get("subgraphs", {}).values()
        for node in graph.get("nodes", {}).values():
            yield from _texts(node.get("inputs", {}))
        yield from _texts(graph.get("inputs", {}))


def _texts(value: Any) -> Iterator[str]:
    """The texts in a JSON value."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            waiting += item.values()
        elif isinstance(item, list | tuple):
            waiting += item
