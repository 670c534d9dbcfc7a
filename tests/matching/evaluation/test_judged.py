"""Judged sets: reading, faults, languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from matching.evaluation.judged import (
    JudgedSetError,
    JudgedText,
    judged_folders,
    read_judged_set,
)
from tests.matching.evaluation.sets import DOCUMENTS, a_folder, a_set, texts
from tests.matching.fakes import write_judged_set


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


def test_judged_texts_survive_the_way_to_disk_and_back(tmp_path: Path) -> None:
    text = 'Saut\nde ligne, "guillemets", \u2028 et 🚲 مدينة'
    write_judged_set(tmp_path, [{"id": "a", "text": text}], [{"id": "q", "text": text}], [])
    assert json.loads((tmp_path / "corpus.jsonl").read_text(encoding="utf-8"))["text"] == text
    assert read_judged_set(tmp_path).documents[0].text == text


def test_judged_folders_are_the_folder_itself_or_those_below_by_name(tmp_path: Path) -> None:
    second, first = a_folder(tmp_path / "b"), a_folder(tmp_path / "a")
    (tmp_path / "empty").mkdir()
    assert judged_folders(tmp_path) == [first, second]
    assert judged_folders(first) == [first]
    with pytest.raises(JudgedSetError, match="empty holds no judged set"):
        judged_folders(tmp_path / "empty")


def test_a_set_is_named_after_its_folder(tmp_path: Path) -> None:
    assert read_judged_set(a_folder(tmp_path / "water")).name == "water"


@pytest.mark.parametrize(
    ("documents", "queries", "tongues"),
    [
        ("fr fr en", "fr fr en", "mono"),
        ("fr fr en", "en en fr", "mixed"),
        ("fr en", "fr en", "mixed"),
        ("en en", "fr fr en", "cross"),
        ("en en", "fr en", "mixed"),
        ("", "", "mixed"),
    ],
)
def test_tongues_are_those_of_most_queries_and_most_documents(
    documents: str, queries: str, tongues: str
) -> None:
    held, asked = (
        [JudgedText(str(i), "x", lang) for i, lang in enumerate(langs.split())]
        for langs in (documents, queries)
    )
    assert a_set(held, asked, {}).tongues == tongues


def test_right_documents_have_a_positive_grade() -> None:
    judged = a_set(texts(DOCUMENTS), grades={"q1": {"leak": 3, "bike": 0, "roof": 1}})
    assert judged.right("q1") == {"leak", "roof"}
    assert judged.right("q2") == set()
