"""Lists of a judged set: what the queries ask, without looking at the answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from matching.background import Background
from matching.evaluation.answering import ask_all, fill_set
from matching.evaluation.judged import JudgedSet, read_judged_set
from matching.evaluation.measures import Run
from matching.evaluation.variants import Variant, variant
from tests.matching.evaluation.sets import DOCUMENTS, QUERIES, a_folder, a_set, encode, texts
from tests.matching.fakes import FakeEmbedder

HYBRID = Variant()


def run(judged: JudgedSet, ranking: Variant = HYBRID) -> Run:
    filled = fill_set(encode(judged), FakeEmbedder(), Background(), ranking)
    return ask_all(filled, ranking.weights).run


def run_of(folder: Path) -> Run:
    return run(read_judged_set(folder))


def test_run_finds_what_the_queries_ask(tmp_path: Path) -> None:
    found = run_of(a_folder(tmp_path))
    assert {query: documents[0][0] for query, documents in found.items()} == {
        "q1": "leak",
        "q2": "roof",
        "q3": "bike",
    }
    assert all(len({d for d, _ in one}) == len(one) == 3 for one in found.values())


def test_run_is_the_same_whatever_the_grades_and_other_fields_say(tmp_path: Path) -> None:
    plain = run_of(a_folder(tmp_path / "plain"))
    permuted = [("q1", "roof", 3), ("q2", "leak", 2), ("q3", "leak", 9)]
    assert run_of(a_folder(tmp_path / "permuted", permuted)) == plain
    assert run_of(a_folder(tmp_path / "unjudged", [])) == plain
    told = a_folder(tmp_path / "told", fields={"answer_to": "q3"}, title="vélos", grade=3)
    assert run_of(told) == plain


@pytest.mark.parametrize("ranker", ["dense", "lexical"])
def test_run_by_one_signal_differs_from_the_hybrid(ranker: Any) -> None:
    alone = run(a_set(), variant(ranker))
    assert alone != run(a_set())
    assert alone["q1"][0][0] == "leak"


def test_run_keeps_a_hundred_documents() -> None:
    documents = texts({f"d{i}": f"fuite numéro {i}" for i in range(150)})
    filled = fill_set(
        encode(a_set(documents, texts({"q": "fuite"}), {})), FakeEmbedder(), Background(), HYBRID
    )
    answers = ask_all(filled, HYBRID.weights)
    assert len(answers.run["q"]) == 100
    assert answers.seconds > 0
    assert {"dense", "words"} <= answers.signals


def test_run_counts_earlier_queries_in_the_centre_of_later_ones_unless_told_not_to() -> None:
    def asked(names: list[str], ranking: Variant) -> Run:
        return run(a_set(queries=texts({i: QUERIES[i] for i in names}), grades={}), ranking)

    both, alone = asked(["q1", "q2"], HYBRID), asked(["q2"], HYBRID)
    assert both["q1"] == asked(["q1"], HYBRID)["q1"]
    assert both["q2"] != alone["q2"]
    unaware = HYBRID.without("history")
    assert asked(["q1", "q2"], unaware)["q2"] == alone["q2"]


def test_run_without_centring_compares_vectors_as_they_are() -> None:
    plain = run(a_set(), variant("dense", ["centring", "passage", "hubness"]))
    embedder = FakeEmbedder()
    query = embedder.encode_query([QUERIES["q1"]])[0]
    documents = embedder.encode_document(list(DOCUMENTS.values()))
    cosines = dict(zip(DOCUMENTS, (0.7 * documents @ query).tolist(), strict=True))
    assert dict(plain["q1"]) == pytest.approx(cosines, abs=1e-6)
