import pytest

from graphengine.authoring import Lazy
from graphengine.authoring.lazy import InputNeeded


def test_one_whose_value_is_there() -> None:
    assert Lazy.of(3).get() == 3


def test_nothing_is_made_before_it_is_asked_for() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return 7

    lazy = Lazy(make)
    assert made == []
    assert (lazy.get(), made) == (7, [1])


def test_no_node_swallows_the_request() -> None:
    def ask() -> int:
        raise InputNeeded

    def careless(value: Lazy[int]) -> int:
        try:
            return value.get()
        except Exception:  # noqa: BLE001 - what this test is about
            return 0

    with pytest.raises(InputNeeded):
        careless(Lazy(ask))
