"""What a prompt says in each step, against a tree that was written down as a prompt."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.moments import MOST, Moment, Span, moments
from graphengine.diffusion.prompts.parse import parse
from graphengine.diffusion.prompts.runs import Run, sections

Said = list[tuple[str, float]]


def holds(moment: Moment, step: int, steps: int) -> bool:
    def at(bound: int | float | None) -> int:
        return steps if bound is None else int(round(bound * steps, 6)) if isinstance(bound, float) else bound

    return all(step in range(at(span.first), at(span.last), span.every) for span in moment.steps)


def texts(prompt: str, steps: int) -> list[str]:
    """The text of each step."""
    (parsed,) = parse(prompt)
    found = []
    for step in range(steps):
        (now,) = (moment for moment in moments(parsed) if holds(moment, step, steps))
        found.append(
            " ".join("".join(run.text for section in sections(parsed, now) for run in section).split())
        )
    return found


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("[a:b:0.5] c", ["a c"] * 2 + ["b c"] * 2),
        ("[b:0.5] c", ["c"] * 2 + ["b c"] * 2),
        ("[a::0.5] c", ["a c"] * 2 + ["c"] * 2),
        ("[a:b:3]", ["a"] * 3 + ["b"]),
        ("[a:b:0]", ["b"] * 4),
        ("[a:b:1.0]", ["a"] * 4),
        ("[a:b:9]", ["a"] * 4),
        ("[[a:b:1]:c:0.5]", ["a", "b", "c", "c"]),
        ("[a:[b:c:3]:0.5]", ["a", "a", "b", "c"]),
        ("[a:b:0.25] [c:d:2]", ["a c", "b c", "b d", "b d"]),
        ("[a|b]", ["a", "b", "a", "b"]),
        ("[a|b|c]", ["a", "b", "c", "a"]),
        ("[a|b] [c|d|]", ["a c", "b d", "a", "b c"]),
        ("[[a|b]:c:3]", ["a", "b", "a", "c"]),
        ("[a|[b:c:2]]", ["a", "b", "a", "c"]),
        ("([a:b:0.5] c:1.3)", ["a c"] * 2 + ["b c"] * 2),
        ("[(a:1.3) BREAK x:b:0.5]", ["a x"] * 2 + ["b"] * 2),
    ],
)
def test_the_text_of_each_step(prompt: str, expected: list[str]) -> None:
    assert texts(prompt, 4) == expected


def test_a_prompt_that_stays_has_one_moment_of_all_steps() -> None:
    (moment,) = moments(parse("a (red:1.2) circle")[0])
    assert moment.steps == ()


def test_the_fewest_moments() -> None:
    (parsed,) = parse("[a:b:0.5] [c:d:0.5] [e|f] [g|h]")
    spans = [moment.steps for moment in moments(parsed)]
    assert spans == [
        (Span(0.0, 0.5), Span(0, None, 2)),
        (Span(0.0, 0.5), Span(1, None, 2)),
        (Span(0.5, None), Span(0, None, 2)),
        (Span(0.5, None), Span(1, None, 2)),
    ]


def test_too_many_texts_are_refused_at_the_first_that_changes() -> None:
    prompt = "a " + " ".join(f"[a:b:{step}]" for step in range(1, MOST + 1))
    with pytest.raises(
        PromptError, match=f"column 3: expected a prompt that is up to {MOST} .*, got one that is 257"
    ):
        moments(parse(prompt)[0])
    with pytest.raises(PromptError, match="in the course of a run"):
        moments(parse(" ".join("[" + "|" * length + "]" for length in range(1, 60)))[0])


@dataclass
class Tree:
    kind: str
    number: Any
    children: list["Tree | str"]

    def written(self) -> str:
        inner = [each if isinstance(each, str) else each.written() for each in self.children]
        inner = [
            escaped(text) if isinstance(each, str) else text
            for each, text in zip(self.children, inner, strict=True)
        ]
        match self.kind:
            case "row":
                return "".join(inner)
            case "weight":
                return f"({''.join(inner)}:{self.number})"
            case "up":
                return f"({''.join(inner)})"
            case "down":
                return f"[{''.join(inner)}]"
            case "switch":
                return f"[{inner[0]}:{''.join(inner[1:])}:{self.number}]"
            case _:
                return f"[{'|'.join(inner)}]"

    def said(self, step: int, steps: int, weight: float = 1.0) -> Said:
        children = self.children
        match self.kind:
            case "weight":
                weight *= float(self.number)
            case "up":
                weight *= 1.1
            case "down":
                weight /= 1.1
            case "switch":
                share = "." in self.number
                at = int(round(float(self.number) * steps, 6)) if share else int(self.number)
                children = children[:1] if step < at else children[1:]
            case "turns":
                children = [children[step % len(children)]]
        return [
            pair
            for each in children
            for pair in ([(each, weight)] if isinstance(each, str) else each.said(step, steps, weight))
        ]


def escaped(text: str) -> str:
    return re.sub(r"([()\[\]:|\\])", r"\\\1", text)


TEXT = st.text(alphabet="ab ()[]:|\\,é\n", min_size=1, max_size=5)
WEIGHTS = st.sampled_from(["0", "1", "1.25", "-.5", "2."])
STEPS = st.sampled_from(["0.3", "0.5", ".75", "1.0", "1", "3", "12"])


def grown(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    many = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(Tree, st.just("row"), st.none(), many),
        st.builds(Tree, st.just("weight"), WEIGHTS, many),
        st.builds(Tree, st.just("up"), st.none(), many),
        st.builds(Tree, st.just("down"), st.none(), many),
        st.builds(Tree, st.just("switch"), STEPS, st.lists(inner, min_size=2, max_size=3)),
        st.builds(Tree, st.just("turns"), st.none(), st.lists(inner, min_size=2, max_size=3)),
    )


TREES = st.recursive(TEXT, grown, max_leaves=8).filter(lambda tree: isinstance(tree, Tree))


@settings(max_examples=300, deadline=None)
@given(TREES, st.integers(1, 9), st.data())
def test_a_tree_that_is_written_down_is_read_again(tree: Tree, steps: int, data: st.DataObject) -> None:
    step = data.draw(st.integers(0, steps - 1))
    (parsed,) = parse(tree.written())
    (now,) = (moment for moment in moments(parsed) if holds(moment, step, steps))
    (section,) = sections(parsed, now)
    found = [(character, run.weight) for run in section for character in run.text]
    expected = [
        (character, round(weight, 6)) for text, weight in tree.said(step, steps) for character in text
    ]
    assert [each[0] for each in found] == [each[0] for each in expected]
    assert [each[1] for each in found] == pytest.approx([each[1] for each in expected], abs=2e-6)
    assert all(isinstance(run, Run) for run in section)
