import pytest

from graphengine.runtime.services import LazyServices


class Heavy:
    """Something that takes long to make."""


def full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def test_a_service_is_made_once_when_it_is_asked_for() -> None:
    made: list[Heavy] = []

    def make() -> Heavy:
        made.append(Heavy())
        return made[-1]

    services = LazyServices({full_name(Heavy): make})
    assert (len(services), made) == (0, [])
    assert services[Heavy] is services.get(Heavy) is made[0]
    assert list(services) == [Heavy]
    assert len(made) == 1


def test_what_nobody_makes_is_missing() -> None:
    assert LazyServices({}).get(Heavy) is None
    with pytest.raises(KeyError):
        LazyServices({})[Heavy]


def test_a_run_may_have_its_own() -> None:
    services = LazyServices({full_name(Heavy): Heavy, full_name(int): lambda: 3})
    own = Heavy()
    of_a_run = services.beside({Heavy: own})
    assert of_a_run[Heavy] is own
    assert of_a_run[int] == 3
    assert of_a_run.get(str) is None
    assert services[Heavy] is not own
    assert set(of_a_run) == {Heavy, int}
    assert len(of_a_run) == 2
