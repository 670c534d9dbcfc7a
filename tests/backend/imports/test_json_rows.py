"""JSON Lines and JSON lists."""

import gzip
from pathlib import Path

import pytest

from backend.imports.limits import FileError
from backend.imports.readers import open_table
from tests.backend.imports.files import cells, read, write


def test_read_json_lines_names_dotted_paths(tmp_path: Path) -> None:
    line = '{"id": 1, "authority": {"siren": "243400017"}, "sections": [{"text": "a"}]}\n'
    table = open_table(write(tmp_path / "f.jsonl", line))
    assert table.columns == ["id", "authority", "authority.siren", "sections", "sections.text"]
    table.close()


def test_read_json_lines_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = ['{"a": 1}', "{oops", "[1]", '{"a": 2, "a": 3}', '{"a": NaN}', "", '{"a": 4}']
    rows = read(write(tmp_path / "f.jsonl", "\n".join(lines)))
    assert [row.number for row in rows if not row.problem] == [1, 7]
    problems = [row.problem or "" for row in rows if row.problem]
    assert "not valid JSON" in problems[0]
    assert "not a JSON object but list" in problems[1]
    assert 'the key "a" appears twice' in problems[2]
    assert "NaN is not a JSON value" in problems[3]


def test_read_json_lines_survives_endless_nesting(tmp_path: Path) -> None:
    deep = '{"a": ' + "[" * 100_000
    rows = read(write(tmp_path / "f.jsonl", '{"a": 1}\n' + deep + '\n{"a": 2}\n'))
    assert [row.number for row in rows if not row.problem] == [1, 3]


def test_read_json_lines_refuses_a_file_without_any_object(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no line is a JSON object"):
        open_table(write(tmp_path / "f.jsonl", "1\n2\n"))


def test_read_json_reads_a_list(tmp_path: Path) -> None:
    packed = gzip.compress(b'\xef\xbb\xbf[{"a": "\xc3\xa9"}, {"a": [1, 2]}]')
    assert cells(write(tmp_path / "f.json.gz", packed)) == [{"a": "é"}, {"a": [1, 2]}]


def test_read_json_refuses_what_is_not_valid(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"f\.json: this is not valid JSON"):
        open_table(write(tmp_path / "f.json", '[{"a": 1}, '))
