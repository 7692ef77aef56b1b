"""`graphengine serve`: the server, set up by flags, the environment and a file."""

from pathlib import Path
from typing import Any

from graphengine.cli.exit_codes import SUCCEEDED, UsageError
from graphengine.home import Home


def serve_here(home: str | None, config: str | None, flags: dict[str, Any]) -> int:
    """Serve until interrupted; `flags` are the settings given on the command line."""
    from graphengine.server.logs import set_up_logs
    from graphengine.server.serve import serve
    from graphengine.server.settings import FILE, read_settings

    found = Home.find(home)
    file = Path(config) if config else found.root / FILE
    if config and not file.is_file():
        raise UsageError(f"option '--config': there is no file '{config}'", kind="usage")
    settings = read_settings(file, flags)
    set_up_logs(settings.log_level, settings.log_format)
    serve(found, settings)
    return SUCCEEDED
