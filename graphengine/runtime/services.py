"""The objects that nodes may ask for, each made when it is first asked for."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any


class LazyServices(Mapping[type, Any]):
    """Services by type; factories go by the type's full name, so that naming one imports nothing."""

    def __init__(self, factories: Mapping[str, Callable[[], Any]]) -> None:
        self._factories = dict(factories)
        self._made: dict[type, Any] = {}
        self._lock = threading.RLock()

    def beside(self, services: Mapping[type, Any]) -> "ServicesOfARun":
        """These and some more."""
        return ServicesOfARun(services, self)

    def __getitem__(self, kind: type) -> Any:
        """The one object of that type."""
        with self._lock:
            if kind not in self._made:
                self._made[kind] = self._factories[f"{kind.__module__}.{kind.__qualname__}"]()
            return self._made[kind]

    def __iter__(self) -> Iterator[type]:
        """The types of what was made so far."""
        return iter(tuple(self._made))

    def __len__(self) -> int:
        """How many were made so far."""
        return len(self._made)


class ServicesOfARun(Mapping[type, Any]):
    """A run's own services before those of all runs."""

    def __init__(self, own: Mapping[type, Any], shared: Mapping[type, Any]) -> None:
        self._own = own
        self._shared = shared

    def __getitem__(self, kind: type) -> Any:
        """The one object of that type."""
        return self._own[kind] if kind in self._own else self._shared[kind]

    def __iter__(self) -> Iterator[type]:
        """The types of what was made so far."""
        return iter({**self._own, **self._shared})

    def __len__(self) -> int:
        """How many were made so far."""
        return len({**self._own, **self._shared})
