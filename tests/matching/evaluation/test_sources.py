"""Which judged sets come from one source, told by what they hold."""

from __future__ import annotations

from matching.evaluation.judged import JudgedSet
from matching.evaluation.sources import sources
from tests.matching.evaluation.sets import a_set, texts


def holding(documents: dict[str, str], queries: dict[str, str] | None = None) -> JudgedSet:
    return a_set(texts(documents), texts(queries or {}), {}, name="same name")


def test_sets_that_share_an_id_are_of_one_source() -> None:
    sets = [
        holding({"beta:a-dock": "un quai"}),
        holding({"other:1x": "autre"}),
        holding({"Beta:A-Dock": "le texte entier"}),
    ]
    assert sources(sets) == [0, 1, 0]


def test_sets_that_share_a_text_but_for_case_accents_and_punctuation_are_of_one_source() -> None:
    sets = [
        holding({"a:1x": "Éliminer la pauvreté !"}),
        holding({"b:1x": "autre"}, {"c:1x": "eliminer  la PAUVRETE"}),
    ]
    assert sources(sets) == [0, 0]


def test_sets_are_joined_through_a_third() -> None:
    sets = [
        holding({"a:1x": "un"}),
        holding({"b:1x": "deux"}),
        holding({"c:1x": "trois"}),
        holding({"c:2x": "deux"}, {"c:1x": "quatre"}),
    ]
    assert sources(sets) == [0, 1, 1, 1]


def test_numbering_and_names_join_nothing() -> None:
    numbered = ["1", "q1", "doc-7", "D_12"]
    sets = [holding({name: f"{name} of set {number}" for name in numbered}) for number in range(2)]
    assert sources(sets) == [0, 1]
    assert sources([]) == []
