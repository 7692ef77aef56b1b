"""The process: light, quick to refuse what can't be, and set up in one order."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from graphengine.execution.cache.memory import DEFAULT_BUDGET
from graphengine.server.core import CoreSettings
from graphengine.server.serve import core_settings, with_token
from graphengine.server.settings import BadSettings, ServerSettings, read_settings

TOKEN = "sixteen-letters-or-more"


def graphengine(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graphengine", "serve", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_server_and_the_client_import_nothing_heavy() -> None:
    heavy = ("torch", "transformers", "numpy", "PIL", "swagger_ui")
    program = (
        "import sys, graphengine.server.serve, graphengine.client\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_port_in_use_is_one_message(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = graphengine(tmp_path / "home", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and f"127.0.0.1:{port}" in done.stderr and "--port" in done.stderr


def test_what_the_server_cant_start_with(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments in (
        ("--home", str(tmp_path / "file" / "home")),
        ("--port", "70000"),
        ("--host", "256.1.1.1"),
        ("--config", str(tmp_path / "nowhere.toml")),
        ("--log-level", "loud"),
    ):
        done = graphengine(tmp_path / "home", *arguments)
        assert done.returncode == 2, arguments
        assert done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr


def test_it_serves_and_stops_when_told(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "graphengine", "serve", "--home", str(tmp_path / "home"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("graphengine is at http://127.0.0.1:")
        second = graphengine(tmp_path / "home", "--port", "0")
        assert second.returncode == 2 and second.stderr.count("\n") == 1  # two servers on one home folder
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_flags_go_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "server.toml"
    file.write_text('port = 1\nhost = "127.0.0.2"\nmax_nodes = 3\nallowed_hosts = ["a"]\n')
    monkeypatch.setenv("GRAPHENGINE_PORT", "2")
    monkeypatch.setenv("GRAPHENGINE_HOST", "127.0.0.3")
    monkeypatch.setenv("GRAPHENGINE_ALLOWED_ORIGINS", "https://a.example, https://b.example")
    settings = read_settings(file, {"port": 3})
    assert (settings.port, settings.host, settings.max_nodes, settings.max_queue) == (
        3,
        "127.0.0.3",
        3,
        10_000,
    )
    assert settings.allowed_hosts == ["a"]
    assert settings.allowed_origins == ["https://a.example", "https://b.example"]


def test_wrong_settings_are_all_told_and_no_secret_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "server.toml"
    file.write_text("prot = 1\nmax_nodes = -1\n")
    monkeypatch.setenv("GRAPHENGINE_PORT", "many")
    with pytest.raises(BadSettings) as raised:
        read_settings(file, {})
    for part in ("'prot'", "max_nodes", "GRAPHENGINE_PORT"):
        assert part in raised.value.message
    monkeypatch.setenv("GRAPHENGINE_PORT", "1")
    file.write_text('token = "short-secret"\n')
    with pytest.raises(BadSettings, match="too short") as raised:
        read_settings(file, {})
    assert "short-secret" not in raised.value.message
    file.write_text(f'token = "{TOKEN}"\n')
    assert TOKEN not in repr(read_settings(file, {}))


def test_budgets_are_sizes_as_people_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "server.toml"
    file.write_text('memory = "3GB"\ncache_memory = 1_000_000\ncache = "lru"\n')
    monkeypatch.setenv("GRAPHENGINE_DISK_CACHE", "0")
    monkeypatch.setenv("GRAPHENGINE_CACHE", "last")
    core = core_settings(read_settings(file, {"memory": "1.5 GiB"}))
    assert (core.memory_budget, core.cache_budget, core.cache, core.disk_cache) == (
        3 * 2**29,
        1_000_000,
        "last",
        0,
    )
    usual = core_settings(read_settings(tmp_path / "none", {"cache": "cost", "disk_cache": "4GB"}))
    assert usual == CoreSettings(cache_budget=DEFAULT_BUDGET, stop_grace=20)


def test_wrong_budgets_are_all_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHENGINE_CACHE", "newest")
    flags = {"memory": "much", "cache_memory": "4 parsecs", "disk_cache": "-1"}
    with pytest.raises(BadSettings) as raised:
        read_settings(tmp_path / "none", flags)
    for name in ("memory", "cache-memory", "disk-cache"):
        assert f"(--{name}): expected a size such as 4GB or 512MiB" in raised.value.message
    assert "'cache' (GRAPHENGINE_CACHE" in raised.value.message and "'lru'" in raised.value.message
    monkeypatch.delenv("GRAPHENGINE_CACHE")
    with pytest.raises(BadSettings, match="greater than 0"):
        read_settings(tmp_path / "none", {"memory": "0"})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_a_token_is_made_for_any_address_that_others_reach(host: str) -> None:
    made = with_token(ServerSettings(host=host)).token
    assert made is not None and len(made.get_secret_value()) >= 43
    assert with_token(ServerSettings(host=host)).token != made


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_no_token_is_needed_on_this_machine(host: str) -> None:
    assert with_token(ServerSettings(host=host)).token is None
