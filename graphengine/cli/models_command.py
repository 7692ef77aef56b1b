"""`graphengine models`: which model files were found, and where."""

from graphengine.cli.byte_size import show_bytes
from graphengine.cli.exit_codes import SUCCEEDED
from graphengine.cli.json_lines import print_json
from graphengine.runtime import Runtime


def list_models(home: str | None, *, as_json: bool) -> int:
    """Print name, kind, size, place, and the SHA-256 of those that were hashed when they were used."""
    runtime = Runtime(home)
    found = runtime.models()
    if as_json:
        print_json({"models": [model.to_dict() for model in found]})
        return SUCCEEDED
    width = max((len(model.name) for model in found), default=0)
    for model in found:
        digest = model.sha256[:12] if model.sha256 else "-"
        size = show_bytes(model.size)
        print(f"{model.name:<{width}}  {model.kind:<12}  {size:>9}  {digest:<12}  {model.path}")
    if not found:
        print(f"no model files; put some into {runtime.home.models}")
    return SUCCEEDED
