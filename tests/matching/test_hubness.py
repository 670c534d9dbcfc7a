"""Records that are near everything."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.hubness import SAMPLE, hubness, sample_rows
from matching.ragged import unit
from tests.matching.fakes import a_corpus, a_profile, encoded


def test_hubness_is_the_mean_of_the_nearest_others() -> None:
    vectors = np.eye(3, dtype=np.float32)
    vectors[2] = unit(np.array([1, 1, 0], np.float32))
    rows = np.arange(3)
    found = hubness(vectors, rows, vectors, rows)
    half = np.sqrt(0.5)
    assert found == pytest.approx([half / 2, half / 2, half], abs=1e-5)


def test_hubness_counts_the_ten_nearest_only() -> None:
    vectors = np.repeat(np.eye(2, dtype=np.float32), [11, 40], axis=0)
    rows = np.arange(51)
    assert hubness(vectors, rows, vectors, rows) == pytest.approx(np.ones(51))
    assert hubness(vectors[:1], rows[:1], vectors[1:], rows[1:]) == pytest.approx([1])
    assert hubness(vectors[:1], rows[:1], vectors[9:], rows[9:]) == pytest.approx([0.2])


def test_hubness_of_one_alone_is_nothing() -> None:
    vectors, rows = np.eye(1, dtype=np.float32), np.arange(1)
    assert hubness(vectors, rows, vectors, rows).tolist() == [0]
    assert hubness(vectors, rows, vectors[:0], rows[:0]).tolist() == [0]
    assert hubness(vectors[:0], rows[:0], vectors, rows).tolist() == []


@given(st.permutations(list(range(30))))
def test_sample_is_the_same_records_in_any_order_of_arrival(order: list[int]) -> None:
    many = [f"record{number}" for number in range(SAMPLE + 30)]
    moved = [many[number] for number in order] + many[30:]
    first = {many[row] for row in sample_rows(np.arange(len(many)), many)}
    second = {moved[row] for row in sample_rows(np.arange(len(moved)), moved)}
    assert first == second
    assert len(first) == SAMPLE


def test_corpus_measures_hubs_again_once_it_has_changed_by_a_tenth() -> None:
    corpus = a_corpus([a_profile(str(n), f"mot{n} mot{n + 1}") for n in range(20)])
    rows = np.array([0])
    before = corpus.hubness(rows)[0]
    for number in range(3):
        assert corpus.hubness(rows)[0] == before
        corpus.upsert(a_profile(f"new{number}", "mot0 mot1"), encoded("mot0 mot1"))
    assert corpus.hubness(rows)[0] > before + 0.1


def test_corpus_measures_the_same_after_records_changed_and_changed_back() -> None:
    profiles = [a_profile(str(n), f"mot{n} mot{n + 1}") for n in range(20)]
    corpus = a_corpus(profiles)
    before = corpus.hubness(corpus.rows([one.id for one in profiles]))
    for one in profiles:
        corpus.upsert(a_profile(one.id, "tout autre chose"), encoded("tout autre chose"))
        corpus.hubness(corpus.rows([one.id]))
        corpus.upsert(one, encoded(one.text))
        corpus.hubness(corpus.rows([one.id]))
    after = corpus.hubness(corpus.rows([one.id for one in profiles]))
    assert after == pytest.approx(before, abs=2e-5)


def test_corpus_no_longer_measures_against_a_record_that_is_gone() -> None:
    texts = {"a": "mot un", "b": "mot deux", "c": "autre chose"}
    corpus = a_corpus([a_profile(record, text) for record, text in texts.items()])
    assert abs(corpus.hubness(corpus.rows(["a"]))[0]) > 0.01
    for gone in ("b", "c"):
        corpus.remove(gone)
    corpus.upsert(a_profile("a", "mot un"), encoded("mot un"))
    assert corpus.hubness(corpus.rows(["a"])).tolist() == [0]


def test_corpus_measures_the_hubness_of_a_new_record_at_once() -> None:
    corpus = a_corpus([a_profile(str(n), f"mot{n} mot{n + 1}") for n in range(20)])
    corpus.hubness(np.array([0]))
    row = corpus.upsert(a_profile("copy", "mot0 mot1"), encoded("mot0 mot1"))
    assert np.isfinite(corpus.hubness(np.array([row]))).all()
