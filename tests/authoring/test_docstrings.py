from graphengine.authoring.docstrings import tooltips


def test_an_entry_goes_on_to_the_next_or_to_an_empty_line() -> None:
    text = """Do it.

    first: one line
    second, third: more than
    one line
    fourth: x

    Some words.
    last: y"""
    assert tooltips(text) == {
        "first": "one line",
        "second": "more than one line",
        "third": "more than one line",
        "fourth": "x",
        "last": "y",
    }


def test_the_first_line_is_no_entry() -> None:
    assert tooltips("note: this\nis no tooltip") == {}
