"""Values given as text on the command line, for the inputs that they belong to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphengine.authoring.literal import parse_text
from graphengine.authoring.schema import InputSchema
from graphengine.cli.exit_codes import UsageError
from graphengine.cli.run_arguments import Given, OwnOption
from graphengine.cli.several_values import Text, spread
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import input_at
from graphengine.nearest import did_you_mean
from graphengine.runtime import Opened, Runtime
from graphengine.runtime.seeds import seed_inputs


@dataclass
class Values:
    """What the command line gives to inputs under one name.

    kind: `parameter`, `set` or `seed`. places: the inputs, as `node.input`.
    """

    name: str
    kind: str
    places: Sequence[str]
    values: list[Any] = field(default_factory=list)


def read_values(
    given: Sequence[Given], opened: Opened, runtime: Runtime, own: Sequence[OwnOption]
) -> list[Values]:
    """The values, in the order of their options; raises `InvalidWorkflow` with all that don't fit."""
    reading = _Reading(opened, runtime, own)
    for each in given:
        try:
            reading.take(each)
        except UsageError:
            raise
        except GraphEngineError as error:
            reading.problems.append(error)
    if reading.problems:
        raise InvalidWorkflow(reading.problems)
    return list(reading.found.values())


class _Reading:
    """What was read so far, and what was wrong."""

    def __init__(self, opened: Opened, runtime: Runtime, own: Sequence[OwnOption]) -> None:
        self.found: dict[tuple[str, str], Values] = {}
        self.problems: list[GraphEngineError] = []
        self._document = opened.document
        self._runtime = runtime
        self._own = own

    def take(self, given: Given) -> None:
        kind, name, text = self._target(given)
        known = self.found.get((kind, name))
        if known is None:
            known = self.found[kind, name] = Values(name, kind, self._places(kind, name))
        try:
            input = input_at(self._document, self._runtime.catalogue, known.places[0])
        except GraphEngineError:
            if kind != "parameter":
                raise
            known.values.append(text)  # the parameter itself is wrong, which the graph's check tells
            return
        self._spread(known, input, text, given.option)

    def _target(self, given: Given) -> tuple[str, str, str]:
        """What is set, by kind and name, and the text of its values."""
        option, text = given
        parameters = self._document.parameters
        if option == "set":
            place, equals, text = text.partition("=")
            if not equals:
                raise UsageError(f"option '--set': expected NODE.INPUT=VALUE, got '{place}'", kind="usage")
            return "set", place, text
        if option == "seed":
            return "seed", option, text
        name = option if option in parameters else option.replace("-", "_")
        if name not in parameters:
            raise self._unknown_option(option)
        return "parameter", name, text

    def _places(self, kind: str, name: str) -> Sequence[str]:
        if kind == "set":
            return [name]
        if kind == "parameter":
            return [self._document.parameters[name]]
        places = seed_inputs(self._document, self._runtime.catalogue)
        if not places:
            raise UsageError("option '--seed': this workflow has no seed", kind="usage")
        return places

    def _spread(self, known: Values, input: InputSchema, text: str, option: str) -> None:
        node = known.places[0].partition(".")[0]
        node_type = self._document.nodes[node].type
        link = _link(text)
        if link is not None:
            known.values.append(link)
            return

        def choices() -> list[str]:
            return self._runtime.catalogue.options(input, self._runtime.home)[0]

        for each in spread(text, input, option, choices):
            try:
                known.values.append(parse_text(input, each.text, node=node, node_type=node_type))
            except GraphEngineError as error:
                self.problems.append(_at_line(error, option, each))

    def _unknown_option(self, option: str) -> GraphEngineError:
        parameters = self._document.parameters
        nearest = did_you_mean(option, [*parameters, *(each.name for each in self._own)])
        hint = nearest.replace("'", "'--", 1) if nearest else None
        listed = ", ".join(f"--{name}" for name in parameters) or "none"
        text = f"no such option: '--{option}'" + (
            f"; {hint}" if hint else f"; this workflow's own are: {listed}"
        )
        return GraphEngineError(text, kind="unknown_parameter", expected=listed, got=f"--{option}", hint=hint)


def _at_line(error: GraphEngineError, option: str, text: Text) -> GraphEngineError:
    if text.place:
        error.message = f"option '--{option}', {text.place}: {error.message}"
    return error


def _link(text: str) -> dict[str, str] | None:
    """The link that the text spells in JSON, if it does."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    is_link = isinstance(value, dict) and value.keys() == {"from"} and isinstance(value["from"], str)
    return value if is_link else None
