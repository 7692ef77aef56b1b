"""The JSON of the server."""

from graphengine.errors import GraphEngineError
from graphengine.server.models import ErrorBody


def test_an_error_that_shows_what_is_no_unicode_can_be_told_all_the_same() -> None:
    error = GraphEngineError("got '\ud800'", kind="document", got="'\ud800'", hint="something else")
    told = ErrorBody.of(error)
    assert (told.message, told.got, told.hint, told.node) == ("got '?'", "'?'", "something else", None)
    assert "\"got '?'\"" in told.model_dump_json()
