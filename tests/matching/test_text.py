"""Language, windows, words and n-grams of a text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from matching.text import (
    WINDOW_AT_LEAST,
    WINDOW_AT_MOST,
    character_grams,
    content_stems,
    content_words,
    fold,
    sentence_spans,
    terms,
    text_hash,
    window_spans,
)

# Runs of words, blanks and sentence ends, long enough to be cut into windows.
PROSE = st.lists(
    st.sampled_from(["eau", "réseau", " ", "\n\n", ". ", "! ", "\u00a0", "…", "x" * 500, "gare, "]),
    max_size=300,
).map("".join)


def test_text_hash_changes_with_the_text_only() -> None:
    assert text_hash("une école") == text_hash("une école")
    assert text_hash("une école") != text_hash("une ecole")
    assert len(text_hash("")) == 64


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Élève À l'Œuvre", "eleve a l'oeuvre"),
        ("GARÇON NAÏF, CÆCUM", "garcon naif, caecum"),
        ("Straße ẞ", "strasse ss"),
        ("e\u0301te\u0301", "ete"),
        ("Ǽ", "ae"),
        ("", ""),
    ],
)
def test_fold_lowers_case_and_drops_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_of_a_folded_text_is_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_sentence_spans_end_at_marks_and_line_ends() -> None:
    text = "Une fuite ?  Oui ! Le coût : 3.5 k€.\n\n- un point\nla fin"
    sentences = [text[start:stop] for start, stop in sentence_spans(text)]
    assert sentences == ["Une fuite ?", "Oui !", "Le coût : 3.5 k€.", "- un point", "la fin"]


@given(PROSE)
def test_window_spans_cover_every_written_character_once_and_in_order(text: str) -> None:
    windows = window_spans(text)
    if len(text) <= 400:
        assert windows == ()
        return
    covered = np.zeros(len(text), int)
    for start, stop in windows:
        assert 0 <= start < stop <= len(text)
        assert stop - start <= WINDOW_AT_MOST
        covered[start:stop] += 1
    assert list(windows) == sorted(windows)
    assert covered.max(initial=0) <= 1
    assert all(covered[i] for i, character in enumerate(text) if not character.isspace())


@given(PROSE)
def test_window_spans_leave_no_two_neighbours_that_could_be_one(text: str) -> None:
    windows = window_spans(text)
    for (start, stop), (_, after) in pairwise(windows):
        assert stop - start >= WINDOW_AT_LEAST or after - start > WINDOW_AT_MOST


def test_window_spans_merge_short_sentences() -> None:
    sentence = "Cette phrase a exactement cinquante caractères ok. "
    text = sentence * 9
    assert window_spans(text) == ((0, 203), (204, 407), (408, 458))


def test_content_words_keep_the_meaning_and_the_word_as_written() -> None:
    text = "Les Communes de l'Hérault n'ont pas 2 piscines chauffées."
    assert list(content_words(text, "fr")) == [
        ("commun", "Communes"),
        ("herault", "Hérault"),
        ("piscin", "piscines"),
        ("chauff", "chauffées"),
    ]


@given(st.text() | PROSE, st.sampled_from(["fr", "en", "ja"]))
def test_content_stems_are_those_of_content_words(text: str, lang: str) -> None:
    assert content_stems(text, lang) == {stem for stem, _ in content_words(text, lang)}


def test_content_words_are_the_same_with_composed_and_decomposed_accents() -> None:
    text = "Réhabilitation énergétique des écoles"
    decomposed = unicodedata.normalize("NFD", text)
    stems = [stem for stem, _ in content_words(text, "fr")]
    assert [stem for stem, _ in content_words(decomposed, "fr")] == stems


@pytest.mark.parametrize("word", ["après", "déjà", "auprès", "où", "été", "même", "à"])
def test_content_words_leave_out_accented_stop_words(word: str) -> None:
    assert content_words(f"{word} {word.upper()}", "fr") == ()


def test_terms_are_stems_then_adjacent_pairs() -> None:
    assert terms("flood risk of rivers, flood", "en") == [
        *("flood", "risk", "river", "flood"),
        *("flood risk", "risk river", "river flood"),
    ]


def test_terms_of_an_unknown_language_are_the_folded_words() -> None:
    assert terms("Voda města", "cs") == ["voda", "mesta", "voda mesta"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | PROSE)
def test_character_grams_are_those_of_scikit_learn_up_to_hashing(text: str) -> None:
    analyse = CountVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), preprocessor=fold
    ).build_analyzer()
    wanted, found = Counter(analyse(text)), character_grams(text)
    assert len(found) == wanted.total()
    # Collisions may merge n-grams, never part the occurrences of one.
    counts = Counter(found.tolist())
    assert len(counts) <= len(wanted)
    assert max(counts.values(), default=0) >= max(wanted.values(), default=0)
    assert all(0 <= gram < 2**18 for gram in counts)


def test_character_grams_hash_each_n_gram_apart_in_a_short_text() -> None:
    text = "Un réseau d'eau, un réseau d'assainissement : l'eau de pluie."
    analyse = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5)).build_analyzer()
    wanted = Counter(analyse(re.sub("é", "e", text)))
    assert sorted(Counter(character_grams(text).tolist()).values()) == sorted(wanted.values())
