"""`graphengine queue`: what a server runs and what waits, and changing that."""

from collections.abc import Mapping
from typing import Any

from graphengine.cli.exit_codes import SUCCEEDED, UsageError
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import one_line
from graphengine.client import Client
from graphengine.server.models import Run


def change_queue(server: str | None, token: str | None, changes: Mapping[str, Any], *, as_json: bool) -> int:
    """Do what is asked, one thing at most, and print how the queue stands then."""
    if len(changes) > 1:
        names = " and ".join(f"--{name}" for name in changes)
        raise UsageError(f"expected one change of the queue, got {names}", kind="usage")
    client = Client(server, token)
    for name, value in changes.items():
        _change(client, name, value)
    state, waiting = client.queue()
    if as_json:
        runs = [run.model_dump(mode="json") for run in waiting]
        print_json({"state": state.model_dump(mode="json"), "waiting": runs})
        return SUCCEEDED
    paused = ", paused" if state.paused else ""
    print(f"{len(state.running)} under way, {state.queued} in the queue{paused}")
    for id in state.running:
        print(_line(client.run(id)))
    for run in waiting:
        print(_line(run))
    return SUCCEEDED


def _change(client: Client, name: str, run: str) -> None:
    if name == "pause":
        client.pause()
    elif name == "resume":
        client.resume()
    elif name == "cancel":
        client.cancel(run)
    elif name == "retry":
        print(client.retry(run).id)
    else:
        client.change(run, position=0)


def _line(run: Run) -> str:
    return f"{run.id}  {run.state:<8}  {one_line(run.name or run.workflow or '')}"
