"""The home folder: the one place on disk that graphengine keeps things in."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGED_MODELS = Path(__file__).parent / "diffusion" / "shapes"
"""Model files that come with the package; searched after the home folder's own."""
MODEL_SUFFIXES = frozenset({".safetensors", ".ckpt", ".pt", ".pth", ".bin"})
CHECKPOINTS = "checkpoints"
EMBEDDINGS = "embeddings"
PREVIEWS = (".preview.png", ".preview.jpg", ".preview.webp", ".png", ".jpg", ".webp")
"""Endings of the picture that shows what a model makes, in place of the model file's own."""


@dataclass(frozen=True)
class Home:
    """The folders under `root`; none exists before something is written there.

    confined: workflows come from others, and may name no files but those in here.
    """

    root: Path
    confined: bool = False

    @classmethod
    def find(cls, explicit: str | Path | None = None) -> "Home":
        """The folder named by the caller, else by `GRAPHENGINE_HOME`, else the platform's data folder."""
        chosen = explicit or os.environ.get("GRAPHENGINE_HOME")
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        from platformdirs import user_data_path

        return cls(user_data_path("graphengine", appauthor=False))

    @property
    def models(self) -> Path:
        """Model files: checkpoints directly or under `checkpoints/`, other kinds in a folder each."""
        return self.root / "models"

    @property
    def plugins(self) -> Path:
        """Plugin folders dropped in by the user."""
        return self.root / "plugins"

    @property
    def input(self) -> Path:
        """Pictures that workflows read by name."""
        return self.root / "input"

    def input_file(self, name: str) -> Path | None:
        """The file that a workflow means by a path, or by a name in the input folder; None if there is none.

        In a confined home it has to be in that folder, also after all `..` and links were followed.
        """
        inside = self.input / name
        try:
            if self.confined and not inside.resolve().is_relative_to(self.input.resolve()):
                return None
        except (OSError, RuntimeError, ValueError):  # a loop of links, or no name at all
            return None
        candidates = (inside,) if self.confined else (Path(name).expanduser(), inside)
        return next((path for path in candidates if path.is_file()), None)

    @property
    def output(self) -> Path:
        """Where pictures go when a run names no other folder."""
        return self.root / "output"

    @property
    def workflows(self) -> Path:
        """The user's saved workflows, found by bare name."""
        return self.root / "workflows"

    @property
    def cache(self) -> Path:
        """What can be made again: the node catalogue, hashes of model files."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        """Tracebacks of unexpected errors."""
        return self.root / "log"

    def model_files(self, kind: str = CHECKPOINTS) -> Mapping[str, Path]:
        """Name to path of every model file of a kind, such as `checkpoints`; the home folder's come first.

        A name is the path below the kind's folder, with forward slashes. A file in the home folder hides a
        packaged one of the same name.
        """
        found: dict[str, Path] = {}
        for root in (self.models, PACKAGED_MODELS):
            here = _files_below(root / kind)
            if kind == CHECKPOINTS:
                here |= {path.name: path for path in _model_files_in(root)}
            found |= {name: here[name] for name in sorted(here) if name not in found}
        return found

    def model_kinds(self) -> tuple[str, ...]:
        """The kinds that there is a folder for; `checkpoints` always."""
        kinds = {CHECKPOINTS}
        for root in (self.models, PACKAGED_MODELS):
            if root.is_dir():
                kinds |= {path.name for path in root.iterdir() if path.is_dir() and path.name[0] not in "._"}
        return tuple(sorted(kinds))

    def workflow_files(self) -> Mapping[str, Path]:
        """Stem to path of every saved workflow; the user's own hide the packaged ones."""
        found = {path.stem: path for path in sorted(self.workflows.glob("*.json"))}
        for path in packaged_workflows():
            found.setdefault(path.stem, path)
        return found


def preview_of(model: Path) -> Path | None:
    """The picture that lies beside a model file and is called like it; None if there is none."""
    beside = (model.with_suffix(ending) for ending in PREVIEWS)
    return next((picture for picture in beside if picture.is_file()), None)


def packaged_workflows() -> tuple[Path, ...]:
    """The workflow files that are installed with the package."""
    return _packaged_with_workflows("*.json")


def example_pictures() -> Mapping[str, Path]:
    """Name to path of the pictures that the installed workflows start from."""
    return {path.name: path for path in _packaged_with_workflows("*.png")}


def workflow_thumbnails() -> Mapping[str, Path]:
    """Name to a small picture of what an installed workflow makes."""
    return {path.stem: path for path in _packaged_with_workflows("*.webp")}


def _packaged_with_workflows(pattern: str) -> tuple[Path, ...]:
    from importlib.util import find_spec

    spec = find_spec("graphengine.workflows")
    folders = spec.submodule_search_locations if spec else None
    return tuple(sorted(path for folder in folders or () for path in Path(folder).glob(pattern)))


def _model_files_in(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.suffix in MODEL_SUFFIXES and path.is_file()]


def _files_below(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    files = (path for path in folder.rglob("*") if path.suffix in MODEL_SUFFIXES and path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}
