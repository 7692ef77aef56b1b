"""Budgets from flags, environment and file, as the worker of a real server has them."""

import os
import subprocess
import sys
import time
from pathlib import Path

from graphengine import Client

PATIENCE = 120.0
"""Seconds after which something hangs."""


def test_the_worker_keeps_to_what_the_server_was_told(first_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "plugins").mkdir(parents=True)
    (home / "plugins" / "trouble.py").write_text((first_home / "plugins" / "trouble.py").read_text())
    (home / "server.toml").write_text('disk_cache = "300MB"\nmemory = "9GB"\ncache_memory = "9GB"\n')
    command = [sys.executable, "-m", "graphengine", "serve", "--home", str(home), "--port", "0"]
    environment = {**os.environ, "GRAPHENGINE_CACHE_MEMORY": "200MB", "GRAPHENGINE_MEMORY": "8GB"}
    with subprocess.Popen(
        [*command, "--memory", "100MB"], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            client = Client(process.stdout.readline().split()[-1].rstrip("/"))
            latest = time.monotonic() + PATIENCE
            while (told := client.system().worker).results_budget is None:
                assert time.monotonic() < latest, "the worker doesn't start"
                time.sleep(0.1)
        finally:
            process.terminate()
            process.wait(60)
    assert (told.weights_budget, told.results_budget, told.disk_results_budget) == (
        10**8,
        2 * 10**8,
        3 * 10**8,
    )
    assert (told.results, told.disk_results) == (0, 0)
