"""A server killed at random moments, with its worker or without: nothing is lost, nothing runs twice."""

import json
import subprocess
import sys
from pathlib import Path

KILLER = Path(__file__).parents[3] / "benchmarks" / "server_kill.py"


def test_killed_at_a_dozen_moments_nothing_accepted_is_lost_or_run_to_success_twice() -> None:
    command = [sys.executable, str(KILLER), "--moments", "12"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1200)
    found = json.loads(done.stdout)
    for wrong in (
        "lost",
        "unfinished",
        "twice",
        "without_picture",
        "half_written",
        "orphans",
        "failed_otherwise",
    ):
        assert found[wrong] == [], wrong
    assert found["integrity"] == "ok"
    assert found["accepted"] > 12
    assert found["states"]["succeeded"] > 12
