"""One contract for every nearest-neighbour index, held against plain numpy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.indexes.exact import ExactIndex
from matching.indexes.faiss import FaissIndex
from matching.ragged import unit
from matching.types import Hit, Index, Mask, Rows, Vectors

DIMENSION = 8
INDEXES: list[Callable[[int], Index]] = [ExactIndex, FaissIndex]

every_index = pytest.mark.parametrize("make", INDEXES)


def some_vectors(count: int, seed: int = 1) -> Vectors:
    return unit(np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32))


def rows(*ids: int) -> Rows:
    return np.array(ids, np.int64)


def filled(make: Callable[[int], Index], held: dict[int, Vectors]) -> Index:
    index = make(DIMENSION)
    index.upsert(rows(*held), np.array(list(held.values()), np.float32).reshape(-1, DIMENSION))
    return index


def expected(
    held: dict[int, Vectors], vector: Vectors, k: int, only: Mask | None = None
) -> list[tuple[int, float]]:
    allowed = [i for i in held if only is None or (i < len(only) and only[i])]
    scored = [(i, float(held[i] @ vector)) for i in allowed]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]


def assert_same(hits: list[Hit], wanted: list[tuple[int, float]]) -> None:
    assert [hit.id for hit in hits] == [i for i, _ in wanted]
    assert [hit.score for hit in hits] == pytest.approx([s for _, s in wanted], abs=1e-6)


@every_index
@given(
    ids=st.sets(st.integers(0, 90), max_size=40),
    k=st.integers(1, 60),
    bits=st.none() | st.lists(st.booleans(), max_size=100),
    seed=st.integers(0, 1000),
)
def test_index_finds_what_numpy_finds(
    make: Callable[[int], Index], ids: set[int], k: int, bits: list[bool] | None, seed: int
) -> None:
    held = dict(zip(ids, some_vectors(len(ids), seed), strict=True))
    asked = some_vectors(3, seed + 5000)
    only = None if bits is None else np.array(bits, bool)
    answers = filled(make, held).search(asked, k, only)
    assert len(answers) == 3
    for vector, hits in zip(asked, answers, strict=True):
        assert_same(hits, expected(held, vector, k, only))


@every_index
def test_index_without_rows_finds_nothing(make: Callable[[int], Index]) -> None:
    index = make(DIMENSION)
    assert len(index) == 0
    assert index.search(some_vectors(2), 5) == [[], []]
    assert index.search(some_vectors(2), 5, np.ones(3, bool)) == [[], []]


@every_index
def test_index_asked_nothing_answers_nothing(make: Callable[[int], Index]) -> None:
    index = filled(make, dict(enumerate(some_vectors(3))))
    assert index.search(some_vectors(0), 5) == []
    assert index.search(some_vectors(1), 0) == [[]]


@every_index
def test_index_forgets_removed_ids_and_ignores_unknown_ones(make: Callable[[int], Index]) -> None:
    held = dict(enumerate(some_vectors(6)))
    index = filled(make, held)
    index.remove(rows(2, 99))
    index.remove(rows())
    del held[2]
    assert len(index) == 5
    assert_same(index.search(some_vectors(1, 7), 10)[0], expected(held, some_vectors(1, 7)[0], 10))


@every_index
def test_index_upsert_replaces_a_known_id(make: Callable[[int], Index]) -> None:
    old, new, other = some_vectors(3)
    index = filled(make, {4: old, 5: other})
    index.upsert(rows(4), new[None])
    assert len(index) == 2
    assert_same(index.search(new[None], 5)[0], expected({4: new, 5: other}, new, 5))


@every_index
def test_index_keeps_the_last_of_an_id_given_twice_in_one_call(
    make: Callable[[int], Index],
) -> None:
    first, last, other = some_vectors(3)
    index = make(DIMENSION)
    index.upsert(rows(4, 9, 4), np.array([first, other, last]))
    assert len(index) == 2
    assert_same(index.search(last[None], 5)[0], expected({4: last, 9: other}, last, 5))


@every_index
@pytest.mark.parametrize("length", [1, 3, 8, 9])
def test_index_mask_shorter_than_the_ids_leaves_the_rest_out(
    make: Callable[[int], Index], length: int
) -> None:
    index = filled(make, dict(enumerate(some_vectors(500))))
    hits = index.search(some_vectors(1, 3), 500, np.ones(length, bool))[0]
    assert sorted(hit.id for hit in hits) == list(range(length))


@every_index
def test_index_mask_without_a_true_finds_nothing(make: Callable[[int], Index]) -> None:
    index = filled(make, dict(enumerate(some_vectors(6))))
    assert index.search(some_vectors(2), 5, np.zeros(6, bool)) == [[], []]


@every_index
def test_index_gives_every_tied_row_the_same_score_once(make: Callable[[int], Index]) -> None:
    vector = some_vectors(1)[0]
    index = filled(make, dict.fromkeys(range(10), vector))
    hits = index.search(vector[None], 4)[0]
    assert [hit.score for hit in hits] == pytest.approx([1.0] * 4, abs=1e-6)
    assert len({hit.id for hit in hits}) == 4


def test_exact_index_breaks_ties_by_the_lower_id() -> None:
    vector = some_vectors(1)[0]
    index = filled(ExactIndex, dict.fromkeys([7, 3, 5], vector))
    assert [hit.id for hit in index.search(vector[None], 2)[0]] == [3, 5]
