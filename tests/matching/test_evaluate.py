"""Judged sets: reading, ranking without looking at the answers, measuring."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.background import Background
from matching.evaluate import (
    JudgedSet,
    JudgedSetError,
    JudgedText,
    Run,
    measure,
    ndcg,
    read_judged_set,
    recall,
    reciprocal_rank,
    run_set,
    write_run,
)
from matching.probes import PROBES
from tests.matching.fakes import FakeEmbedder, write_judged_set

DOCUMENTS = {
    "leak": "Repérer les fuites du réseau d'eau",
    "bike": "Une piste cyclable pour les vélos",
    "roof": "Isoler la toiture de l'école",
}
QUERIES = {"q1": "une fuite d'eau", "q2": "toiture de l'école à isoler", "q3": "des vélos"}
GRADES = [("q1", "leak", 3), ("q1", "bike", 0), ("q2", "roof", 2), ("q3", "bike", 1)]


def lines(texts: Mapping[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"id": i, "text": text, "lang": "fr", **more} for i, text in texts.items()]


def a_folder(folder: Path, grades: Sequence[tuple[str, str, int]] = GRADES, **more: Any) -> Path:
    return write_judged_set(folder, lines(DOCUMENTS, **more), lines(QUERIES), grades)


def run_of(folder: Path) -> Run:
    return run_set(read_judged_set(folder), FakeEmbedder(), Background())[0]


def test_read_judged_set_gives_texts_in_order_and_grades(tmp_path: Path) -> None:
    judged = read_judged_set(a_folder(tmp_path))
    assert [text.id for text in judged.queries] == ["q1", "q2", "q3"]
    assert judged.documents[0] == JudgedText("leak", DOCUMENTS["leak"], "fr")
    assert judged.judgements["q1"] == {"leak": 3, "bike": 0}


def test_read_judged_set_detects_a_language_left_out_and_skips_blank_lines(tmp_path: Path) -> None:
    a_folder(tmp_path)
    (tmp_path / "queries.jsonl").write_text(
        '\n{"id": 7, "text": "The leaks of a water network"}\n\n', encoding="utf-8"
    )
    assert list(read_judged_set(tmp_path).queries) == [
        JudgedText("7", "The leaks of a water network", "en")
    ]


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("corpus.jsonl", '{"id": "a", "text": "x"}\n{"id": "b"', 2),
        ("corpus.jsonl", '{"id": "a"}', 1),
        ("corpus.jsonl", '{"id": "a", "text": "x"}\n\n["b", "y"]', 3),
        ("corpus.jsonl", '{"id": "a", "text": null}', 1),
        ("corpus.jsonl", '{"id": "a", "text": "\\ud800"}', 1),
        ("queries.jsonl", "not json", 1),
        ("qrels.tsv", "q1\tleak\t3\nq1 leak 3\n", 2),
        ("qrels.tsv", "\nq1\tleak\thigh\n", 2),
        ("qrels.tsv", "q1\t0\tleak\t3\n", 1),
    ],
)
def test_read_judged_set_names_the_file_and_line_of_a_fault(
    tmp_path: Path, name: str, content: str, line: int
) -> None:
    (a_folder(tmp_path) / name).write_text(content, encoding="utf-8")
    with pytest.raises(JudgedSetError, match=rf"{name}, line {line}: expected"):
        read_judged_set(tmp_path)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_read_judged_set_names_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    file = a_folder(tmp_path) / name
    file.write_bytes("été".encode("latin-1"))
    with pytest.raises(JudgedSetError, match=rf"{name} cannot be read"):
        read_judged_set(tmp_path)
    file.unlink()
    with pytest.raises(JudgedSetError, match=rf"{name} cannot be read"):
        read_judged_set(tmp_path)


def test_run_finds_what_the_queries_ask(tmp_path: Path) -> None:
    run = run_of(a_folder(tmp_path))
    assert {query: found[0][0] for query, found in run.items()} == {
        "q1": "leak",
        "q2": "roof",
        "q3": "bike",
    }
    assert all(len({d for d, _ in found}) == len(found) == 3 for found in run.values())


def test_run_is_the_same_whatever_the_grades_and_other_fields_say(tmp_path: Path) -> None:
    plain = run_of(a_folder(tmp_path / "plain"))
    permuted = [("q1", "roof", 3), ("q2", "leak", 2), ("q3", "leak", 9)]
    assert run_of(a_folder(tmp_path / "permuted", permuted)) == plain
    assert run_of(a_folder(tmp_path / "unjudged", [])) == plain
    told = a_folder(tmp_path / "told", fields={"answer_to": "q3"}, title="vélos", grade=3)
    assert run_of(told) == plain


@pytest.mark.parametrize("ranker", ["dense", "lexical"])
def test_run_by_one_signal_differs_from_the_hybrid(tmp_path: Path, ranker: Any) -> None:
    judged = read_judged_set(a_folder(tmp_path))
    alone, _ = run_set(judged, FakeEmbedder(), Background(), ranker)
    assert alone != run_of(tmp_path)
    assert alone["q1"][0][0] == "leak"


def test_run_keeps_a_hundred_documents() -> None:
    documents = [JudgedText(f"d{i}", f"fuite numéro {i}", "fr") for i in range(150)]
    judged = JudgedSet(documents, [JudgedText("q", "fuite", "fr")], {})
    run, seconds = run_set(judged, FakeEmbedder(), Background())
    assert len(run["q"]) == 100
    assert seconds > 0


def test_run_counts_earlier_queries_in_the_centre_of_later_ones() -> None:
    documents = [JudgedText(i, text, "fr") for i, text in DOCUMENTS.items()]
    first, second = (JudgedText(i, QUERIES[i], "fr") for i in ("q1", "q2"))

    def run(*queries: JudgedText) -> Run:
        return run_set(JudgedSet(documents, queries, {}), FakeEmbedder(), Background())[0]

    assert run(first, second)["q1"] == run(first)["q1"]
    assert run(first, second)["q2"] != run(second)["q2"]


def test_run_encodes_each_query_once_and_whole() -> None:
    embedder = FakeEmbedder()
    asked = "Repérer les fuites du réseau d'eau potable de la commune. " * 12
    judged = JudgedSet([JudgedText("d", "fuite", "fr")], [JudgedText("q", asked, "fr")], {})
    run_set(judged, embedder, Background())
    assert embedder.encoded == ["fuite", asked, *PROBES["fr"]]


def test_run_file_has_six_fields_a_line(tmp_path: Path) -> None:
    write_run({"q1": [("a", 0.5), ("b", 0.25)], "q2": [("c", -1)]}, "hybrid", tmp_path / "run")
    assert (tmp_path / "run").read_text(encoding="utf-8") == (
        "q1 Q0 a 1 0.500000 hybrid\nq1 Q0 b 2 0.250000 hybrid\nq2 Q0 c 1 -1.000000 hybrid\n"
    )


def test_ndcg_by_hand() -> None:
    grades = {"a": 3, "b": 1, "c": 0, "d": 2}
    ideal = 7 / 1 + 3 / math.log2(3) + 1 / 2
    assert ndcg(grades, ["a", "d", "b"]) == pytest.approx(1)
    assert ndcg(grades, ["c", "b", "x", "a"]) == pytest.approx(
        (1 / math.log2(3) + 7 / math.log2(5)) / ideal
    )
    assert ndcg(grades, ["d", "a"], k=1) == pytest.approx(3 / 7)
    assert ndcg(grades, []) == 0
    assert ndcg({"c": 0}, ["c"]) == 0


def test_recall_and_reciprocal_rank_by_hand() -> None:
    grades = {"a": 3, "b": 1, "c": 0}
    found = ["c", "x", "b", *"defghijk", "a"]
    assert recall(grades, found) == 0.5
    assert recall(grades, found, k=12) == 1
    assert recall({"c": 0}, found) == 0
    assert reciprocal_rank(grades, found) == pytest.approx(1 / 3)
    assert reciprocal_rank(grades, found, k=2) == 0


def test_measure_takes_means_over_queries_with_a_positive_grade() -> None:
    texts = [JudgedText(i, "x", "fr") for i in ("q1", "q2", "q3", "q4")]
    grades = {"q1": {"a": 1}, "q2": {"a": 2, "b": 1}, "q3": {"a": 0}}
    run = {"q1": [("b", 1.0), ("a", 0.5)], "q2": [("a", 1.0)], "q3": [("a", 1.0)], "q4": []}
    found = measure(JudgedSet(texts[:2], texts, grades), run, seconds=2)
    second = 3 / (3 + 1 / math.log2(3))
    assert found.ndcg10 == pytest.approx((1 / math.log2(3) + second) / 2)
    assert (found.recall10, found.mrr10) == (0.75, 0.75)
    assert (found.queries, found.documents, found.queries_per_second) == (2, 2, 2)


def test_measure_of_a_set_without_judgements_is_zero() -> None:
    found = measure(JudgedSet([], [], {}), {}, seconds=0)
    assert (found.ndcg10, found.recall10, found.mrr10, found.queries) == (0, 0, 0, 0)


@given(
    grades=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)),
    found=st.permutations("abcdefgh"),
)
def test_measures_stay_within_bounds_and_the_ideal_order_is_best(
    grades: dict[str, int], found: list[str]
) -> None:
    best = sorted(found, key=lambda document: -grades.get(document, 0))
    for figure in (ndcg, recall, reciprocal_rank):
        assert 0 <= figure(grades, found) <= figure(grades, best) <= 1 + 1e-12


def test_judged_texts_survive_the_way_to_disk_and_back(tmp_path: Path) -> None:
    text = 'Saut\nde ligne, "guillemets", \u2028 et 🚲 مدينة'
    write_judged_set(tmp_path, [{"id": "a", "text": text}], [{"id": "q", "text": text}], [])
    assert json.loads((tmp_path / "corpus.jsonl").read_text(encoding="utf-8"))["text"] == text
    assert read_judged_set(tmp_path).documents[0].text == text
