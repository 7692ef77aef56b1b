"""Where plugins are: folders in the home's plugins folder, and packages behind an entry point."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

ENTRY_POINT_GROUP = "graphengine.plugins"
WEB = "web"
"""The folder of a plugin with what browsers load of it: modules that draw widgets, and what those need."""

WIDGET_NAME = re.compile(r"[a-z][a-z0-9_]*")
"""Modules with other names, such as `_part.js`, are parts of those that draw widgets."""


@dataclass(frozen=True)
class Plugin:
    """A plugin on disk, located but not imported; `digest` is the SHA-256 of its Python files."""

    name: str
    package: str
    root: Path
    files: tuple[Path, ...]
    digest: str
    installed: bool

    @property
    def modules(self) -> dict[str, Path]:
        """The import name of each of its files."""
        if self.root.is_file():
            return {self.package: self.root}
        found = {}
        for path in self.files:
            parts = list(path.relative_to(self.root).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            found[".".join((self.package, *parts))] = path
        return found

    @property
    def web(self) -> Path | None:
        """Its folder for browsers, if it has one."""
        folder = self.root / WEB
        return folder if folder.is_dir() else None

    @property
    def widgets(self) -> tuple[str, ...]:
        """The inputs that it draws itself, by the names that `OwnWidget` gives: a module `NAME.js` each."""
        modules = self.web.glob("*.js") if self.web else ()
        own = (path.stem for path in modules if path.is_file() and not path.is_symlink())
        return tuple(sorted(name for name in own if WIDGET_NAME.fullmatch(name)))

    def owns(self, module: str) -> bool:
        """Whether a module of that name belongs to it."""
        return module == self.package or module.startswith(f"{self.package}.")


@dataclass(frozen=True)
class PluginProblem:
    """Why a plugin, or one module of it, brings no nodes."""

    plugin: str
    reason: str
    module: str | None = None
    missing: str | None = None

    def __str__(self) -> str:
        """One line for people."""
        where = f"plugin '{self.plugin}'" + (f", module '{self.module}'" if self.module else "")
        return f"{where}: {self.reason}"


def find_plugins(folder: Path, group: str = ENTRY_POINT_GROUP) -> Iterator[Plugin | PluginProblem]:
    """The plugins that there are now: installed ones first, then those in the folder."""
    importlib.invalidate_caches()
    yield from find_installed(group)
    yield from find_dropped_in(folder)


def find_installed(group: str = ENTRY_POINT_GROUP) -> Iterator[Plugin | PluginProblem]:
    """The packages that entry points of the group name, located without importing them."""
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        try:
            spec = importlib.util.find_spec(entry.module)
        except (ImportError, ValueError) as error:
            yield PluginProblem(entry.name, f"the package '{entry.module}' can't be found: {error}")
            continue
        locations = list(spec.submodule_search_locations or ()) if spec else []
        if locations:
            yield _plugin(entry.name, entry.module, Path(locations[0]), installed=True)
        elif spec and spec.origin and spec.origin.endswith(".py"):
            yield _plugin(entry.name, entry.module, Path(spec.origin), installed=True)
        else:
            yield PluginProblem(entry.name, f"the package '{entry.module}' isn't installed")


def find_dropped_in(folder: Path) -> Iterator[Plugin | PluginProblem]:
    """The plugins in a folder, by name: subfolders with an `__init__.py`, and single `.py` files."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name[0] in "._":
            continue
        if path.is_dir() and not (path / "__init__.py").is_file():
            if any(path.glob("*.py")):
                yield PluginProblem(path.name, f"the folder {path} has no __init__.py")
            continue
        if path.is_dir() or path.suffix == ".py":
            yield _plugin(path.stem if path.is_file() else path.name, "", path, installed=False)


def _plugin(name: str, package: str, root: Path, *, installed: bool) -> Plugin | PluginProblem:
    try:
        files = (root,) if root.is_file() else tuple(_python_files(root))
        digest = _digest(root, files)
    except OSError as error:
        return PluginProblem(name, f"its files can't be read: {error}")
    if not installed:
        # The path and contents are in the name, so that two homes, or an edited file, never share a module.
        where = hashlib.sha256(f"{root.resolve()}\n{digest}".encode()).hexdigest()
        package = f"graphengine_plugin_{re.sub(r'[^A-Za-z0-9]', '_', name)}_{where[:12]}"
    return Plugin(name, package, root, files, digest, installed)


def _python_files(root: Path) -> Iterable[Path]:
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        hidden = any(part[0] == "." or part in ("__pycache__", "tests", "node_modules") for part in parts)
        if (
            not hidden
            and not path.name.startswith("test_")
            and path.name not in ("conftest.py", "__main__.py")
        ):
            yield path


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        contents = path.read_bytes()
        name = path.name if path == root else path.relative_to(root).as_posix()
        digest.update(f"{name}\0{len(contents)}\0".encode())
        digest.update(contents)
    return digest.hexdigest()
