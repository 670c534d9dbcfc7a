"""BM25 and n-gram cosines from live counts, held against plain implementations."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.lexical import GramIndex, TongueIndex, WordIndex
from matching.rank import best_rows
from matching.text import fold, terms

WORDS = ["fuite", "eau", "réseau", "école", "toiture", "vélo", "piste", "mairie", "numérique"]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
TEXTS = st.lists(TEXT, min_size=1, max_size=8)
SENTENCES = [
    "Détection des fuites sur le réseau d'eau potable de la commune",
    "Réfection de la toiture de l'école et de la mairie",
    "Une piste cyclable entre l'école et la gare, une piste pour tous",
    "Capteurs de niveau d'eau pour prévenir les crues",
]


def word_index(texts: Sequence[str], lang: str = "fr") -> WordIndex:
    index = WordIndex()
    for text in texts:
        index.append(text, lang)
    return index


def gram_index(texts: Sequence[str]) -> GramIndex:
    index = GramIndex()
    for text in texts:
        index.append(text)
    return index


def textbook_bm25(texts: Sequence[str], asked: str, lang: str = "fr") -> list[float]:
    counted = [Counter(terms(text, lang)) for text in texts]
    average = sum(c.total() for c in counted) / len(counted) or 1
    distinct = set(terms(asked, lang))
    holding = {term: sum(term in c for c in counted) for term in distinct}
    idf = {t: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for t, n in holding.items()}
    mass = sum(idf.values()) or 1

    def weigh(count: Counter[str], term: str) -> float:
        room = 1.5 * (1 - 0.75 + 0.75 * count.total() / average)
        return idf[term] * count[term] / (count[term] + room) if count[term] else 0.0

    return [sum(weigh(c, term) for term in distinct) / mass for c in counted]


@given(texts=TEXTS, asked=st.lists(st.sampled_from([*WORDS, "inconnu"]), max_size=6).map(" ".join))
def test_words_score_as_the_textbook(texts: list[str], asked: str) -> None:
    scores = word_index(texts).score(asked, "fr")
    assert scores == pytest.approx(textbook_bm25(texts, asked), abs=1e-6)
    assert all(0 <= score < 1 for score in scores)


def test_words_count_what_no_text_holds_in_the_mass() -> None:
    index = word_index(SENTENCES)
    alone, diluted = (index.score(asked, "fr")[0] for asked in ("fuites", "fuites xylophone"))
    assert 0 < diluted < alone / 2


@given(texts=TEXTS, gone=TEXT, at=st.integers(0, 8), asked=TEXT)
def test_words_of_a_dropped_row_leave_no_trace(
    texts: list[str], gone: str, at: int, asked: str
) -> None:
    at = min(at, len(texts))
    index = word_index([*texts[:at], gone, *texts[at:]])
    index.drop(at)
    left = np.delete(index.score(asked, "fr"), at)
    assert left == pytest.approx(word_index(texts).score(asked, "fr"), abs=1e-6)


@given(texts=TEXTS, asked=TEXT, data=st.data())
def test_words_score_the_same_in_any_order_of_arrival(
    texts: list[str], asked: str, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(texts))))
    shuffled = word_index([texts[i] for i in order]).score(asked, "fr")
    assert shuffled == pytest.approx(word_index(texts).score(asked, "fr")[order], abs=1e-6)


def test_words_score_sorted_rows_as_rows_just_come() -> None:
    many = [f"{WORDS[i % 9]} {WORDS[i % 7]} {WORDS[i % 4]} lot{i}" for i in range(700)]
    at_once, now_and_then = word_index(many), WordIndex()
    for number, text in enumerate(many):
        now_and_then.append(text, "fr")
        if number in {300, 450, 690}:
            now_and_then.score("eau", "fr")
    asked = "une fuite d'eau à la mairie, lot5 et lot699"
    scores = now_and_then.score(asked, "fr")
    assert at_once.score(asked, "fr") == pytest.approx(scores, abs=1e-12)
    assert at_once.score(asked, "fr") == pytest.approx(textbook_bm25(many, asked), abs=1e-6)


def test_words_shared_with_a_row_come_with_the_share_of_the_living_that_hold_them() -> None:
    index = word_index(["eau", "eau vive", "mairie", "gare"])
    assert index.shared(1, ["eau", "mairie", "inconnu"]) == {"eau": 0.5}
    index.drop(0)
    assert index.shared(1, ["eau"]) == {"eau": pytest.approx(1 / 3)}


def grams_by_scikit_learn(texts: Sequence[str], asked: str) -> list[float]:
    def make(vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 5),
            sublinear_tf=True,
            preprocessor=fold,
            vocabulary=vocabulary,
        )

    # The need's own n-grams count in its length even when no text holds them.
    vocabulary = make().fit([*texts, asked]).vocabulary_
    vectorizer = make(vocabulary).fit(texts)
    cosines = vectorizer.transform(texts) @ vectorizer.transform([asked]).T
    return [float(value) for value in cosines.toarray()[:, 0]]


@pytest.mark.parametrize(
    "asked",
    [*SENTENCES, "fuite", "Wasserleitung", "ÉCOLE école ecole", "une piste de danse à la mairie"],
)
def test_grams_score_as_scikit_learn(asked: str) -> None:
    texts = [*SENTENCES, "fuite " * 100 + "une piste"]
    found = gram_index(texts).score(asked, np.arange(len(texts)))

    assert found == pytest.approx(grams_by_scikit_learn(texts, asked), abs=1e-5)


@given(texts=TEXTS, gone=TEXT, at=st.integers(0, 8), asked=TEXT)
def test_grams_of_a_dropped_row_leave_no_trace(
    texts: list[str], gone: str, at: int, asked: str
) -> None:
    at = min(at, len(texts))
    index = gram_index([*texts[:at], gone, *texts[at:]])
    index.drop(at)
    left = index.score(asked, np.delete(np.arange(len(texts) + 1), at))
    alone = gram_index(texts).score(asked, np.arange(len(texts)))
    assert left.tolist() == alone.tolist()


def test_grams_answer_the_rows_asked_for_in_their_order() -> None:
    index = gram_index(SENTENCES)
    every = index.score("piste", np.arange(4))
    assert index.score("piste", np.array([2, 0, 2])).tolist() == every[[2, 0, 2]].tolist()
    assert index.score("piste", np.array([], np.int64)).tolist() == []


def test_grams_of_a_text_with_itself_are_one() -> None:
    index = gram_index([*SENTENCES, "eau " * 1000])
    assert index.score(SENTENCES[1], np.array([1]))[0] == pytest.approx(1, abs=1e-5)
    assert index.score("eau " * 1000, np.array([4]))[0] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("empty", ["", " \n\t ", "... !? €"])
def test_a_text_without_words_scores_zero_and_is_held(empty: str) -> None:
    words, grams = word_index([empty, "eau"]), gram_index([empty, "eau"])
    assert words.score("eau", "fr")[0] == 0
    assert words.score("eau", "fr")[1] > 0
    assert words.score(empty, "fr").tolist() == [0, 0]
    assert grams.score("eau", np.arange(2))[0] == 0
    assert grams.score(empty, np.array([1])).tolist() == [0]


def test_indexes_without_a_text_score_nothing() -> None:
    assert WordIndex().score("eau", "fr").tolist() == []
    assert GramIndex().score("eau", np.array([], np.int64)).tolist() == []


def test_tongue_addresses_texts_by_the_rows_of_the_corpus() -> None:
    tongue = TongueIndex("fr")
    tongue.append(3, "une fuite d'eau")
    tongue.append(8, "une piste cyclable")
    assert tongue.rows.tolist() == [3, 8]
    assert tongue.words("piste")[0] == 0
    assert tongue.grams("piste", np.array([8, 3]))[0] > tongue.grams("piste", np.array([3]))[0]
    tongue.drop(3)
    assert tongue.shared(8, ["pist", "fuit"]) == {"pist": 1}


@given(
    scores=st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3]), max_size=12),
    bits=st.lists(st.booleans(), min_size=12, max_size=12),
    k=st.integers(1, 14),
)
def test_best_rows_are_the_k_highest_above_zero(
    scores: list[float], bits: list[bool], k: int
) -> None:
    array, only = np.array(scores), np.array(bits[: len(scores)], bool)
    found = best_rows(array, only, k, [str(row) for row in range(len(scores))])
    eligible = [score for score, bit in zip(scores, only, strict=True) if bit and score > 0]
    assert sorted(array[found], reverse=True) == sorted(eligible, reverse=True)[:k]
    assert all(only[found])


def test_best_rows_at_the_end_of_the_k_tie_by_id() -> None:
    scores = np.array([0.5, 0.2, 0.9, 0.2, 0.2])
    found = best_rows(scores, np.ones(5, bool), 3, ["e", "d", "c", "b", "a"])
    assert sorted(found.tolist()) == [0, 2, 4]
