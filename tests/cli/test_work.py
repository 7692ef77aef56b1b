from graphengine.cli.work import Work
from graphengine.events import Cached, Done, Event, Expanded, Finished, Progress, Queued, Skipped, Started


def after(*events: Event) -> Work:
    work = Work()
    for event in events:
        work(event)
    return work


def names(work: Work) -> list[str]:
    return [each.name for each in work.latest(9)]


def test_a_node_is_at_work_until_it_is_done() -> None:
    work = after(Queued(("a", "x", "b")), Started("a"), Started("x"), Done("a", 0.1), Started("b"))
    assert (names(work), work.done, work.nodes) == (["x", "b"], 1, 3)


def test_cached_and_skipped_nodes_are_done_too_those_of_expansions_are_not_counted() -> None:
    work = after(Queued(("a", "b")), Cached("a"), Skipped("b", "no"), Cached("b/1", "b"))
    assert work.done == 2


def test_nodes_of_expansions_show_under_the_topmost() -> None:
    work = after(
        Queued(("a",)),
        Started("a"),
        Expanded("a", ("a/x",)),
        Expanded("a/x", ("a/x/y",)),
        Started("a/x/y", "a/x"),
        Progress("a/x/y", 1, 4),
    )
    [node] = work.latest(9)
    assert (node.name, node.step, node.total, node.note) == ("a", 1, 4, "x/y")
    assert work.done == 0


def test_a_node_that_was_expanded_is_at_work_until_all_that_ran_for_it_is_done() -> None:
    work = after(
        Queued(("a",)), Started("a"), Expanded("a", ("a/x",)), Started("a/x", "a"), Done("a/x", 0.1, "a")
    )
    assert (names(work), work.done) == (["a"], 0)
    work(Done("a", 0.2))
    assert (names(work), work.done) == ([], 1)


def test_nothing_is_at_work_after_the_end_of_the_run() -> None:
    work = after(Queued(("a", "x")), Started("a"), Started("x"), Finished("cancelled", 0, 0, 0.1))
    assert (names(work), work.done) == ([], 0)
    work(Queued(("a",)))
    assert (work.run, work.done, work.nodes) == (2, 0, 1)
