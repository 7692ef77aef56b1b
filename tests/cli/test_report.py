import pytest

from graphengine.cli.report import print_error
from graphengine.errors import GraphEngineError, InvalidWorkflow


def test_an_error_is_one_line_and_its_excerpt_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    pointed = GraphEngineError("expected\na bracket\n  a  (b\n     ^")
    pointed.excerpt = "\n  a  (b\n     ^"
    pointed.locate("prompt", "encode_text")
    print_error(InvalidWorkflow([pointed, GraphEngineError("first\nsecond", hint="try it")]))
    assert capsys.readouterr().err.splitlines() == [
        "error: node 'prompt' (encode_text): expected a bracket",
        "  a  (b",
        "     ^",
        "error: first second; try it",
        "2 problems; nothing was run",
    ]
