"""nDCG, recall, reciprocal rank, and their means over sets."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.judged import JudgedSet, JudgedText, Tongues
from matching.evaluation.measures import (
    Evaluation,
    Mean,
    means,
    measure,
    ndcg,
    ndcgs,
    recall,
    reciprocal_rank,
)


def test_ndcg_by_hand() -> None:
    grades = {"a": 3, "b": 1, "c": 0, "d": 2}
    ideal = 7 / 1 + 3 / math.log2(3) + 1 / 2
    assert ndcg(grades, ["a", "d", "b"]) == pytest.approx(1)
    assert ndcg(grades, ["c", "b", "x", "a"]) == pytest.approx(
        (1 / math.log2(3) + 7 / math.log2(5)) / ideal
    )
    assert ndcg(grades, ["d", "a"], k=1) == pytest.approx(3 / 7)
    assert ndcg(grades, []) == 0
    assert ndcg({"c": 0}, ["c"]) == 0


def test_recall_and_reciprocal_rank_by_hand() -> None:
    grades = {"a": 3, "b": 1, "c": 0}
    found = ["c", "x", "b", *"defghijk", "a"]
    assert recall(grades, found) == 0.5
    assert recall(grades, found, k=12) == 1
    assert recall({"c": 0}, found) == 0
    assert reciprocal_rank(grades, found) == pytest.approx(1 / 3)
    assert reciprocal_rank(grades, found, k=2) == 0


def test_measure_takes_means_over_queries_with_a_positive_grade() -> None:
    texts = [JudgedText(i, "x", "fr") for i in ("q1", "q2", "q3", "q4")]
    grades = {"q1": {"a": 1}, "q2": {"a": 2, "b": 1}, "q3": {"a": 0}}
    run = {"q1": [("b", 1.0), ("a", 0.5)], "q2": [("a", 1.0)], "q3": [("a", 1.0)], "q4": []}
    found = measure(JudgedSet(texts[:2], texts, grades), run, seconds=2)
    second = 3 / (3 + 1 / math.log2(3))
    assert found.ndcg10 == pytest.approx((1 / math.log2(3) + second) / 2)
    assert (found.recall10, found.mrr10) == (0.75, 0.75)
    assert (found.queries, found.documents, found.queries_per_second) == (2, 2, 2)


def test_measure_of_a_set_without_judgements_is_zero() -> None:
    found = measure(JudgedSet([], [], {}), {}, seconds=0)
    assert (found.ndcg10, found.recall10, found.mrr10, found.queries) == (0, 0, 0, 0)


@given(
    grades=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)),
    found=st.permutations("abcdefgh"),
)
def test_measures_stay_within_bounds_and_the_ideal_order_is_best(
    grades: dict[str, int], found: list[str]
) -> None:
    best = sorted(found, key=lambda document: -grades.get(document, 0))
    for figure in (ndcg, recall, reciprocal_rank):
        assert 0 <= figure(grades, found) <= figure(grades, best) <= 1 + 1e-12


def test_a_query_that_a_run_lacks_counts_as_nothing_found() -> None:
    texts = [JudgedText(i, "x", "fr") for i in ("q1", "q2")]
    judged = JudgedSet(texts[:1], texts, {"q1": {"a": 1}, "q2": {"a": 1}})
    assert ndcgs(judged, {"q2": [("a", 1.0)]}).tolist() == [0, 1]


def test_means_count_each_set_the_same_within_and_across_languages() -> None:
    def a_measure(ndcg10: float, queries: int, tongues: Tongues) -> Evaluation:
        return Evaluation(ndcg10, 0.5, 0.25, 10, queries, 100, tongues)

    held = [a_measure(0.4, 10, "mono"), a_measure(0.8, 900, "mono"), a_measure(0.9, 5, "mixed")]
    found = means(held)
    assert list(found) == ["all", "mono"]
    assert found["all"].ndcg10 == pytest.approx(0.7)
    assert found["mono"] == Mean(pytest.approx(0.6), 0.5, 0.25, 2)
    assert means([]) == {}
