"""The report, and answers given back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.answers import Resolutions, read_resolutions
from backend.imports.limits import FileError
from backend.imports.places import gazetteer
from backend.imports.report import Note, Report, defused, undefused
from tests.backend.imports.files import write

NOTE = Note(7, "themes", "Mobilités", "left empty", "mobility")


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_report_says_row_field_value_why(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    with Report(path) as report:
        report.add([NOTE, Note(8, "title", "", "is empty", level="error")])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert lines(path) == [
        {"row": "7", "field": "themes", "value": "Mobilités", "why": "left empty",
         "suggestion": "mobility", "level": "warning", "code": ""},
        {"row": "8", "field": "title", "value": "", "why": "is empty", "suggestion": "",
         "level": "error", "code": ""},
    ]  # fmt: skip
    assert (report.warnings, report.refused_rows) == (1, {8})


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_defused_stops_formulas(formula: str) -> None:
    assert defused(formula)[0] not in "=+-@\t\r"


def test_defused_writes_half_of_an_emoji(tmp_path: Path) -> None:
    with Report(tmp_path / "r.csv") as report:
        report.add([Note(1, "title", "\ud83d\x00", "control")])
    assert lines(tmp_path / "r.csv")[0]["value"] == "?\ufffd"


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=50))
def test_undefused_gives_back_what_was_defused(text: str) -> None:
    if not text.startswith("'"):
        assert undefused(defused(text)) == text


def test_read_resolutions_takes_a_corrected_report(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    with Report(path) as report:
        report.add([NOTE, Note(9, "themes", "=Autre", "left empty")])
    text = path.read_text(encoding="utf-8-sig")
    text = text.replace("mobility,warning,", "mobility,warning,mobility")
    text = text.replace("warning,\n", "warning,-\n").replace("warning,\r\n", "warning,-\r\n")
    answers = read_resolutions(write(path, text))
    answers.check("need", gazetteer().by_code)
    assert answers.get("themes", "MOBILITES") == "mobility"
    assert answers.get("themes", "=Autre") == "-"
    assert answers.get("themes", "inconnu") is None


def test_read_resolutions_needs_its_columns(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="the column code is missing"):
        read_resolutions(write(tmp_path / "r.csv", "field,value\nthemes,x\n"))


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("themes", "nothing", 'given the code "nothing", which does not exist'),
        ("perimeters", "commune:00000", "does not exist"),
        ("title", "x", '"title" is not a field that has codes'),
    ],
)
def test_check_refuses_codes_that_do_not_exist(field: str, code: str, words: str) -> None:
    with pytest.raises(FileError, match=words):
        Resolutions({(field, "x"): code}).check("need", gazetteer().by_code)
