"""The process that people start, killed at random moments while clients submit over HTTP."""

from tests.server.killing import killed


def test_what_was_accepted_over_http_is_neither_lost_nor_run_twice() -> None:
    found = killed("serve_kill.py", moments=2)
    assert (found["other_answers"], found["exit_code"]) == ([], 0)
    assert found["accepted"] == found["asked"] > 4
    assert found["states"]["succeeded"] >= 4
