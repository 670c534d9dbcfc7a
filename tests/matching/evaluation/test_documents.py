"""Records without judgements, read to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.evaluation.documents import read_documents
from matching.evaluation.judged import JudgedSetError, JudgedText


def test_text_or_title_and_description_of_each_record(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(
        '{"text": "Une piste cyclable", "lang": "fr", "title": "x"}\n\n'
        '{"name": "Water Map", "description": "Finds the leaks of a water network", "sdgs": [6]}\n'
        '{"title": " ", "sdgs": []}\n',
        encoding="utf-8",
    )
    assert read_documents(file) == [
        JudgedText("1", "Une piste cyclable", "fr"),
        JudgedText("3", "Water Map\nFinds the leaks of a water network", "en"),
    ]


@pytest.mark.parametrize("content", ["[1]\n", "not json\n"])
def test_a_line_that_is_no_object_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "records.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(JudgedSetError, match="line 1: expected a JSON object"):
        read_documents(tmp_path / "records.jsonl")


def test_records_without_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(JudgedSetError, match="holds no text"):
        read_documents(tmp_path / "records.jsonl")
