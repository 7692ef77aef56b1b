"""The process that people start, killed at random moments while clients submit over HTTP."""

import json
import subprocess
import sys
from pathlib import Path

KILLER = Path(__file__).parents[2] / "benchmarks" / "serve_kill.py"


def test_what_was_accepted_over_http_is_neither_lost_nor_run_twice() -> None:
    command = [sys.executable, str(KILLER), "--moments", "2"]
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
        "other_answers",
    ):
        assert found[wrong] == [], wrong
    assert (found["integrity"], found["exit_code"]) == ("ok", 0)
    assert found["accepted"] == found["asked"] > 4
    assert found["states"]["succeeded"] >= 4
