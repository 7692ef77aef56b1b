"""What the benchmarks that kill a server at random moments found."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
WRONG = ("lost", "unfinished", "twice", "without_picture", "half_written", "orphans", "failed_otherwise")


def killed(benchmark: str, moments: int) -> dict[str, Any]:
    """The report of one of them, in which nothing is wrong and the database is sound."""
    command = [sys.executable, str(BENCHMARKS / benchmark), "--moments", str(moments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1200)
    found: dict[str, Any] = json.loads(done.stdout)
    for wrong in WRONG:
        assert found[wrong] == [], wrong
    assert found["integrity"] == "ok"
    return found
