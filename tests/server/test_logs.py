"""Log lines: one per fact, with the run; nothing that a request says can forge one."""

import json
import logging

from graphengine.server.logs import JsonFormat, TextFormat

FORGED = "x\n12:00:00 info all is well\x1b[2J"


def record(**facts: object) -> logging.LogRecord:
    made = logging.LogRecord("graphengine", logging.INFO, "here", 1, "a run is %s", (FORGED,), None)
    made.__dict__.update(facts)
    return made


def test_a_line_stays_one_line() -> None:
    line = TextFormat().format(record(run="ab12", path=FORGED))
    assert "\n" not in line and "\x1b" not in line
    assert "run=ab12" in line and " info a run is x?" in line


def test_json_has_the_facts_as_fields() -> None:
    line = JsonFormat().format(record(run="ab12", state="failed", token="not a field"))
    assert "\n" not in line
    found = json.loads(line)
    assert (found["run"], found["state"], found["level"]) == ("ab12", "failed", "info")
    assert "not a field" not in line
