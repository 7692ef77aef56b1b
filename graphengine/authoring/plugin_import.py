"""Importing a plugin's modules, and the nodes that they declare."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import sys
import traceback
from dataclasses import replace
from types import ModuleType

from graphengine.authoring.definition import node_definition
from graphengine.authoring.plugins import Plugin, PluginProblem
from graphengine.authoring.schema import NodeSchema
from graphengine.errors import GraphEngineError

logger = logging.getLogger(__name__)


def import_module(plugin: Plugin, name: str) -> ModuleType:
    """Import one module of a plugin; a dropped-in one is imported from its path, beside `sys.path`."""
    if not plugin.installed and plugin.package not in sys.modules:
        _import_from_path(plugin)
    return importlib.import_module(name)


def _import_from_path(plugin: Plugin) -> None:
    is_file = plugin.root.is_file()
    spec = importlib.util.spec_from_file_location(
        plugin.package,
        plugin.root if is_file else plugin.root / "__init__.py",
        submodule_search_locations=None if is_file else [str(plugin.root)],
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{plugin.root} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[plugin.package] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[plugin.package]
        raise


def read_module(plugin: Plugin, name: str) -> list[NodeSchema] | PluginProblem:
    """Import a module and read the schemas of the nodes that it declares, or say why that didn't work."""
    try:
        module = import_module(plugin, name)
    except (Exception, SystemExit) as error:
        logger.debug("plugin %s, module %s", plugin.name, name, exc_info=True)
        missing = error.name if isinstance(error, ModuleNotFoundError) else None
        return PluginProblem(plugin.name, reason(plugin, error), _short(plugin, name), missing)
    found = {}
    for value in vars(module).values():
        definition = node_definition(value)
        if definition is not None and definition.schema.module == name:
            found[definition.schema.attribute] = replace(
                definition.schema, plugin=plugin.name, code=plugin.digest[:16]
            )
    return list(found.values())


def reason(plugin: Plugin, error: BaseException) -> str:
    """Why an import failed, with the line of the plugin where it did."""
    if isinstance(error, ModuleNotFoundError) and error.name and not plugin.owns(error.name):
        return f"needs the package '{error.name}', which is not installed"
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg} ({error.filename}, line {error.lineno})"
    text = str(error) if isinstance(error, GraphEngineError) else f"{type(error).__name__}: {error}"
    lines = [
        f"{frame.filename}, line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(plugin.root))
    ]
    return f"{text} ({lines[-1]})" if lines else text


def _short(plugin: Plugin, name: str) -> str | None:
    return name.removeprefix(plugin.package).lstrip(".") or None
