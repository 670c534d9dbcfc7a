"""Learning an encoder's background from judged sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from matching.evaluation.answering import fill_set
from matching.evaluation.encoded import encode_set
from matching.evaluation.variants import Variant
from matching.tune import learn_background
from tests.matching.fakes import FakeEmbedder, write_judged_set

SUBJECTS = ["fuite", "piste", "toiture", "crue", "portail", "compost"]
PLACES = ["réseau", "village", "école", "rivière", "mairie", "immeuble"]


def a_set(folder: Path, count: int = 24, lang: str = "fr") -> Path:
    texts = [f"{SUBJECTS[i % 6]} {PLACES[i // 6 % 6]} lot{i}" for i in range(count)]
    records = [{"id": str(i), "text": text, "lang": lang} for i, text in enumerate(texts)]
    grades = [(str(i), str(i), 3) for i in range(count)]
    return write_judged_set(folder, records, records, grades)


def mean_of(vectors: Sequence[np.ndarray]) -> np.ndarray:
    return np.mean(np.array(vectors), axis=0)


def test_learned_means_are_those_of_each_side_and_language(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    french = encode_set(a_set(tmp_path / "fr"), embedder)
    english = encode_set(a_set(tmp_path / "en", lang="en"), embedder)
    few = encode_set(a_set(tmp_path / "few", count=19, lang="de"), embedder)
    means = learn_background([french, english, few], embedder).means
    assert {side: sorted(held) for side, held in means.items()} == {
        "solution": ["en", "fr"],
        "need": ["en", "fr"],
    }
    documents = mean_of([one.vector for one in french.documents])
    queries = mean_of([one.vector for one in french.queries])
    assert means["solution"]["fr"] == pytest.approx(documents, abs=1e-6)
    assert means["need"]["fr"] == pytest.approx(queries, abs=1e-6)


def test_learned_means_count_every_set_the_same(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    sets = [encode_set(a_set(tmp_path / str(n), count=n), embedder) for n in (20, 60)]
    wanted = mean_of([mean_of([one.vector for one in s.documents]) for s in sets])
    learned = learn_background(sets, embedder).means["solution"]["fr"]
    assert learned == pytest.approx(wanted, abs=1e-6)


def test_learned_calibration_tells_answers_from_chance(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    encoded = encode_set(a_set(tmp_path, 36), embedder)
    background = learn_background([encoded], embedder)
    filled = fill_set(encoded, embedder, background, Variant())
    corpus = filled.engine.corpus
    sure = filled.engine.answer(filled.queries[7], corpus.alive)
    assert (corpus.ids[sure.ranked.rows[0]], sure.bands[0]) == ("7", "strong")
    bereft = filled.engine.answer(filled.queries[7], filled.without({"7"}))
    assert bereft.probabilities[0] < 0.5


def test_learned_transform_comes_with_a_hundred_pairs_and_no_fewer(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    few = encode_set(a_set(tmp_path / "few", 36), embedder)
    assert learn_background([few], embedder).transform is None
    many = encode_set(a_set(tmp_path / "many", 120), embedder)
    learned = learn_background([many], embedder).transform
    assert learned is not None
    assert learned.shape == (32, 32)
