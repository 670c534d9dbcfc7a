"""The same need asked in two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.background import Background
from matching.evaluation.judged import JudgedText
from matching.evaluation.parity import overlap, parity, rank_biased_overlap, twins
from matching.evaluation.variants import Variant
from tests.matching.evaluation.sets import a_set, texts
from tests.matching.fakes import FakeEmbedder

ENGLISH = {"leak": "leaks of water", "bike": "lane for bikes", "roof": "roof of school"}
FRENCH = {"q1": "fuites eau", "q2": "toit école", "q3": "voie vélos"}
SAME = {
    "fuites": "leaks", "eau": "water", "toit": "roof", "ecole": "school",
    "voie": "lane", "velos": "bikes",
}  # fmt: skip
GRADES = {"q1": {"leak": 3, "bike": 1}, "q2": {"roof": 2}, "q3": {"bike": 1, "leak": 0}}


def test_twins_are_the_best_judged_documents_in_another_language() -> None:
    judged = a_set(texts(ENGLISH, "en"), texts({**FRENCH, "q4": "rien"}), GRADES)
    assert [(query.id, twin.id) for query, twin in twins(judged)] == [
        ("q1", "leak"),
        ("q2", "roof"),
        ("q3", "bike"),
    ]
    assert twins(a_set()) == []


def test_parity_is_whole_when_both_languages_mean_the_same() -> None:
    judged = a_set(texts(ENGLISH, "en"), texts(FRENCH), GRADES)
    found = parity(twins(judged), judged.documents, FakeEmbedder(SAME), Background(), Variant())
    assert (found.top1, found.overlap10, found.pairs, found.documents) == (1, 1, 3, 3)
    assert 0 < found.rbo10 <= 1


def test_parity_falls_when_one_language_is_not_understood() -> None:
    documents = [JudgedText(f"d{i}", f"{word} {i}", "en") for i in range(20) for word in SAME]
    judged = a_set(texts(ENGLISH, "en"), texts(FRENCH), GRADES)
    known, unknown = (
        parity(twins(judged), documents, FakeEmbedder(same), Background(), Variant())
        for same in (SAME, {})
    )
    assert unknown.overlap10 < known.overlap10


def test_parity_of_no_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="no pair"):
        parity([], [], FakeEmbedder(), Background(), Variant())


def test_rank_biased_overlap_by_hand() -> None:
    assert rank_biased_overlap("ab", "ba") == pytest.approx(0.1 / 0.9 * 0.81 + 0.81)
    assert rank_biased_overlap("abc", "xyz") == 0
    assert rank_biased_overlap("", "") == 1
    assert rank_biased_overlap("", "a") == 0
    assert rank_biased_overlap("abcd", "abdc") > rank_biased_overlap("abcd", "bacd")


@given(one=st.permutations("abcdefghij"), other=st.permutations("fghijklmno"))
def test_likeness_is_symmetric_within_bounds_and_whole_for_equals(
    one: list[str], other: list[str]
) -> None:
    for like in (overlap, rank_biased_overlap):
        assert like(one, other) == pytest.approx(like(other, one))
        assert 0 <= like(one, other) <= 1
        assert like(one, one) == pytest.approx(1)
    assert overlap(one, other) == 0.5
