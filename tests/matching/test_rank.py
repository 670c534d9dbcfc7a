"""One score from several signals, and the ranked list."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.background import Background
from matching.corpus import Corpus
from matching.lexical import Scores
from matching.ragged import unit
from matching.rank import (
    FACTS,
    RANKERS,
    Query,
    Weights,
    criteria_signal,
    dense_signals,
    make_query,
    rank,
    unheard_as_average,
)
from matching.tune_fits import FACTS_AT_MOST
from matching.types import Encoding, Rows, Vectors
from tests.matching.fakes import FakeEmbedder, a_corpus, a_profile, a_query

TEXTS = {
    "leak": "Une fuite sur le réseau d'eau",
    "bike": "Une piste cyclable pour les vélos",
    "roof": "La toiture de l'école à isoler",
    "flood": "Un capteur d'eau pour la crue",
}


def corpus_of(texts: dict[str, str], lang: str = "fr") -> Corpus:
    return a_corpus([a_profile(record, text, lang) for record, text in texts.items()])


def ids(corpus: Corpus, query: Query, weights: Weights = RANKERS["hybrid"]) -> list[str]:
    return [corpus.ids[row] for row in rank(corpus, query, corpus.alive, weights).rows]


def test_make_query_takes_the_centre_out() -> None:
    query = make_query("x", "fr", np.array([1, 1], np.float32), np.array([1, 0], np.float32))
    assert query.vector.tolist() == [0, 1]


@pytest.mark.parametrize("weights", [*RANKERS.values(), Weights(0.1, 0.2, -0.3, 0.4, 0.5)])
def test_rank_adds_the_weighted_signals(weights: Weights) -> None:
    corpus = corpus_of(TEXTS)
    found = rank(corpus, a_query("fuite d'eau à l'école"), corpus.alive, weights)
    signals = found.signals
    total = (
        weights.dense * signals["dense"]
        + weights.passage * signals["passage"]
        + weights.hubness * signals["hubness"]
        + weights.words * signals["words"]
        + weights.grams * signals["grams"]
    )
    assert found.scores == pytest.approx(total, abs=1e-9)
    assert found.scores.tolist() == sorted(found.scores, reverse=True)
    assert set(signals) == {"dense", "passage", "hubness", "words", "grams", "criteria"}
    assert not signals["criteria"].any()


def test_rank_adds_what_facts_give_beside_the_texts() -> None:
    corpus = corpus_of(TEXTS)

    def fits(rows: Rows) -> dict[str, Scores]:
        return {"budget": np.array([1.0 if corpus.ids[row] == "roof" else -1.0 for row in rows])}

    asked = a_query("fuite d'eau à l'école")
    weights = Weights(budget=0.5)
    plain = rank(corpus, asked, corpus.alive, weights)
    found = rank(corpus, asked, corpus.alive, weights, fits=fits)
    assert found.scores == pytest.approx(found.texts + 0.5 * found.signals["budget"])
    assert sorted(found.texts) == pytest.approx(sorted(plain.scores))
    assert plain.texts.tolist() == plain.scores.tolist()
    assert corpus.ids[found.rows[0]] == "roof"
    assert "budget" not in plain.signals


def test_facts_can_move_a_record_by_no_more_than_is_stated() -> None:
    assert 0 < sum(getattr(Weights(), name) for name in FACTS) <= FACTS_AT_MOST


@pytest.mark.parametrize("ranker", RANKERS)
def test_rank_puts_the_record_that_says_the_same_first(ranker: str) -> None:
    corpus = corpus_of(TEXTS)
    for record, text in TEXTS.items():
        assert ids(corpus, a_query(text), RANKERS[ranker])[0] == record


def test_rank_counts_words_within_one_language_only() -> None:
    corpus = a_corpus([a_profile("fr", "station"), a_profile("en", "station", "en")])
    found = rank(corpus, a_query("station", "en"), corpus.alive)
    by_id = {corpus.ids[row]: place for place, row in enumerate(found.rows)}
    assert by_id == {"en": 0, "fr": 1}
    # The French "station" is not the same word: it gets what the English records get on average.
    assert found.signals["words"].tolist() == [pytest.approx(0.4), pytest.approx(0.4)]
    assert found.signals["grams"].tolist() == [pytest.approx(1), pytest.approx(1)]


def test_record_in_another_language_is_not_behind_for_words_that_cannot_be_compared() -> None:
    values, same = np.array([0.6, 0.2, 0.0, 0.0]), np.array([True, True, False, False])
    assert unheard_as_average(values, same).tolist() == [0.6, 0.2, 0.4, 0.4]
    assert unheard_as_average(values, np.zeros(4, bool)).tolist() == [0, 0, 0, 0]


def test_rank_reaches_another_language_by_meaning() -> None:
    same_as = {"water": "eau", "leak": "fuite"}
    embedder = FakeEmbedder(same_as)
    english = ["water leak", "bike lane", "school roof", "flood sensor"]
    corpus = a_corpus([a_profile(t, t, "en") for t in english], embedder=embedder)
    assert ids(corpus, a_query("fuite eau", "fr", embedder=embedder))[0] == "water leak"


def test_rank_by_words_alone_lists_only_records_sharing_one() -> None:
    corpus = corpus_of(TEXTS)
    assert set(ids(corpus, a_query("une eau"), RANKERS["lexical"])) == {"leak", "flood"}
    assert ids(corpus, a_query("xylophone"), RANKERS["lexical"]) == []


@pytest.mark.parametrize("ranker", RANKERS)
def test_rank_keeps_to_the_mask(ranker: str) -> None:
    corpus = corpus_of(TEXTS)
    only = np.array([True, False, False, True])
    found = rank(corpus, a_query("fuite d'eau, piste d'école"), only, RANKERS[ranker])
    assert {corpus.ids[row] for row in found.rows} <= {"leak", "flood"}
    assert len(rank(corpus, a_query("eau"), np.zeros(4, bool), RANKERS[ranker]).rows) == 0


def test_rank_takes_as_many_candidates_as_asked_from_each_side() -> None:
    corpus = corpus_of({f"r{i:02}": f"eau lot{i}" for i in range(40)})
    found = rank(corpus, a_query("eau lot7"), corpus.alive, candidates=5)
    assert 5 <= len(found.rows) <= 10
    assert corpus.ids[found.rows[0]] == "r07"


def test_rank_breaks_ties_by_id() -> None:
    corpus = corpus_of(dict.fromkeys(["c", "a", "b"], "fuite d'eau") | {"z": "piste"})
    assert ids(corpus, a_query("fuite")) == ["a", "b", "c", "z"]


@settings(max_examples=25)
@given(st.permutations(range(21)))
def test_rank_ties_equal_vectors_of_a_real_size(order: list[int]) -> None:
    # A matrix product gives equal rows scores that differ in the last bit, by their place.
    size = 384
    rng = np.random.default_rng(3)
    vector, other, asked = unit(rng.normal(size=(3, size)).astype(np.float32))
    corpus = Corpus("solution", size, Background())
    corpus.upsert(a_profile("other", "x"), _whole(other))
    for number in order:
        corpus.upsert(a_profile(f"{number:02}", "même texte"), _whole(vector))
    found = rank(corpus, Query("texte", "fr", asked), corpus.alive)
    placed = [corpus.ids[row] for row in found.rows if corpus.ids[row] != "other"]
    assert placed == sorted(placed)


def _whole(vector: Vectors) -> Encoding:
    return Encoding(vector, vector[None], ((0, 1),))


def test_passage_is_the_best_window_and_a_short_text_its_own() -> None:
    corpus = Corpus("solution", 2, Background({"solution": {}, "need": {}}))
    east, north = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    centre = np.array([0.5, 0.5], np.float32)  # of the two vectors below
    corpus.upsert(a_profile("long", "x"), Encoding(east, np.array([east, north]), ((0, 1), (1, 2))))
    corpus.upsert(a_profile("short", "y"), Encoding(north, np.empty((0, 2), np.float32)))
    signals = dense_signals(corpus, make_query("", "fr", north, centre), np.array([0, 1]))
    assert signals["dense"].tolist() == pytest.approx([-1, 1])
    assert signals["passage"].tolist() == pytest.approx([1, 1])


def test_criteria_signal_is_the_mean_best_passage_above_that_of_the_candidates() -> None:
    wishes = np.array([[1, 0], [0, 1]], np.float32)
    whole = np.array([[1, 0], [0.6, 0.8], [0, 0]], np.float32)
    windows = np.array([[1, 0], [0, 1]], np.float32)
    # The first text has both windows; the others are their own passage.
    found = criteria_signal(wishes, whole, windows, np.array([2, 0, 0]))
    assert found == pytest.approx(np.array([1, 0.7, 0]) - 1.7 / 3)
    assert criteria_signal(None, whole, windows, np.array([2, 0, 0])).tolist() == [0, 0, 0]


def test_rank_puts_the_text_that_answers_what_is_asked_for_first() -> None:
    corpus = corpus_of({"a": "La toiture de l'école", "b": "La toiture du gymnase"})
    vector = FakeEmbedder().encode_query(["La toiture", "gymnase"])
    centre = np.zeros(vector.shape[1], np.float32)
    plain = make_query("La toiture", "fr", vector[0], centre)
    asked = make_query("La toiture", "fr", vector[0], centre, vector[1:])
    dense = Weights(dense=1, passage=0, words=0, grams=0, criteria=50)
    assert ids(corpus, asked, dense) == ["b", "a"]
    assert set(ids(corpus, plain, dense)) == {"a", "b"}
    assert make_query("x", "fr", vector[0], centre, vector[:0]).wishes is None
