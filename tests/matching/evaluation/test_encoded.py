"""Each distinct text is encoded once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matching.evaluation.encoded import CachedEmbedder, encode_set
from tests.matching.evaluation.sets import DOCUMENTS, QUERIES, a_folder
from tests.matching.fakes import DIMENSION, FakeEmbedder


def test_cached_embedder_encodes_each_text_once_a_side() -> None:
    embedder = FakeEmbedder()
    cached = CachedEmbedder(embedder)
    first = cached.encode_document(["b", "a", "b"])
    again = cached.encode_document(["c", "a"])
    assert embedder.encoded == ["b", "a", "c"]
    assert first.tolist() == FakeEmbedder().encode_document(["b", "a", "b"]).tolist()
    assert again[1].tolist() == first[1].tolist()
    asked = cached.encode_query(["a"])
    assert asked.tolist() == FakeEmbedder().encode_query(["a"]).tolist() != first[1:2].tolist()


def test_cached_embedder_of_no_text_keeps_the_shape() -> None:
    assert CachedEmbedder(FakeEmbedder()).encode_query([]).shape == (0, DIMENSION)


def test_two_sets_over_one_corpus_share_its_vectors(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    cached = CachedEmbedder(embedder)
    one, other = (encode_set(a_folder(tmp_path / name), cached) for name in ("a", "b"))
    assert embedder.encoded == [*DOCUMENTS.values(), *QUERIES.values()]
    assert np.array_equal(one.documents[0].vector, other.documents[0].vector)
