import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphengine.home import Home

DEAF = '''
import time

from graphengine.authoring import Context, node


@node(category="deaf", output=True)
def sleep(*, context: Context) -> None:
    """Never look whether the run was cancelled."""
    context.progress(1, 2)
    time.sleep(3600)
'''


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_a_second_interrupt_ends_the_process_at_once(home: Home, tmp_path: Path) -> None:
    home.plugins.mkdir(parents=True)
    (home.plugins / "deaf.py").write_text(DEAF)
    flow = tmp_path / "flow.json"
    flow.write_text('{"format": "graphengine/1", "nodes": {"s": {"type": "sleep"}}}')
    command = [sys.executable, "-m", "graphengine", "run", str(flow), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "progress":
                break
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None  # it waits for the node
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "interrupted\n")
