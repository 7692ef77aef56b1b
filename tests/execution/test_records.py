import json
from pathlib import Path
from typing import Any

import pytest

from graphengine.authoring import node
from graphengine.errors import GraphEngineError
from graphengine.execution.records import NodeRecord, RecordFolder, updated
from graphengine.home import Home
from tests.execution.workbench import Workbench


@node(category="t")
def add(a: int, b: int = 1) -> int:
    return a + b


@node(category="t")
def fragile(a: int) -> int:
    raise GraphEngineError("broken")


CHAIN: dict[str, Any] = {"a": ("add", {"a": 0}), "b": ("add", {"a": "<a.value"})}


def recorded(bench: Workbench, before: dict[str, NodeRecord], nodes: dict[str, Any], now: float) -> Any:
    return updated(before, bench.run(nodes), bench.engine.cache.where, now)


def test_what_ran_is_recorded(home: Home) -> None:
    bench = Workbench(home, add)
    records = recorded(bench, {}, CHAIN, 100.0)
    first, second = records["a"], records["b"]
    assert (first.type, first.version, first.literals, first.links) == ("add", "1", {"a": 0, "b": 1}, {})
    assert (second.literals, second.links) == ({"b": 1}, {"a": "a.value"})
    assert second.sources == {"a": first.key}
    assert first.seconds is not None
    assert first.when == 100.0


def test_the_seconds_of_the_last_real_run_are_kept(home: Home) -> None:
    bench = Workbench(home, add)
    first = recorded(bench, {}, CHAIN, 100.0)
    second = recorded(bench, first, CHAIN, 200.0)
    assert second["b"].seconds == first["b"].seconds
    assert (first["b"].when, second["b"].when) == (100.0, 200.0)


def test_what_only_was_found_has_no_seconds(home: Home) -> None:
    bench = Workbench(home, add)
    bench.run(CHAIN)
    assert recorded(bench, {}, CHAIN, 1.0)["b"].seconds is None


def test_a_failed_run_records_what_ran_and_keeps_the_rest(home: Home) -> None:
    bench = Workbench(home, add, fragile)
    before = recorded(bench, {}, CHAIN, 100.0)
    nodes = {"a": ("add", {"a": 5}), "f": ("fragile", {"a": "<a.value"}), "b": ("add", {"a": "<f.value"})}
    after = recorded(bench, before, nodes, 200.0)
    assert after["a"].literals == {"a": 5, "b": 1}
    assert "f" not in after
    assert after["b"] == before["b"]


def test_nodes_that_are_gone_are_forgotten(home: Home) -> None:
    bench = Workbench(home, add)
    before = recorded(bench, {}, CHAIN, 1.0)
    assert recorded(bench, before, {"a": ("add", {"a": 0})}, 2.0).keys() == {"a"}


RECORD = NodeRecord("add", "1", "", "ab", {"a": 1, "b": "x"}, {}, {}, 0.5, 10.0)


def test_records_come_back_from_disk(tmp_path: Path) -> None:
    folder = RecordFolder(tmp_path / "runs")
    assert folder.load("my flow") == {}
    folder.save("my flow", {"n": RECORD})
    folder.save("my/flow", {})
    assert folder.load("my flow") == {"n": RECORD}
    assert folder.load("my/flow") == {}
    assert len(list((tmp_path / "runs").iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "graphengine-runs/1"}',
        '{"format": "graphengine-runs/1", "workflow": "flow", "nodes": {"n": 3}}',
        '{"format": "graphengine-runs/1", "workflow": "flow", "nodes": {"n": {"type": 1}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_no_records(tmp_path: Path, damage: str) -> None:
    folder = RecordFolder(tmp_path)
    folder.save("flow", {"n": RECORD})
    [path] = tmp_path.iterdir()
    path.write_text(damage)
    assert folder.load("flow") == {}


@pytest.mark.parametrize("field", ["type", "key", "literals", "sources", "seconds", "when"])
def test_a_wrong_field_is_no_record(tmp_path: Path, field: str) -> None:
    folder = RecordFolder(tmp_path)
    folder.save("flow", {"n": RECORD})
    [path] = tmp_path.iterdir()
    data = json.loads(path.read_text())
    data["nodes"]["n"][field] = ["wrong"]
    path.write_text(json.dumps(data))
    assert folder.load("flow") == {}


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = RecordFolder(tmp_path / "file")
    folder.save("flow", {"n": RECORD})
    assert folder.load("flow") == {}


def test_no_record_is_kept_of_a_huge_graph(tmp_path: Path) -> None:
    folder = RecordFolder(tmp_path)
    folder.save("flow", {str(number): RECORD for number in range(20_001)})
    assert list(tmp_path.iterdir()) == []
