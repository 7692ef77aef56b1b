from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


def test_each_node_in_a_line_and_a_total(graphengine: Call, flow: Path) -> None:
    done = graphengine("explain", flow)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "mix    will run: never ran",
        "paint  will run: never ran",
        "2 nodes: 2 run, 0 cached",
    ]


def test_what_changed_since_the_last_run(graphengine: Call, flow: Path) -> None:
    graphengine("run", flow, "--seed", "1")
    lines = graphengine("explain", flow, "--seed", "2", "--red", "3").out.splitlines()
    assert lines[0].startswith("mix    will run: input 'red' changed from 20 to 3 since the last run ")
    assert lines[1].startswith(
        "paint  will run: input 'seed' changed from 1 to 2, input 'paint' comes from 'mix', which changed"
    )
    assert lines[2].startswith("2 nodes: 2 run (about ")


def test_for_machines(graphengine: Call, flow: Path) -> None:
    [found] = graphengine("explain", flow, "--json").events
    assert (found["will_run"], found["cached"], found["not_needed"], found["depends"]) == (2, 0, 0, 0)
    assert found["nodes"][0] == {
        "node": "mix",
        "type": "mix",
        "status": "will run",
        "where": None,
        "reason": "never ran",
        "seconds": None,
    }


def test_a_part(graphengine: Call, flow: Path) -> None:
    assert graphengine("explain", flow, "--only", "mix").out.splitlines()[-1] == "1 node: 1 run, 0 cached"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--red", "lots"], "expected an integer, got 'lots'"),
        (["--rad", "1"], "no such option: '--rad'; did you mean '--red'?"),
        (["--seed", "1..3"], "option '--seed': explain takes one value of each input, got 3"),
        (["--only", "nix"], "only: expected a node of this workflow, got 'nix'"),
        (["--count", "2"], "no such option: '--count'"),
    ],
)
def test_wrong_calls(graphengine: Call, flow: Path, arguments: list[str], message: str) -> None:
    done = graphengine("explain", flow, *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    [told] = graphengine("explain", flow, *arguments, "--json").events
    assert message in told["error"]["message"]


def test_help(graphengine: Call, flow: Path) -> None:
    assert "Usage: graphengine explain" in graphengine("explain", "--help").out
    assert "--red" in graphengine("explain", flow, "--help").out
    assert graphengine("explain").code == 2


def test_nothing_is_written(graphengine: Call, flow: Path, home: Any) -> None:
    graphengine("nodes")
    before = sorted(home.root.rglob("*"))
    graphengine("explain", flow)
    assert sorted(home.root.rglob("*")) == before
