"""Processes killed at random moments of their runs: the disk tier serves only whole, right results."""

import json
import subprocess
import sys
from pathlib import Path

KILLER = Path(__file__).with_name("killed_runs.py")
ROOT = Path(__file__).parents[2]


def test_killed_at_a_hundred_moments_no_corrupt_entry_is_served(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(KILLER), str(tmp_path), "100"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1200,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["wrong"] == []
    assert report["killed"] >= 90
    assert report["served"] > 100
