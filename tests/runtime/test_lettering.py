from graphengine.runtime.lettering import fit


def measure(text: str) -> float:
    return len(text)


def test_lines_break_between_words() -> None:
    assert fit("a red circle on white", 8, 9, measure) == ["a red", "circle", "on white"]
    assert fit("one\ntwo three", 20, 9, measure) == ["one", "two three"]


def test_a_word_that_is_too_long_breaks_inside() -> None:
    assert fit("abcdefgh ij", 3, 9, measure) == ["abc", "def", "gh", "ij"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = fit("a red circle on white", 8, 2, measure)
    assert lines == ["a red", "circle…"]
    assert fit("abcdefgh", 4, 1, measure) == ["abc…"]


def test_no_width_and_no_lines_end_all_the_same() -> None:
    assert fit("ab", 0, 2, measure) == ["a", "b"]
    assert fit("ab", 5, 0, measure) == []
    assert fit("", 5, 1, measure) == []
