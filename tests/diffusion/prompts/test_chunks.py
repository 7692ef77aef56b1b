from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.diffusion.models.tokens import tokens_of
from graphengine.diffusion.prompts.chunks import LENGTH, SPACE, Chunk, Vector, chunks
from graphengine.diffusion.prompts.prompt import Embedding
from graphengine.diffusion.prompts.runs import Run


def letters(word: str) -> list[int]:
    """A token for each letter."""
    return [ord(letter) for letter in word]


def no_embeddings(name: str) -> int:
    raise AssertionError(name)


def texts(found: list[Chunk]) -> list[str]:
    return ["".join(chr(token) for token in chunk.tokens if isinstance(token, int)) for chunk in found]


def test_a_prompt_without_words_is_one_empty_chunk() -> None:
    assert chunks([[]], letters, no_embeddings) == [Chunk()]
    assert chunks([[Run(" \n")], []], letters, no_embeddings) == [Chunk()]


def test_each_token_has_its_weight() -> None:
    assert chunks([[Run("ab ", 1.5), Run("c")]], letters, no_embeddings) == [
        Chunk((97, 98, 99), (1.5, 1.5, 1.0))
    ]


def test_a_section_begins_a_chunk_and_one_without_words_has_none() -> None:
    assert texts(chunks([[Run("a")], [Run(" ")], [Run("b")]], letters, no_embeddings)) == ["a", "b"]


def test_words_stay_whole_where_a_chunk_ends() -> None:
    first, second = "a" * 70, "b" * 6
    assert texts(chunks([[Run(f"{first} {second} c")]], letters, no_embeddings)) == [first, second + "c"]
    assert texts(chunks([[Run(f"{first} bbbbb c")]], letters, no_embeddings)) == [first + "bbbbb", "c"]


def test_a_word_that_no_chunk_has_room_for_is_cut() -> None:
    word = "a" * (2 * LENGTH + 3)
    assert [len(text) for text in texts(chunks([[Run(f"b {word}", 2.0)]], letters, no_embeddings))] == [
        LENGTH,
        LENGTH,
        4,
    ]
    assert [len(text) for text in texts(chunks([[Run("a" * LENGTH)]], letters, no_embeddings))] == [LENGTH]


def test_each_vector_of_an_embedding_is_a_token() -> None:
    runs = [Run("a", 1.0), Run("", 1.5, Embedding("night", 2)), Run(" b", 1.0)]
    (found,) = chunks([runs], letters, {"night": 2}.__getitem__)
    assert found.tokens == (97, Vector("night", 0), Vector("night", 1), 98)
    assert found.weights == (1.0, 1.5, 1.5, 1.0)


def test_an_embedding_stays_whole_where_a_chunk_ends() -> None:
    night = Run("", 1.0, Embedding("night", 0))
    first, second = chunks([[Run("a" * 70), night, Run("b")]], letters, {"night": 6}.__getitem__)
    assert (len(first.tokens), len(second.tokens)) == (70, 7)
    sizes = [len(chunk.tokens) for chunk in chunks([[night]], letters, {"night": 2 * LENGTH + 1}.__getitem__)]
    assert sizes == [LENGTH, LENGTH, 1]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.lists(
            st.builds(Run, st.text("ab \n", max_size=90), st.sampled_from([1.0, 1.2]), st.none()), max_size=4
        )
    )
)
def test_nothing_is_lost_and_no_chunk_is_too_long(sections: list[list[Run]]) -> None:
    found = chunks(sections, letters, no_embeddings)
    expected = [
        (ord(letter), run.weight)
        for runs in sections
        for run in runs
        for letter in run.text
        if letter in "ab"
    ]
    assert [pair for chunk in found for pair in zip(*chunk, strict=True)] == expected
    assert all(1 <= len(chunk.tokens) <= LENGTH for chunk in found) or found == [Chunk()]


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text("abé'st12 \t\n\x1c\x85\xa0<|>.,東🟥"))
def test_text_can_be_cut_at_spaces(text: str) -> None:
    assert [token for word in SPACE.split(text) for token in tokens_of(word)] == tokens_of(text)
