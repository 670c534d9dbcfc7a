"""Judged sets side by side: measures, ablations, what may be learned for which."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matching.background import Background
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedSetError
from matching.evaluation.suite import Suite, learn_apart, open_suite
from matching.evaluation.variants import Variant
from matching.types import Embedder
from tests.matching.evaluation.sets import GRADES, a_folder, a_set, encode, texts
from tests.matching.fakes import FakeEmbedder


def a_suite(*names: str) -> Suite:
    sets = [encode(a_set(name=name)) for name in names]
    return Suite(sets, [Background()] * len(sets), FakeEmbedder())


def test_suite_measures_every_set_by_name() -> None:
    measured = a_suite("a", "b").measure(Variant())
    assert list(measured.evaluations) == list(measured.runs) == ["a", "b"]
    assert measured.evaluations["a"].ndcg10 == 1
    assert measured.evaluations["a"].tongues == "mono"
    assert {"dense", "passage", "words", "grams"} <= measured.signals


def test_ablations_are_of_signals_that_the_answers_carry() -> None:
    suite = a_suite("a")
    full = suite.measure(Variant())
    found = suite.ablate(Variant(), full)
    assert set(found) == {*full.signals, "centring", "transform", "history"}
    assert all(one.difference <= 0 and one.queries == 3 for one in found.values())


def test_an_ablation_that_hurts_is_below_the_full_ranking() -> None:
    same = {"velo": "bike"}
    judged = a_set(
        texts({"a": "bike", "b": "roof tile"}), texts({"q": "velo"}), {"q": {"a": 1}}, "x"
    )
    embedder = FakeEmbedder(same)
    suite = Suite([encode(judged, embedder)], [Background()], embedder)
    ranking = Variant()
    lesser = suite.measure(ranking.without("dense").without("passage"))
    assert suite.compare(lesser.runs, suite.measure(ranking).runs).difference == -1


def test_a_suite_is_read_and_encoded_once(tmp_path: Path) -> None:
    heard: list[str] = []
    embedder = FakeEmbedder()
    folders = [a_folder(tmp_path / name) for name in ("a", "b")]
    suite = open_suite(folders, embedder, lambda sets, _: [Background()] * len(sets), heard.append)
    assert heard == ["a", "b"]
    assert len(embedder.encoded) == 6
    assert suite.measure(Variant()).evaluations["b"].queries == len({q for q, _, _ in GRADES})


def test_learning_apart_never_sees_a_set_of_the_same_source() -> None:
    seen: list[list[str]] = []

    def learn(sets: Sequence[EncodedSet], embedder: Embedder) -> Background:
        names = [one.judged.name for one in sets]
        seen.append(names)
        return Background({"solution": {}, "need": {"fr": np.full(1, len(seen), np.float32)}})

    other = a_set(texts({"z:1x": "autre"}), texts({}), {}, "other")
    sets = [encode(one) for one in (a_set(name="a"), other, a_set(name="b"))]
    learned = learn_apart(sets, FakeEmbedder(), learn)
    assert seen == [["other"], ["a", "b"]]
    assert [float(one.means["need"]["fr"][0]) for one in learned] == [1, 2, 1]


def test_learning_apart_takes_two_sources() -> None:
    with pytest.raises(JudgedSetError, match="two sources"):
        learn_apart([encode(a_set())], FakeEmbedder(), lambda sets, embedder: Background())
