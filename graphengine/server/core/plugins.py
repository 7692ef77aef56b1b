"""Looking for plugins that came, changed or went while the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any

from graphengine.server.core.nodes import Nodes
from graphengine.server.core.worker_keeper import WorkerKeeper
from graphengine.server.core.worker_process import WorkerDied
from graphengine.server.models import PluginScan

Found = Iterable[Mapping[str, Any]]


class Plugins:
    """What isn't as it was is read by a new worker, so that nothing of the old code is left in it.

    If that worker dies of a plugin, the one there is goes on with the nodes that it knows.
    """

    def __init__(self, nodes: Nodes, keeper: WorkerKeeper) -> None:
        self._nodes = nodes
        self._keeper = keeper
        self._one_at_a_time = asyncio.Lock()

    async def rescan(self) -> PluginScan:
        """Read them anew, if any changed, or couldn't be read before; raises `Unavailable`."""
        async with self._one_at_a_time:
            before = self._nodes.found
            problems = await self._nodes.problems()
            now: Mapping[str, Any] | None = None
            if self._keeper.worker is not None:
                now = await self._keeper.ask("plugins")
                if now["found"] == before and now["problems"] == problems == []:
                    return PluginScan(added=[], changed=[], removed=[], problems=[])
            try:
                await self._keeper.renew()
            except WorkerDied as died:
                return _given_up(before, now, problems, str(died))
            return scan(before, self._nodes.found, await self._nodes.problems())


def scan(before: Found, after: Found, problems: Iterable[str]) -> PluginScan:
    """What differs between what was found and what is found now; a plugin is known by where it is."""
    old = {each["root"]: each for each in before}
    new = {each["root"]: each for each in after}
    return PluginScan(
        added=[each["name"] for root, each in new.items() if root not in old],
        changed=[each["name"] for root, each in new.items() if root in old and each != old[root]],
        removed=[each["name"] for root, each in old.items() if root not in new],
        problems=list(problems),
    )


def _given_up(
    before: Found, now: Mapping[str, Any] | None, problems: Iterable[str], cause: str
) -> PluginScan:
    """Nothing has changed; the plugins that are other than before are those to blame."""
    names: list[str] = []
    if now is not None:
        differs = scan(before, now["found"], ())
        names = [*differs.added, *differs.changed]
    blamed = " or ".join(f"plugin '{name}'" for name in names) or "a plugin"
    told = f"{blamed} can't be read: the worker that tried {cause}; the nodes stay as they were"
    return PluginScan(added=[], changed=[], removed=[], problems=[*problems, told])
