from graphengine.cli.work import MOST_AT_ONCE, Work
from graphengine.events import Cached, Event, Expanded, Finished, Progress, Queued, Skipped, Started

SOURCES = {"b": ("a",), "c": ("a", "b")}


def after(*events: Event) -> Work:
    work = Work(SOURCES)
    for event in events:
        work(event)
    return work


def names(work: Work) -> list[str]:
    return [each.name for each in work.latest(9)]


def test_what_a_node_reads_has_ended_when_it_begins() -> None:
    work = after(Queued(("a", "x", "b")), Started("a"), Started("x"), Started("b"))
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


def test_the_end_of_the_run_ends_them_all() -> None:
    work = after(Queued(("a", "x")), Started("a"), Started("x"), Finished("succeeded", 2, 0, 0.1))
    assert (names(work), work.done) == ([], 2)
    work(Queued(("a",)))
    assert (work.run, work.done, work.nodes) == (2, 0, 1)


def test_a_wide_graph_is_counted_on() -> None:
    leaves = [str(number) for number in range(100)]
    work = after(Queued(tuple(leaves)), *(Started(name) for name in leaves))
    assert work.done == 100 - MOST_AT_ONCE
    assert len(work.latest(4)) == 4
