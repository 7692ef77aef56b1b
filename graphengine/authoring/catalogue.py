"""All the nodes there are: their schemas at once, their code where it is about to run."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graphengine.authoring.catalogue_file import declared_by
from graphengine.authoring.choices import Choices
from graphengine.authoring.definition import NodeDefinition, node_definition
from graphengine.authoring.plugin_import import import_module, reason
from graphengine.authoring.plugins import (
    ENTRY_POINT_GROUP,
    Plugin,
    PluginProblem,
    find_plugins,
)
from graphengine.authoring.schema import InputSchema, NodeSchema
from graphengine.errors import DefinitionError, GraphEngineError

if TYPE_CHECKING:
    from graphengine.home import Home


class Catalogue:
    """The node types by name, and the `plugins` that bring them; `problems` tells why some bring none."""

    def __init__(
        self,
        schemas: Iterable[NodeSchema] = (),
        *,
        problems: Iterable[PluginProblem] = (),
        plugins: Iterable[Plugin] = (),
        definitions: Mapping[str, NodeDefinition] | None = None,
    ) -> None:
        self._schemas = {schema.type: schema for schema in schemas}
        self.plugins = tuple(plugins)
        self._definitions = dict(definitions or {})
        self.problems = tuple(problems)

    @classmethod
    def discover(cls, home: Home, group: str = ENTRY_POINT_GROUP) -> Catalogue:
        """The nodes of every installed plugin and of every one dropped in the home's plugins folder.

        Installed ones come first, each kind by name; where two nodes have one name, the first keeps it.
        """
        schemas: dict[str, NodeSchema] = {}
        problems: list[PluginProblem] = []
        plugins: list[Plugin] = []
        for found in find_plugins(home.plugins, group):
            if isinstance(found, PluginProblem):
                problems.append(found)
                continue
            plugins.append(found)
            declared = declared_by(found, home.cache)
            problems += declared.problems
            for schema in declared.nodes:
                first = schemas.setdefault(schema.type, schema)
                if first is not schema:
                    problems.append(_clash(found, schema, first))
        return cls(schemas.values(), problems=problems, plugins=plugins)

    @classmethod
    def of(cls, *nodes: Callable[..., Any]) -> Catalogue:
        """A catalogue of these functions and classes only, each marked with `@node`."""
        definitions: dict[str, NodeDefinition] = {}
        for target in nodes:
            definition = node_definition(target)
            if definition is None:
                raise DefinitionError(f"{target!r} isn't marked with @node")
            if definition.schema.type in definitions:
                raise DefinitionError(f"two nodes are named '{definition.schema.type}'")
            definitions[definition.schema.type] = definition
        return cls((each.schema for each in definitions.values()), definitions=definitions)

    def __iter__(self) -> Iterator[NodeSchema]:
        """The schemas, in order of discovery."""
        return iter(self._schemas.values())

    def __len__(self) -> int:
        """How many node types there are."""
        return len(self._schemas)

    def __contains__(self, type: object) -> bool:
        """Whether there is a node type of that name."""
        return type in self._schemas

    def get(self, type: str) -> NodeSchema | None:
        """The schema of a node type, or None."""
        return self._schemas.get(type)

    @property
    def types(self) -> tuple[str, ...]:
        """The names of all node types."""
        return tuple(self._schemas)

    def load(self, type: str) -> Callable[..., Any]:
        """The function or class behind a node type; imports its module if this is the first use."""
        return self.definition(type).target

    def definition(self, type: str) -> NodeDefinition:
        """The code behind a node type, with its hooks; imports its module if this is the first use."""
        known = self._definitions.get(type)
        if known is None:
            known = self._definitions[type] = self._import_definition(self._schemas[type])
        return known

    def options(self, schema: InputSchema, home: Home) -> tuple[list[str], str | None]:
        """What a `Choice` input may be now, and the provider's hint for a value that isn't among it."""
        if schema.choices is None:
            raise ValueError(f"input '{schema.name}' has no choices")
        module, _, name = schema.choices.partition(":")
        provider = self._attribute(module, name, f"the choices of '{schema.name}'")
        if not (isinstance(provider, type) and issubclass(provider, Choices)):
            raise GraphEngineError(f"{schema.choices} is no Choices class", kind="plugin")
        return provider.options(home), provider.hint(home)

    def _import_definition(self, schema: NodeSchema) -> NodeDefinition:
        target = self._attribute(schema.module, schema.attribute, f"node type '{schema.type}'")
        definition = node_definition(target)
        if definition is None:
            raise GraphEngineError(
                f"node type '{schema.type}': {schema.attribute} of {schema.module} is no node now",
                kind="plugin",
            )
        return definition

    def _attribute(self, module: str, name: str, subject: str) -> Any:
        plugin = next((each for each in self.plugins if each.owns(module)), None)
        try:
            found: Any = import_module(plugin, module) if plugin else importlib.import_module(module)
            for part in name.split("."):
                found = getattr(found, part)
        except Exception as error:
            text = reason(plugin, error) if plugin else f"{type(error).__name__}: {error}"
            raise GraphEngineError(f"{subject} can't be imported: {text}", kind="plugin") from error
        return found


def _clash(plugin: Plugin, schema: NodeSchema, first: NodeSchema) -> PluginProblem:
    return PluginProblem(
        plugin.name,
        f"its node '{schema.type}' is left out: the plugin '{first.plugin}' has one of that name",
        schema.module.removeprefix(plugin.package).lstrip(".") or None,
    )
