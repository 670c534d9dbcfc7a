"""Words to codes, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.resolve import ASK, SURE, resolve_word
from backend.imports.similarity import similarity, trigrams
from backend.vocabularies.service import entries

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


def test_trigrams_are_those_of_postgresql() -> None:
    assert trigrams("Cat") == {"  c", " ca", "cat", "at "}


def test_similarity_counts_shared_trigrams() -> None:
    assert similarity("word", "two words") == pytest.approx(4 / 11)


@given(WORDS, WORDS)
def test_similarity_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) == similarity(other, one) <= 1


@given(WORDS.filter(trigrams))
def test_similarity_of_a_text_with_itself_is_1(text: str) -> None:
    assert similarity(text, text.upper()) == pytest.approx(similarity(text.upper(), text))
    assert similarity(text, text) == 1


@pytest.mark.parametrize("vocabulary", ["themes", "beneficiaries", "labels", "price_bands"])
def test_resolve_word_is_sure_of_every_code_and_label(vocabulary: str) -> None:
    for code, entry in entries(vocabulary).items():
        for spelling in (code, entry["fr"].upper(), entry["en"].lower()):
            outcome = resolve_word(vocabulary, spelling)
            assert outcome.code == code or outcome.verdict == "ask"


def test_resolve_word_is_sure_of_a_near_spelling() -> None:
    assert resolve_word("themes", "risques d'inondations").code == "water.flood-risk"


def test_resolve_word_asks_about_a_distant_one() -> None:
    outcome = resolve_word("themes", "Mobilités")
    assert (outcome.verdict, outcome.code, outcome.suggestion) == ("ask", None, "mobility")


def test_resolve_word_says_no_to_a_stranger() -> None:
    outcome = resolve_word("themes", "xyzzy")
    assert (outcome.verdict, outcome.code, outcome.suggestion) == ("no", None, None)


@given(WORDS)
def test_resolve_word_never_guesses(text: str) -> None:
    outcome = resolve_word("beneficiaries", text)
    best = max(
        similarity(text, entry[language])
        for entry in entries("beneficiaries").values()
        for language in ("fr", "en")
    )
    if outcome.verdict == "sure":
        assert outcome.code in entries("beneficiaries")
    else:
        assert outcome.code is None
        assert outcome.why
    if outcome.verdict == "no":
        assert best < ASK < SURE
