from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphengine.home import Home

Call = Callable[..., Any]
SLOW = '''
import time

from graphengine.authoring import Blocked, Context, node


@node(category="slow")
def slow(number: int = 1) -> int:
    """Take a while."""
    time.sleep(0.03)
    return number


@node(category="slow")
def shut(number: int, shut: bool = True) -> int:
    """Let nothing through."""
    return Blocked("it is closed") if shut else number


@node(category="slow", output=True)
def show(number: int, seconds: float = 0, *, context: Context) -> None:
    """Show."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.01)
        context.check_cancelled()
'''
FLOW = """{"format": "graphengine/1", "name": "slow", "parameters": {
"number": "slow.number", "shut": "shut.shut", "seconds": "show.seconds"}, "nodes": {
"slow": {"type": "slow"},
"shut": {"type": "shut", "inputs": {"number": {"from": "slow.value"}, "shut": false}},
"show": {"type": "show", "inputs": {"number": {"from": "shut.value"}}}}}"""


@pytest.fixture
def slow(tmp_path: Path, home: Home) -> Path:
    """A workflow whose first node is worth keeping on disk."""
    home.plugins.mkdir(parents=True)
    (home.plugins / "slow.py").write_text(SLOW)
    path = tmp_path / "slow.json"
    path.write_text(FLOW)
    return path


def counts(done: Any) -> tuple[int, int]:
    return done.events[-1]["executed"], done.events[-1]["cached"]


def test_results_are_kept_on_disk(graphengine: Call, slow: Path, home: Home) -> None:
    assert counts(graphengine("run", slow, "--json")) == (3, 0)
    assert counts(graphengine("run", slow, "--json")) == (2, 1)
    assert counts(graphengine("run", slow, "--json", "--number", "2")) == (3, 0)
    assert counts(graphengine("run", slow, "--json", "--rerun", "slow")) == (3, 0)
    assert counts(graphengine("run", slow, "--json", "--disk-cache", "0")) == (3, 0)
    lines = graphengine("explain", slow).out.splitlines()
    assert lines[0] == "slow  cached (disk)"
    assert any((home.cache / "results").rglob("*.result"))


def test_without_the_disk_nothing_is_kept(graphengine: Call, slow: Path, home: Home) -> None:
    graphengine("run", slow, "--disk-cache", "0")
    assert not (home.cache / "results").exists()
    assert not (home.cache / "runs").exists()


def test_only(graphengine: Call, slow: Path) -> None:
    assert counts(graphengine("run", slow, "--json", "--only", "slow")) == (1, 0)
    done = graphengine("run", slow, "--only", "slaw")
    assert (done.code, "only: expected a node of this workflow" in done.err) == (2, True)
    done = graphengine("run", slow, "--rerun", "slaw")
    assert (done.code, "did you mean 'slow'?" in done.err) == (2, True)


def test_a_skipped_output_is_told(graphengine: Call, slow: Path) -> None:
    done = graphengine("run", slow, "--shut", "yes")
    assert (done.code, done.out, done.err) == (0, "", "show: skipped: it is closed\n")
    done = graphengine("run", slow, "--shut", "yes", "--json")
    assert done.events[-1]["skipped"] == 1
    assert [event["node"] for event in done.events if event["event"] == "skipped"] == ["show"]


@pytest.mark.parametrize("option", ["--time-limit", "--node-time-limit"])
def test_limits(graphengine: Call, slow: Path, option: str) -> None:
    done = graphengine("run", slow, "--seconds", "30", option, "0.3")
    assert done.code == 1
    assert "longer than" in done.err
    assert (
        done.err.splitlines()[-1] == "what was finished is kept: run it again to go on from where it failed"
    )


def test_policies(graphengine: Call, slow: Path) -> None:
    assert graphengine("run", slow, "--cache", "last").code == 0
    done = graphengine("run", slow, "--cache", "most")
    assert (done.code, "cache: expected one of" in done.err) == (2, True)
