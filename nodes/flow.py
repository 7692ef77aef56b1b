"""Choose, branch and loop. What is repeated or chosen is a subgraph of the document, named as the body."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from graphengine.authoring import (
    Blocked,
    Body,
    CarriedTurns,
    EveryTurn,
    Expansion,
    Field,
    Gets,
    Gives,
    LastTurn,
    Lazy,
    node,
)
from graphengine.authoring.expansion import Added
from graphengine.authoring.wrong import Wrong, one_of
from graphengine.errors import GraphEngineError
from graphengine.nearest import did_you_mean

T = TypeVar("T")
U = TypeVar("U")
MOST_TURNS = 1_000_000


@node(category="flow")
def choose(option: str | int, **options: Lazy[T]) -> Lazy[T]:
    """Pass on one of several values; what only the others need doesn't run.

    option: the name of the input to pass on, such as `a`, or `0`.
    options: the values, each under a name of its own.
    """
    name = str(option)
    if name not in options:
        raise _not_among("option", name, options)
    return options[name]


@node(category="flow", name="if")
def if_(condition: bool, then: Body, otherwise: Body | None = None, **inputs: Lazy[Any]) -> LastTurn:
    """Run one of two subgraphs; the other one doesn't run, nor what only it needs.

    then: what runs if the condition is true.
    otherwise: what runs if not; without it, the nodes that read the outputs don't run then.
    inputs: what the subgraphs take, by name; each gets those that it has.
    """
    chosen = then if condition else otherwise
    name = "then" if condition else "otherwise"
    return _one_of_them(chosen, name, (then, otherwise), inputs)


@node(category="flow")
def switch(
    case: str | int, bodies: dict[str, Body], default: Body | None = None, **inputs: Lazy[Any]
) -> LastTurn:
    """Run one of several subgraphs; the others don't run, nor what only they need.

    case: which of the bodies.
    bodies: the subgraph for each case.
    default: what runs in any other case.
    inputs: what the subgraphs take, by name; each gets those that it has.
    """
    chosen = bodies.get(str(case), default)
    if chosen is None:
        raise _not_among("case", str(case), bodies)
    name = "case" if str(case) in bodies else "default"
    return _one_of_them(chosen, name, (*bodies.values(), default), inputs)


@node(category="flow")
def repeat(
    count: Annotated[int, Field(ge=0, le=MOST_TURNS)], body: Annotated[Body, Gets(turn=int)], **inputs: Any
) -> LastTurn:
    """Run a subgraph so many times, each turn on what the turn before it gave.

    An output that has the name of an input goes into that input at the next turn; other inputs stay the same.

    body: the subgraph; its input `turn`, if it has one, is the number of the turn, from 0.
    inputs: what the body takes at the first turn, by name.
    """
    turns = _Turns(body, inputs)
    for turn in range(count):
        turns.add(turn=turn)
    return turns.expansion.give(**{name: turns.last(name) for name in body.outputs})


@node(category="flow", name="while")
def while_(
    body: Annotated[Body, Gets(turn=int), Gives(again=bool)],
    limit: Annotated[int, Field(ge=1, le=MOST_TURNS)],
    again: bool = True,
    turn: Annotated[int, Field(ge=0)] = 0,
    **inputs: Lazy[Any],
) -> LastTurn:
    """Run a subgraph again and again, each turn on what the turn before it gave, until it says that's enough.

    An output that has the name of an input goes into that input at the next turn; other inputs stay the same.

    body: the subgraph; it gives `again`, true or false. Its input `turn`, if it has one, counts the turns.
    limit: the number of turns at which it ends in any case.
    again: whether to begin at all.
    turn: the number of the first turn.
    inputs: what the body takes at the first turn, by name.
    """
    _check_condition(body)
    expansion = Expansion()
    if not again or turn >= limit:
        ended: dict[str, Any] = {"again": again, **inputs}
        return expansion.give(**{name: ended.get(name, _NO_TURN) for name in body.outputs})
    values = {**inputs, "again": again, "turn": turn}
    done = expansion.add(body, f"turn_{turn}", **_taken(body, values))
    values |= {name: done[name] for name in body.outputs}
    values |= {"body": body, "limit": limit, "turn": turn + 1}
    following = expansion.add("while", f"while_{turn + 1}", **values)
    return expansion.give(**{name: following[name] for name in body.outputs})


@node(category="flow", name="map")
def map_(items: list[T], body: Annotated[Body, Gets(item=T, index=int)], **inputs: Any) -> EveryTurn:
    """Run a subgraph for each item of a list; gives lists of what it gave, in the order of the items.

    body: the subgraph; its inputs `item` and `index`, if it has them, are the item and its place, from 0.
    inputs: what else the body takes, by name, the same for each item.
    """
    expansion = Expansion()
    turns = [
        expansion.add(body, f"turn_{index}", **_taken(body, {**inputs, "item": item, "index": index}))
        for index, item in enumerate(items)
    ]
    return expansion.give(**{name: [turn[name] for turn in turns] for name in body.outputs})


@node(category="flow")
def for_each(items: list[T], body: Annotated[Body, Gets(item=T, index=int)], **inputs: Any) -> CarriedTurns:
    """Run a subgraph for each item of a list, one after the other, each turn on what the turn before it gave.

    An output that has the name of an input goes into that input at the next turn, and comes out as it is at
    the end; the others come out as lists, an item per turn.

    body: the subgraph; its inputs `item` and `index`, if it has them, are the item and its place, from 0.
    inputs: what else the body takes at the first turn, by name.
    """
    turns = _Turns(body, inputs, ("item", "index"))
    for index, item in enumerate(items):
        turns.add(item=item, index=index)
    return turns.expansion.give(
        **{
            name: turns.last(name) if name in turns.carried else [turn[name] for turn in turns.added]
            for name in body.outputs
        }
    )


@node(category="flow")
def reduce(
    items: list[T],
    initial: U,
    body: Annotated[Body, Gets(item=T, index=int, accumulated=U), Gives(accumulated=U)],
    **inputs: Any,
) -> LastTurn:
    """Make one value of the items of a list: a subgraph takes what there is so far and one item more.

    initial: what there is before the first item.
    body: the subgraph; takes `accumulated` and `item`, and `index` if it has that, and gives `accumulated`.
    inputs: what else the body takes, by name.
    """
    if "accumulated" not in body.outputs:
        raise _lacks_output(body, "accumulated")
    turns = _Turns(body, {**inputs, "accumulated": initial}, ("item", "index"))
    for index, item in enumerate(items):
        turns.add(item=item, index=index)
    return turns.expansion.give(**{name: turns.last(name) for name in body.outputs})


_NO_TURN = Blocked("the loop made no turn")


class _Turns:
    """Turns of a body, one after the other; `carried` are the outputs that go into the next one.

    given: the inputs that the node gives anew at each turn, which nothing is carried into.
    """

    def __init__(self, body: Body, inputs: Mapping[str, Any], given: Iterable[str] = ("turn",)) -> None:
        self.expansion = Expansion()
        self.added: list[Added] = []
        self.carried = (set(body.outputs) & set(body.inputs)).difference(given)
        self._body = body
        self._values = dict(inputs)

    def add(self, **given: Any) -> None:
        """Add one turn."""
        self._values.update(given)
        name = f"turn_{len(self.added)}"
        added = self.expansion.add(self._body, name, **_taken(self._body, self._values))
        self._values.update({name: added[name] for name in self.carried})
        self.added.append(added)

    def last(self, name: str) -> Any:
        """An output as it is at the end: with no turn at all, what would have gone into the first one."""
        return self.added[-1][name] if self.added else self._values.get(name, _NO_TURN)


def _one_of_them(
    chosen: Body | None, name: str, bodies: Iterable[Body | None], inputs: Mapping[str, Any]
) -> Expansion:
    """Run one body, or none; of the outputs that only the others have, nothing comes."""
    lacking = f"'{chosen.name}', which was chosen, has no such output" if chosen else "the condition is false"
    outputs: dict[str, Any] = {
        output: Blocked(lacking) for body in bodies if body is not None for output in body.outputs
    }
    expansion = Expansion()
    if chosen is not None:
        done = expansion.add(chosen, name, **_taken(chosen, inputs))
        outputs |= {output: done[output] for output in chosen.outputs}
    return expansion.give(**outputs)


def _taken(body: Body, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that the body takes."""
    for name in body.required:
        if name not in values:
            raise Wrong(
                "missing_input",
                f"a value, since the body '{body.name}' needs one",
                "nothing",
                did_you_mean(name, values),
            ).at(None, None, name)
    return {name: values[name] for name in body.inputs if name in values}


def _check_condition(body: Body) -> None:
    if "again" not in body.outputs:
        raise _lacks_output(body, "again")
    for name in ("body", "limit", "turn"):
        if name in body.outputs:
            raise GraphEngineError(
                f"the body '{body.name}' of a while has an output '{name}', which is an input of the while; "
                "give the output another name",
                kind="bad_body",
                input="body",
                got=name,
            )


def _lacks_output(body: Body, name: str) -> GraphEngineError:
    got = one_of(body.outputs) if body.outputs else "none"
    expected = f"a body with an output '{name}'"
    hint = did_you_mean(name, body.outputs)
    return Wrong("bad_body", expected, f"'{body.name}', whose outputs are {got}", hint).at(None, None, "body")


def _not_among(input: str, name: str, known: Mapping[str, Any]) -> GraphEngineError:
    expected = one_of(tuple(known)) if known else "the name of a wired input, and none is wired"
    return Wrong("not_a_choice", expected, f"'{name}'", did_you_mean(name, known)).at(None, None, input)
