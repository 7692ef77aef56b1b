"""From the values of the command line to settings, and to the axes of a sweep."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphengine.cli.exit_codes import UsageError
from graphengine.cli.parameters import Values, read_values
from graphengine.cli.run_arguments import OWN_OPTIONS, OwnOption, RunArguments
from graphengine.graph import input_at
from graphengine.provenance import value_at
from graphengine.runtime import Axis, Opened, Runtime
from graphengine.runtime.seeds import SEEDS, seed_inputs

_LAST_WINS = ("parameter", "set", "seed")


class Chosen(NamedTuple):
    """Inputs that have one value each, by `node.input`, and those that have several."""

    settings: dict[str, Any]
    axes: tuple[Axis, ...]


def choose(
    arguments: RunArguments, opened: Opened, runtime: Runtime, own: Sequence[OwnOption] = OWN_OPTIONS
) -> Chosen:
    """What the command line makes of the workflow's inputs; raises for values that don't fit.

    The axes of a contact sheet hold unless the command line says something else of an input of theirs.
    """
    found = read_values(arguments.values, opened, runtime, own)
    _check_places(found)
    settings: dict[str, Any] = {}
    for each in sorted(found, key=lambda values: _LAST_WINS.index(values.kind)):
        if len(each.values) == 1:
            settings |= dict.fromkeys(each.places, each.values[0])
    axes = [
        Axis(each.name, dict.fromkeys(each.places, tuple(each.values)))
        for each in found
        if len(each.values) > 1
    ]
    if arguments.count > 1:
        _count(arguments.count, found, settings, axes, opened, runtime)
    said = {place for each in found for place in each.places}.union(*(axis.inputs for axis in axes))
    kept = [axis for axis in opened.axes if not said & axis.inputs.keys()]
    return Chosen(settings, (*kept, *axes))


def _check_places(found: Sequence[Values]) -> None:
    """Several values for an input that another option sets too have no meaning."""
    owners: dict[str, Values] = {}
    for each in found:
        for place in each.places:
            other = owners.setdefault(place, each)
            if other is not each and max(len(each.values), len(other.values)) > 1:
                names = " and ".join(f"--{_option(one)}" for one in (other, each))
                raise UsageError(f"options {names} both set '{place}', with several values", kind="usage")


def _option(values: Values) -> str:
    return f"set {values.name}" if values.kind == "set" else values.name


def _count(
    count: int,
    found: Sequence[Values],
    settings: dict[str, Any],
    axes: list[Axis],
    opened: Opened,
    runtime: Runtime,
) -> None:
    """Add the axis of consecutive seeds: in the place of `--seed` among the options, else last."""
    document, catalogue = opened.document, runtime.catalogue
    places = seed_inputs(document, catalogue)
    if not places:
        raise UsageError("option '--count': this workflow has no seed", kind="usage")
    if any(place in axis.inputs for axis in axes for place in places):
        raise UsageError("option '--count' goes with one seed to count from, not with several", kind="usage")
    workflow = document.to_dict()
    inputs: dict[str, tuple[int, ...]] = {}
    for place in places:
        first = settings.pop(place, None)
        if first is None:
            first = value_at(workflow, place, input_at(document, catalogue, place).default)
        if type(first) is not int:
            message = f"option '--count': expected a number at '{place}' to count from, got {first!r}"
            raise UsageError(message, kind="usage")
        inputs[place] = tuple((first + number) % SEEDS for number in range(count))
    before = 0
    for each in found:
        if set(each.places) & set(places):
            break
        before += len(each.values) > 1
    axes.insert(before, Axis("seed", inputs))
