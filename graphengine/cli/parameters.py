"""Values given as text on the command line, for the inputs that they belong to."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graphengine.authoring.catalogue import Catalogue
from graphengine.authoring.literal import parse_text
from graphengine.authoring.schema import InputSchema
from graphengine.cli.exit_codes import UsageError
from graphengine.cli.run_arguments import OWN_OPTIONS
from graphengine.errors import GraphEngineError, InvalidWorkflow
from graphengine.graph import Document, input_at, parameter_inputs
from graphengine.nearest import did_you_mean


def read_parameters(document: Document, catalogue: Catalogue, texts: Mapping[str, str]) -> dict[str, Any]:
    """The values of the workflow's parameters; raises `InvalidWorkflow` with every one that doesn't fit."""
    inputs = parameter_inputs(document, catalogue)
    values: dict[str, Any] = {}
    problems: list[GraphEngineError] = []
    for option, text in texts.items():
        name = option if option in document.parameters else option.replace("-", "_")
        if name not in document.parameters:
            problems.append(_unknown_option(document, option))
        elif name in inputs:
            _take(values, problems, name, document.parameters[name], inputs[name], text, document)
        else:
            values[name] = text  # the parameter itself is wrong, which the graph's check tells
    if problems:
        raise InvalidWorkflow(problems)
    return values


def read_settings(document: Document, catalogue: Catalogue, texts: Iterable[str]) -> dict[str, Any]:
    """The values of `node.input=value` settings; raises `InvalidWorkflow` with every one that doesn't fit."""
    values: dict[str, Any] = {}
    problems: list[GraphEngineError] = []
    for setting in texts:
        place, equals, text = setting.partition("=")
        if not equals:
            raise UsageError(f"option '--set': expected NODE.INPUT=VALUE, got '{setting}'", kind="usage")
        try:
            input = input_at(document, catalogue, place)
        except GraphEngineError as error:
            problems.append(error)
            continue
        _take(values, problems, place, place, input, text, document)
    if problems:
        raise InvalidWorkflow(problems)
    return values


def _take(
    values: dict[str, Any],
    problems: list[GraphEngineError],
    key: str,
    place: str,
    input: InputSchema,
    text: str,
    document: Document,
) -> None:
    node = place.partition(".")[0]
    link = _link(text)
    try:
        values[key] = link or parse_text(input, text, node=node, node_type=document.nodes[node].type)
    except GraphEngineError as error:
        problems.append(error)


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


def _unknown_option(document: Document, option: str) -> GraphEngineError:
    known = [*document.parameters, *(each.name for each in OWN_OPTIONS)]
    nearest = did_you_mean(option, known)
    hint = nearest.replace("'", "'--", 1) if nearest else None
    listed = ", ".join(f"--{name}" for name in document.parameters) or "none"
    text = f"no such option: '--{option}'" + (f"; {hint}" if hint else f"; this workflow's own are: {listed}")
    return GraphEngineError(text, kind="unknown_parameter", expected=listed, got=f"--{option}", hint=hint)
