"""The rules of CONTRIBUTING.md that a program can check."""

import ast
import re
import statistics
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("graphengine", "nodes", "plugins", "workflows")
EVERYTHING = (*SOURCES, "tests", "benchmarks")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
LONGEST = 400


NOT_OURS = {"build", "dist", "node_modules"}
"""Folders that git ignores."""


def python_files(folders: tuple[str, ...]) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def committed_files() -> list[Path]:
    """Tracked files; where this is no git clone, all but what is hidden, installed or built."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = done.stdout.split("\0")[:-1] if done.returncode == 0 else []
    if names:
        return [ROOT / name for name in names if (ROOT / name).is_file()]
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") or part in NOT_OURS for part in path.relative_to(ROOT).parts)
    ]


@pytest.mark.parametrize("path", python_files(EVERYTHING), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_files_are_small_as_a_rule() -> None:
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(SOURCES)]
    assert statistics.median(lengths) < 150


def test_no_file_is_a_drawer() -> None:
    assert [path for path in python_files(EVERYTHING) if path.stem in DRAWERS] == []


def test_no_browser_test_points_at_what_still_moves() -> None:
    """`box_of` of tests/web/boxes.py waits until a thing is seen and at rest."""
    hasty = re.compile(r"\.bounding_box\(|\.is_visible\(")
    assert [
        path.name for path in (ROOT / "tests" / "web").glob("*.py") if hasty.search(path.read_text())
    ] == []


def public_definitions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every public function, class and method of a module, with its dotted name."""
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        prefix, parent = waiting.pop()
        for child in ast.iter_child_nodes(parent):
            if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if child.name.startswith("_"):
                continue
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                waiting.append((f"{prefix}{child.name}.", child))


def is_overload(definition: ast.AST) -> bool:
    decorators = getattr(definition, "decorator_list", [])
    return any(ast.unparse(each).endswith("overload") for each in decorators)


def test_every_public_name_is_documented() -> None:
    undocumented = []
    for path in python_files(SOURCES):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found: list[tuple[str, ast.AST]] = list(public_definitions(tree))
        if tree.body:
            found.append(("(module)", tree))
        for name, definition in found:
            documented = ast.get_docstring(definition)  # type: ignore[arg-type]
            if not documented and not is_overload(definition):
                undocumented.append(f"{path.relative_to(ROOT)}: {name}")
    assert undocumented == []


def test_no_committed_file_names_a_place_on_one_machine() -> None:
    # Taken apart, so that this file does not match itself.
    place = re.compile(
        "|".join([r"/wo" r"rk/", r"/ro" r"ot/", r"/home/[a-z]+/", r"/tmp/d" r"ev", r"C:\\\\Us" r"ers"])
    )
    wrong = []
    for path in committed_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{path.relative_to(ROOT)}: {match[0]}" for match in place.finditer(text)]
    assert wrong == []


def test_the_heavy_model_file_stays_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "graphengine").rglob("*.safetensors")}
    assert all(size < 24_000_000 for size in sizes.values()), sizes
    assert sum(sizes.values()) < 40_000_000


def test_every_dependency_has_a_lower_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = project["dependencies"] + [
        each for extra in project["optional-dependencies"].values() for each in extra
    ]
    assert [requirement for requirement in named if ">=" not in requirement] == []
