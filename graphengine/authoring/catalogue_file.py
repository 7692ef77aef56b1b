"""What a plugin declares, remembered on disk, so that its modules aren't imported to list or check nodes."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from graphengine.authoring.plugin_import import read_module
from graphengine.authoring.plugins import Plugin, PluginProblem
from graphengine.authoring.schema import NodeSchema

FORMAT = 4
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Declared:
    """The nodes of one plugin, and the modules that could not be read."""

    nodes: tuple[NodeSchema, ...]
    problems: tuple[PluginProblem, ...]


def declared_by(plugin: Plugin, cache: Path) -> Declared:
    """What the plugin declares: from the file in the cache folder, else by importing its modules.

    A module that failed is tried again each time, unless it only lacks a package that still isn't there.
    """
    file = cache / "catalogue" / f"{'installed' if plugin.installed else 'folder'}-{plugin.name}.json"
    known = _read(file, plugin)
    if known is not None and not any(_worth_another_try(problem) for problem in known.problems):
        return known
    nodes: list[NodeSchema] = []
    problems: list[PluginProblem] = []
    for name in plugin.modules:
        read = read_module(plugin, name)
        if isinstance(read, PluginProblem):
            problems.append(read)
            if name == plugin.package:  # a package that can't be imported has no modules that can
                break
        else:
            nodes += read
    declared = Declared(tuple(nodes), tuple(problems))
    _write(file, plugin, declared)
    return declared


def _worth_another_try(problem: PluginProblem) -> bool:
    if problem.missing is None:
        return True
    try:
        return find_spec(problem.missing) is not None
    except (ImportError, ValueError):
        return False


def _key(plugin: Plugin) -> str:
    from graphengine import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    return f"{FORMAT} {__version__} {python} {plugin.package} {plugin.digest}"


def _read(file: Path, plugin: Plugin) -> Declared | None:
    try:
        data = json.loads(file.read_bytes())
        if data["key"] != _key(plugin):
            return None
        return Declared(
            tuple(NodeSchema.from_dict(each) for each in data["nodes"]),
            tuple(PluginProblem(**each) for each in data["problems"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        logger.debug("%s is no catalogue: %s", file, error)
        return None


def _write(file: Path, plugin: Plugin, declared: Declared) -> None:
    data = {
        "key": _key(plugin),
        "nodes": [each.to_dict() for each in declared.nodes],
        "problems": [asdict(each) for each in declared.problems],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    beside = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(beside, file)
    except OSError as error:  # a read-only or full disk: slower the next time, otherwise the same
        logger.debug("the catalogue %s is not kept: %s", file, error)
        if beside is not None:
            with contextlib.suppress(OSError):
                os.unlink(beside)
