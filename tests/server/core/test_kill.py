"""A server killed at random moments, with its worker or without: nothing is lost, nothing runs twice."""

from tests.server.killing import killed


def test_killed_at_a_dozen_moments_nothing_accepted_is_lost_or_run_to_success_twice() -> None:
    found = killed("server_kill.py", moments=12)
    assert found["accepted"] > 12
    assert found["states"]["succeeded"] > 12
