"""The records of one side in memory: what is added, replaced and removed, and in any order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.background import Background
from matching.centres import Centres
from matching.corpus import Corpus
from matching.indexes.exact import ExactIndex
from matching.ragged import unit
from matching.rank import RANKERS, rank
from matching.types import Encoding
from tests.matching.fakes import DIMENSION, a_corpus, a_profile, a_query, direction, encoded

TOPICS = [
    "fuite réseau eau",
    "piste cyclable vélo",
    "toiture école isolation",
    "crue capteur niveau",
]


def ranked_ids(corpus: Corpus, text: str, ranker: str = "hybrid") -> list[str]:
    found = rank(corpus, a_query(text), corpus.alive, RANKERS[ranker])
    return [corpus.ids[row] for row in found.rows]


def upsert(corpus: Corpus, record: str, text: str, lang: str = "fr") -> int:
    return corpus.upsert(a_profile(record, text, lang), encoded(text))


def test_centres_are_the_mean_of_what_was_added() -> None:
    centres = Centres("solution", 2, Background())
    assert centres.of("fr").tolist() == [0, 0]
    centres.add("fr", np.array([1, 0], np.float32))
    centres.add("fr", np.array([0, 1], np.float32))
    centres.add("en", np.array([5, 5], np.float32))
    assert centres.of("fr").tolist() == [0.5, 0.5]
    centres.remove("fr", np.array([1, 0], np.float32))
    assert centres.of("fr").tolist() == [0, 1]
    assert centres.counts == {"fr": 1, "en": 1}


def test_centres_count_the_background_as_twenty_texts() -> None:
    mean = np.array([1, 0], np.float32)
    centres = Centres("need", 2, Background({"solution": {}, "need": {"fr": mean}}))
    for _ in range(20):
        centres.add("fr", np.array([0, 1], np.float32))
    assert centres.of("fr").tolist() == [0.5, 0.5]
    assert centres.of("de").tolist() == [1, 0]  # the other languages stand in


def test_centres_are_empty_again_after_the_last_text_leaves() -> None:
    centres = Centres("need", 2, Background())
    centres.add("fr", np.array([0.1, 0.7], np.float32))
    centres.remove("fr", np.array([0.1, 0.7], np.float32))
    assert centres.of("fr").tolist() == [0, 0]


def test_corpus_without_records_finds_nothing() -> None:
    corpus = a_corpus()
    assert len(corpus) == 0
    assert ranked_ids(corpus, "fuite") == []


def test_corpus_knows_its_records() -> None:
    corpus = a_corpus([a_profile("a", "fuite"), a_profile("b", "leak", "en")])
    assert len(corpus) == 2
    assert "a" in corpus
    assert "z" not in corpus
    assert corpus.rows(["b", "a"]).tolist() == [1, 0]
    assert corpus.speaks("en", np.array([0, 1])).tolist() == [False, True]
    with pytest.raises(KeyError):
        corpus.rows(["z"])


def test_corpus_upsert_replaces_text_vector_and_language() -> None:
    corpus = a_corpus([a_profile(str(i), text) for i, text in enumerate(TOPICS)])
    assert ranked_ids(corpus, TOPICS[0])[0] == "0"
    upsert(corpus, "0", "bike lane", "en")
    upsert(corpus, "3", TOPICS[0])
    assert ranked_ids(corpus, TOPICS[0])[0] == "3"
    assert len(corpus) == 4
    assert corpus.dead == 2
    assert corpus.lang(int(corpus.rows(["0"])[0])) == "en"


def test_corpus_never_returns_a_removed_record() -> None:
    corpus = a_corpus([a_profile(str(i), text) for i, text in enumerate(TOPICS)])
    for ranker in RANKERS:
        assert "0" in ranked_ids(corpus, TOPICS[0], ranker)
    corpus.remove("0")
    corpus.remove("unknown")
    assert 0 not in corpus.nearest(a_query(TOPICS[0]).vector, 4, np.ones(4, bool))
    for ranker in RANKERS:
        assert "0" not in ranked_ids(corpus, TOPICS[0], ranker)
    assert len(corpus) == 3


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from([*TOPICS, ""]), st.booleans()),
        max_size=14,
    )
)
def test_corpus_after_any_changes_ranks_as_one_filled_with_what_is_left(
    changes: list[tuple[str, str, bool]],
) -> None:
    changed, left = a_corpus(make_index=ExactIndex), dict[str, str]()
    for record, text, stays in changes:
        if stays:
            upsert(changed, record, text)
            left[record] = text
        else:
            changed.remove(record)
            left.pop(record, None)
        changed.nearest(direction("fuite"), 3, changed.alive)  # the index follows as it goes
    fresh = a_corpus([a_profile(i, text) for i, text in left.items()])
    answers = [rank(c, a_query("fuite école"), c.alive) for c in (changed, fresh)]
    scores = [
        dict(zip((c.ids[row] for row in answer.rows), answer.scores, strict=True))
        for c, answer in zip((changed, fresh), answers, strict=True)
    ]
    assert scores[0] == pytest.approx(scores[1], abs=1e-6)
    assert len(changed) == len(left)


@settings(max_examples=30)
@given(st.permutations(range(24)))
def test_corpus_gives_the_same_list_in_any_order_of_arrival(order: list[int]) -> None:
    # Every text comes six times: ties are part of the matter.
    profiles = [a_profile(f"r{i:02}", f"{TOPICS[i % 4]} commun") for i in range(24)]
    shuffled = a_corpus([profiles[i] for i in order])
    asked = "capteur de fuite d'eau commun"
    assert ranked_ids(shuffled, asked) == ranked_ids(a_corpus(profiles), asked)


def test_corpus_finds_records_that_came_after_its_index_was_centred() -> None:
    corpus = a_corpus([a_profile(f"old{i}", f"{TOPICS[i % 4]} {i}") for i in range(200)])
    assert ranked_ids(corpus, "xylophone", "dense")[0].startswith("old")
    for i in range(15):  # under a tenth: the index keeps the centres it was filled with
        upsert(corpus, f"new{i}", f"xylophone orchestre {i}")
    assert set(ranked_ids(corpus, "xylophone orchestre", "dense")[:15]) == {
        f"new{i}" for i in range(15)
    }


def test_corpus_finds_records_of_a_language_new_to_it() -> None:
    corpus = a_corpus([a_profile(str(i), TOPICS[i % 4]) for i in range(100)])
    ranked_ids(corpus, "fuite")
    upsert(corpus, "leak", "water leak", "en")
    assert "leak" in ranked_ids(corpus, "water leak", "dense")


def test_corpus_with_one_record_in_a_language_scores_it_finitely() -> None:
    # The only text of a language is its own centre: nothing is left of it.
    corpus = a_corpus([a_profile("only", "fuite")])
    found = rank(corpus, a_query("fuite"), corpus.alive)
    assert found.signals["dense"].tolist() == [0]
    assert found.scores[0] > 0


def test_corpus_centres_windows_as_it_centres_the_whole_by_language() -> None:
    corpus = Corpus("solution", DIMENSION, Background())
    for record, lang in (("a", "fr"), ("b", "en"), ("c", "fr"), ("d", "en")):
        vector = direction(record)
        windows = np.array([vector, direction("window")])
        corpus.upsert(a_profile(record, "x", lang), Encoding(vector, windows, ((0, 1), (0, 1))))
    rows = np.array([1, 0])
    windows, lengths = corpus.centred_windows(rows)
    assert lengths.tolist() == [2, 2]
    # Passages are kept in half precision.
    assert windows[[0, 2]] == pytest.approx(corpus.centred(rows), abs=1e-3)
    english = (direction("b") + direction("d")) / 2
    assert windows[0] == pytest.approx(unit(direction("b") - english), abs=1e-3)


def test_corpus_words_and_grams_are_zero_in_another_language() -> None:
    corpus = a_corpus([a_profile("fr", "station transport"), a_profile("en", "station", "en")])
    assert corpus.words("station", "en").tolist() == [0, pytest.approx(0.4, abs=0.01)]
    assert corpus.grams("station", "en", np.array([0, 1])).tolist() == [0, pytest.approx(1)]
    assert corpus.words("station", "de").tolist() == [0, 0]
    assert corpus.grams("station", "de", np.array([0, 1])).tolist() == [0, 0]


def test_holding_marks_the_rows_of_records_that_are_here() -> None:
    corpus = a_corpus([a_profile("a", "x"), a_profile("b", "y"), a_profile("c", "z")])
    corpus.upsert(a_profile("a", "changed"), encoded("changed"))
    corpus.remove("c")
    assert corpus.holding(["a", "c", "elsewhere"]).tolist() == [False, False, False, True]
    assert corpus.holding([]).tolist() == [False] * 4
