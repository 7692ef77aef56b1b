"""Makes the pictures beside the workflows: what each makes, small, for the editor's first page.

    .venv/bin/python benchmarks/workflow_thumbnails.py [NAME...]

Each workflow is run by the command line as it is, and its last picture becomes `workflows/NAME.webp`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

WORKFLOWS = Path(__file__).parents[1] / "workflows"
SIZE = 256
QUALITY = 82
LARGEST = 20_000
"""Bytes of a file."""


def make(workflow: Path) -> Path:
    """Run a workflow, and keep its last picture."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "graphengine", "run", workflow.stem]
        subprocess.run([*command, "--output", folder], check=True, cwd=folder)
        pictures = sorted(Path(folder).glob("*.png"), key=lambda path: path.stat().st_mtime_ns)
        with Image.open(pictures[-1]) as picture:
            small = picture.convert("RGB")
    small.thumbnail((SIZE, SIZE), Image.Resampling.LANCZOS)
    target = workflow.with_suffix(".webp")
    small.save(target, quality=QUALITY, method=6)
    if target.stat().st_size > LARGEST:
        raise SystemExit(f"{target.name}: expected at most {LARGEST} bytes, got {target.stat().st_size}")
    return target


if __name__ == "__main__":
    chosen = set(sys.argv[1:])
    for path in sorted(WORKFLOWS.glob("*.json")):
        if not chosen or path.stem in chosen:
            made = make(path)
            print(made.name, made.stat().st_size)
