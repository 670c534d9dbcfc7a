"""Whole texts and windows to vectors, whatever the encoder."""

from __future__ import annotations

import numpy as np
import pytest

from matching.embedders import encode_profiles
from matching.text import window_spans
from tests.matching.fakes import DIMENSION, FakeEmbedder

LONG = "Un capteur repère chaque fuite du réseau d'eau potable de la commune. " * 12


def test_encode_profiles_gives_a_vector_a_text_and_one_a_window() -> None:
    short, long = encode_profiles(FakeEmbedder(), "solution", ["Une fuite", LONG])
    assert short.vector.shape == (DIMENSION,)
    assert (short.windows.shape, short.spans) == ((0, DIMENSION), ())
    assert long.spans == window_spans(LONG)
    assert long.windows.shape == (len(long.spans), DIMENSION)
    first, last = long.spans[0]
    alone = FakeEmbedder().encode_document([LONG[first:last]])[0]
    assert long.windows[0] == pytest.approx(alone, abs=1e-6)


def test_encode_profiles_reads_needs_as_queries_and_solutions_as_documents() -> None:
    embedder = FakeEmbedder()
    need = encode_profiles(embedder, "need", ["fuite"])[0].vector
    solution = encode_profiles(embedder, "solution", ["fuite"])[0].vector
    assert need.tolist() == embedder.encode_query(["fuite"])[0].tolist()
    assert solution.tolist() == embedder.encode_document(["fuite"])[0].tolist()


def test_encode_profiles_tells_its_progress_and_keeps_the_order() -> None:
    texts, done = [f"texte {i}" for i in range(1100)], list[int]()
    found = encode_profiles(FakeEmbedder(), "need", texts, done.append)
    assert done == [512, 512, 76]
    alone = FakeEmbedder().encode_query([texts[700]])[0]
    assert np.allclose(found[700].vector, alone)


def test_encode_profiles_of_nothing_is_nothing() -> None:
    assert encode_profiles(FakeEmbedder(), "need", []) == []
