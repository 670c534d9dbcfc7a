"""The comparison with other rankers: the same vectors for all, figures that mean what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.background import Background
from matching.evaluation.answering import ask_all, fill_set
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.variants import Variant
from tests.benchmarks.ranking import __main__ as ranking
from tests.benchmarks.ranking import vectors
from tests.benchmarks.ranking.one import PEERS
from tests.benchmarks.ranking.rankers import Cosine, Passerelle
from tests.matching.evaluation.sets import a_folder, a_set, encode
from tests.matching.fakes import FakeEmbedder, write_judged_set

LONG = "Une toiture à isoler avant la rentrée. " * 15


@pytest.fixture
def data(tmp_path: Path) -> Path:
    a_folder(tmp_path / "data" / "a")
    texts = [{"id": f"z:{n}:x", "text": f"{LONG}{n}", "lang": "fr"} for n in range(25)]
    grades = [(f"z:{n}:x", f"z:{n}:x", 1) for n in range(25)]
    write_judged_set(tmp_path / "data" / "z", texts, texts, grades)
    return tmp_path / "data"


def test_sets_come_back_with_the_vectors_they_were_kept_with(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned_from: list[list[str]] = []

    def learn(sets: list[EncodedSet], embedder: object) -> Background:
        learned_from.append([one.judged.name for one in sets])
        return Background({"solution": {}, "need": {"fr": sets[0].queries[0].vector}})

    monkeypatch.setattr(vectors, "learn_background", learn)
    folder = tmp_path / "kept"
    folder.mkdir()
    vectors.prepare(data, FakeEmbedder(), folder)
    short, long = vectors.read(data, folder)
    assert learned_from == [["z"], ["a"]]
    again = encode(long.judged)
    assert long.documents[3].vector.tolist() == again.documents[3].vector.tolist()
    assert long.documents[3].windows.tolist() == again.documents[3].windows.tolist()
    assert long.documents[3].spans == again.documents[3].spans != ()
    known = vectors.known_of(short.judged, folder, apart=True, name="fake")
    assert known.means["need"]["fr"].tolist() == long.queries[0].vector.tolist()


def test_passerelle_is_measured_as_the_product_answers() -> None:
    encoded = encode(a_set())
    ranker = Passerelle(encoded, FakeEmbedder(), Background())
    filled = fill_set(encoded, FakeEmbedder(), Background(), Variant())
    assert ranker.ask(1) == ask_all(filled, Variant().weights).run["q2"]


def test_cosine_is_the_inner_product_of_the_vectors_as_they_are() -> None:
    encoded = encode(a_set())
    found = dict(Cosine(encoded).ask(0))
    by_hand = {
        text.id: float(one.vector @ encoded.queries[0].vector)
        for text, one in zip(encoded.judged.documents, encoded.documents, strict=True)
    }
    assert found == pytest.approx(by_hand, abs=1e-6)


@pytest.mark.parametrize("name", ["bm25", "rrf", "txtai_hybrid"])
def test_peers_find_the_document_that_says_the_same(name: str) -> None:
    for library in ("bm25s", "txtai"):
        pytest.importorskip(library, reason="installed by `make bench-ranking` only")
    ranker = PEERS[name](encode(a_set()))
    assert [ranker.ask(number)[0][0] for number in range(3)] == ["leak", "roof", "bike"]


def test_means_are_over_sets_of_a_kind() -> None:
    found = {"sets": {"a": 0.5, "b": 0.7, "c": 0.9}}
    means = ranking._with_means(found, {"a": "mono", "b": "cross", "c": "mixed"})["means"]
    assert means == pytest.approx({"all": 0.7, "mono": 0.5, "cross": 0.7})


def test_without_judged_sets_it_says_so_and_measures_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ranking", "--sets", str(tmp_path / "absent")])
    ranking.main()
    assert capsys.readouterr().out == (
        f"Skipped: there are no judged sets in {tmp_path / 'absent'}.\n"
    )
