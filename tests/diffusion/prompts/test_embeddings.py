"""Embeddings as prompts name them."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from graphengine.diffusion.prompts.chunks import Token, Vector
from graphengine.diffusion.prompts.embeddings import Embeddings
from graphengine.diffusion.prompts.error import PromptError
from graphengine.diffusion.prompts.prompt import Embedding
from graphengine.diffusion.prompts.symbols import embeddings_in
from graphengine.diffusion.prompts.wordings import wordings
from graphengine.errors import ModelFileError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("embeddings")
    (folder / "light").mkdir()
    for name, length in {"night": 1, "dusk": 3, "light/day": 2}.items():
        save_file({"emb_params": torch.full((length, 24), float(length))}, folder / f"{name}.safetensors")
    (folder / "torn.safetensors").write_bytes(b"0123456789")
    return folder


@pytest.fixture
def embeddings(folder: Path) -> Embeddings:
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.safetensors"))}
    return Embeddings(files, folder)


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("a embedding:night sky", {"night"}),
        ("(embedding:night:1.2)", {"night"}),
        ("[embedding:night:embedding:day:0.5]", {"night", "day"}),
        ("[embedding:night|embedding:light/day-2.v1]", {"night", "light/day-2.v1"}),
        ("embedding:night, embedding:day,embedding:dusk.", {"night", "day", "dusk"}),
        ("the embedding:.night...", {".night"}),
        (r"embedding:my\ night\,\ it\'s \(new\)", {"my night, it's"}),
        (r"embedding:night\(1\)", {"night(1)"}),
        ("embedding:été", {"été"}),
        ("(embedding:1.3) [embedding:0.5] [embedding: night:2]", set()),
        (r"embedding\:night Embedding:night my-embedding:night embedding: night", set()),
        ("embedding:(night)", set()),
        ("(embedding:night", {"night"}),
    ],
)
def test_names_end_where_the_sentence_goes_on(prompt: str, names: set[str]) -> None:
    assert embeddings_in(prompt) == names


def test_names_are_found_in_no_time() -> None:
    assert embeddings_in("embedding:" + "." * 100_000) == set()
    assert embeddings_in("embedding:a" + ".a!" * 50_000 + "..") == {"a" + ".a!" * 49_999 + ".a"}


def tokens(text: str, embeddings: Embeddings) -> list[Sequence[Token]]:
    """Of each wording, those of its only chunk; words are left out."""
    return [
        [token for token in said.chunks[0].tokens if isinstance(token, Vector)]
        for said in wordings(text, embeddings=embeddings)
    ]


def test_vectors_stand_where_words_would(embeddings: Embeddings) -> None:
    (said,) = wordings("a (embedding:dusk:1.5) sky", embeddings=embeddings)
    (chunk,) = said.chunks
    assert chunk.tokens[1:4] == (Vector("dusk", 0), Vector("dusk", 1), Vector("dusk", 2))
    assert chunk.weights == (1, 1.5, 1.5, 1.5, 1)


def test_they_change_take_turns_and_are_combined(embeddings: Embeddings) -> None:
    night, day = [Vector("night", 0)], [Vector("light/day", 0), Vector("light/day", 1)]
    assert tokens("[embedding:night:embedding:light/day:0.5]", embeddings) == [night, day]
    assert tokens("[embedding:night|embedding:light/day|c]", embeddings) == [night, day, []]
    assert tokens("embedding:night AND embedding:light/day :0.5", embeddings) == [night, day]
    assert tokens("embedding:night[:0.5]embedding:night", embeddings) == [night + night] * 2


def test_the_ending_may_be_said(embeddings: Embeddings) -> None:
    assert tokens("embedding:night.safetensors", embeddings) == [[Vector("night.safetensors", 0)]]


def test_without_syntax_they_are_text(embeddings: Embeddings) -> None:
    (said,) = wordings("embedding:nowhere", syntax=False, embeddings=embeddings)
    assert all(isinstance(token, int) for token in said.chunks[0].tokens)


def test_one_that_isnt_there_is_told_with_the_nearest_and_the_folder(
    embeddings: Embeddings, folder: Path
) -> None:
    with pytest.raises(PromptError) as caught:
        wordings("a\n(embedding:nigth:1.2)", embeddings=embeddings)
    assert str(caught.value).splitlines() == [
        "input 'text': line 2, column 2: expected the name of an embedding that is there, got 'nigth'; "
        f"did you mean 'night'? embedding files go into {folder}",
        "  (embedding:nigth:1.2)",
        "   ^",
    ]
    assert caught.value.kind == "missing_embedding"


def test_one_in_words_that_never_count_has_to_be_there_too(embeddings: Embeddings) -> None:
    with pytest.raises(PromptError, match="got 'nowhere'"):
        wordings("[embedding:nowhere:a:0]", embeddings=embeddings)
    with pytest.raises(PromptError, match="got 'night'"):
        wordings("embedding:night")


def test_a_file_that_cant_be_read_is_told_at_its_name(embeddings: Embeddings) -> None:
    with pytest.raises(
        PromptError, match="column 3: expected an embedding that can be read, got 'torn'"
    ) as caught:
        wordings("a embedding:torn", embeddings=embeddings)
    assert "torn.safetensors: is not a safetensors file" in str(caught.value)


@pytest.mark.parametrize(
    ("width", "made_for"),
    [(768, "768: made for Stable Diffusion 1"), (1024, "1024: made for Stable Diffusion 2"), (32, "32$")],
)
def test_one_of_another_width_is_refused(tmp_path: Path, width: int, made_for: str) -> None:
    path = tmp_path / "style.safetensors"
    save_file({"emb_params": torch.zeros(1, width)}, path)
    other = Embeddings({path.name: path}, width=24)
    expected = f"expected an embedding of width 24, as this text encoder has, got 'style' of width {made_for}"
    with pytest.raises(ModelFileError, match=expected):
        other.length("style")


def test_too_much_weight_is_refused(embeddings: Embeddings) -> None:
    with pytest.raises(PromptError, match="column 2: expected a weight between"):
        wordings("(embedding:night:2000)", embeddings=embeddings)


def test_vectors_are_read(embeddings: Embeddings) -> None:
    assert embeddings.vectors("dusk").equal(torch.full((3, 24), 3.0))
    assert Embedding("a", 1) != Embedding("a", 2)  # else two that follow each other would be one
