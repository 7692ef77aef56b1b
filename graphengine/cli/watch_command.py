"""`graphengine watch`: follow a run on a server to its end, and fetch its pictures."""

import sys
from pathlib import Path
from typing import Any

from graphengine.cli.announcements import print_path
from graphengine.cli.exit_codes import FAILED, INTERRUPTED, SUCCEEDED
from graphengine.cli.json_lines import print_json
from graphengine.cli.report import one_line
from graphengine.client import Client, artifact_in
from graphengine.errors import GraphEngineError
from graphengine.server.models import ArtifactRecord

_CODES = {"succeeded": SUCCEEDED, "cancelled": INTERRUPTED}


def watch_run(server: str | None, token: str | None, run: str, output: str | None, *, as_json: bool) -> int:
    """Follow the run, and return the exit code that running it here would have had."""
    return follow(Client(server, token), run, Path(output) if output else None, as_json=as_json)


def follow(client: Client, id: str, output: Path | None, *, as_json: bool) -> int:
    """Tell of a run until it has ended; each picture is downloaded once it is made, if there is a folder."""
    fetched: set[int] = set()

    def fetch(artifact: ArtifactRecord) -> None:
        if output is None or artifact.id in fetched:
            return
        fetched.add(artifact.id)
        try:
            path = client.download(artifact, output)
        except GraphEngineError as error:
            if error.kind != "deleted":
                raise
            print(one_line(error.message), file=sys.stderr)
            return
        if not as_json:
            print_path(path.absolute())

    for event in client.watch(id):
        if as_json:
            print_json(event)
        else:
            _tell(event)
        artifact = artifact_in(event)
        if artifact is not None:
            fetch(artifact)
    run = client.run(id)
    for artifact in run.artifacts:  # what wasn't told, since the disk was full meanwhile
        fetch(artifact)
    if run.error is not None and not as_json:
        print(f"error: {one_line(run.error.message)}", file=sys.stderr)
    return _CODES.get(run.state, FAILED)


def _tell(event: dict[str, Any]) -> None:
    """A line per node and per state, on standard error."""
    kind = event["event"]
    if kind == "state":
        print(f"{event['run']} is {event['state']}", file=sys.stderr)
    elif kind in ("started", "cached", "skipped"):
        print(f"  {event['node']} {kind}", file=sys.stderr)
