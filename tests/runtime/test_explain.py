import time
from pathlib import Path
from typing import Any

from graphengine.authoring import node
from graphengine.authoring.catalogue import Catalogue
from graphengine.home import Home
from graphengine.runtime import Runtime
from tests.runtime.runtime_nodes import CATALOGUE, document


def told(runtime: Runtime, *arguments: Any, **options: Any) -> dict[str, tuple[str, str | None]]:
    return {
        each.node: (each.status, each.where or each.reason) for each in runtime.explain(*arguments, **options)
    }


def test_in_one_process(bench: Runtime, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert told(bench, document(), output=out)["paint"] == ("will run", "never ran")
    saved = bench.run(document(), output=out).artifacts[0].path
    assert saved is not None
    assert told(bench, document(), output=out) == {
        "mix": ("not needed", "what is made of it is cached"),
        "paint": ("cached", "memory"),
    }
    assert told(bench, document(), {"seed": 4}, output=out) == {
        "mix": ("cached", "memory"),
        "paint": ("will run", "input 'seed' changed from 0 to 4 since the last run a moment ago"),
    }
    elsewhere = told(bench, document(), output=tmp_path / "else")["paint"]
    assert elsewhere == ("will run", "it saves to another place than in the last run a moment ago")
    saved.unlink()
    assert told(bench, document(), output=out)["paint"] == ("will run", "an output node: its files are gone")


def test_explaining_changes_nothing(bench: Runtime) -> None:
    bench.explain(document())
    assert not bench.home.root.exists()
    assert bench.run(document()).executed == 2


def test_only_a_part(bench: Runtime) -> None:
    assert list(told(bench, document(), only=["mix"])) == ["mix"]


def test_in_another_process(home: Home, tmp_path: Path) -> None:
    first = Runtime(home, catalogue=CATALOGUE, disk_cache=10**8)
    first.run(document(), {"red": 3}, output=tmp_path)
    other = Runtime(home, catalogue=CATALOGUE, disk_cache=10**8)
    assert told(other, document(), {"red": 4}, output=tmp_path) == {
        "mix": ("will run", "input 'red' changed from 3 to 4 since the last run a moment ago"),
        "paint": (
            "will run",
            "input 'red' comes from 'mix', which changed since the last run a moment ago",
        ),
    }
    assert told(other, document(), {"red": 3}, output=tmp_path)["paint"] == (
        "will run",
        "an output node: what it saved is known only to the process that ran it",
    )


def content(path: str) -> str:
    return Path(path).read_text()


@node(category="test", fingerprint=content)
def read(path: str) -> str:
    """Read."""
    time.sleep(0.03)
    return content(path)


def test_a_file_that_changed(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("one")
    flow = {"format": "graphengine/1", "nodes": {"r": {"type": "read", "inputs": {"path": str(path)}}}}
    catalogue = Catalogue.of(read)
    Runtime(home, catalogue=catalogue, disk_cache=10**8).run(flow)
    other = Runtime(home, catalogue=catalogue, disk_cache=10**8)
    assert told(other, flow) == {"r": ("cached", "disk")}
    path.write_text("two")
    [explanation] = other.explain(flow)
    assert (
        explanation.reason
        == "what it reads from outside, such as a file, changed since the last run a moment ago"
    )
    assert explanation.seconds is not None
    assert explanation.seconds >= 0.03
