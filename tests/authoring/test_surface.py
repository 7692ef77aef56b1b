import graphengine
from graphengine import authoring


def test_what_authors_need_is_there_under_both_names() -> None:
    names = ["Blocked", "Body", "CarriedTurns", "EveryTurn", "Expansion", "Gets", "Gives", "LastTurn", "Lazy"]
    names += ["Conditioning", "Context", "Image", "Latent", "Mask", "node"]
    for name in names:
        assert getattr(graphengine, name) is getattr(authoring, name)
        assert name in dir(graphengine)


def test_all_that_is_promised_exists() -> None:
    assert [name for name in authoring.__all__ if not hasattr(authoring, name)] == []
