"""Sheets of workbooks."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest

from backend.imports.limits import MAX_WORKBOOK_ENTRIES, FileError
from backend.imports.readers import open_table
from tests.backend.imports.files import cells, read, write, write_xlsx


def test_read_workbook_gives_numbers_and_dates_as_people_write_them(tmp_path: Path) -> None:
    rows = [["titre", "insee", "coût", "date"], ["École", 34172, 12.5, date(2026, 3, 31)]]
    file = write_xlsx(tmp_path / "f.xlsx", {"Besoins": rows})
    assert cells(file) == [{"titre": "École", "insee": 34172, "coût": 12.5, "date": "2026-03-31"}]


def test_read_workbook_finds_the_header_under_a_title(tmp_path: Path) -> None:
    rows = [["Besoins de 2026"], [], ["titre", "id"], ["École", 1], [], ["Gare", 2]]
    found = read(write_xlsx(tmp_path / "f.xlsx", {"Besoins": rows}))
    assert [(row.number, row.cells["titre"]) for row in found] == [(4, "École"), (6, "Gare")]


def test_read_workbook_takes_the_first_sheet_that_is_not_empty(tmp_path: Path) -> None:
    sheets = {"Vide": [], "Besoins": [["a", "b"], [1, 2]]}
    table = open_table(write_xlsx(tmp_path / "f.xlsx", sheets))
    assert table.how == 'workbook, sheet "Besoins"'


def test_read_workbook_takes_the_sheet_asked_for(tmp_path: Path) -> None:
    sheets = {"Un": [["a", "b"], [1, 2]], "Deux": [["a", "b"], [3, 4]]}
    file = write_xlsx(tmp_path / "f.xlsx", sheets)
    assert cells(file, "Deux") == [{"a": 3, "b": 4}]
    with pytest.raises(FileError, match='there is no sheet "Trois"; it holds "Un", "Deux"'):
        open_table(file, "Trois")


def test_read_workbook_reads_one_that_is_gzipped(tmp_path: Path) -> None:
    plain = write_xlsx(tmp_path / "f.xlsx", {"S": [["a", "b"], [1, "x"]]})
    packed = write(tmp_path / "g.xlsx.gz", gzip.compress(plain.read_bytes()))
    assert cells(packed) == [{"a": 1, "b": "x"}]


def test_read_workbook_refuses_duplicate_columns_naming_sheet_and_row(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "f.xlsx", {"Besoins": [["titre", "titre"], ["a", "b"]]})
    with pytest.raises(FileError, match=r'f\.xlsx, sheet "Besoins", row 1: the column "titre"'):
        open_table(file)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_read_workbook_refuses_one_that_is_cut_short(tmp_path: Path, kept: float) -> None:
    whole = write_xlsx(tmp_path / "f.xlsx", {"S": [["a", "b"], [1, 2]]}).read_bytes()
    with pytest.raises(FileError, match=r"cut\.xlsx: the workbook is damaged, cut short"):
        open_table(write(tmp_path / "cut.xlsx", whole[: int(len(whole) * kept)]))


def test_read_workbook_refuses_a_zip_bomb(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(FileError, match=r"bomb\.xlsx: the workbook expands to 60,000,000 bytes"):
        open_table(file)


def test_read_workbook_refuses_too_many_parts(tmp_path: Path) -> None:
    file = tmp_path / "many.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(MAX_WORKBOOK_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    with pytest.raises(FileError, match="parts"):
        open_table(file)


def test_read_workbook_refuses_a_size_that_lies(tmp_path: Path) -> None:
    file = tmp_path / "lie.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * 1_000_000)
    content = file.read_bytes().replace(
        (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    )
    with pytest.raises(FileError, match="damaged"):
        open_table(write(file, content))


def test_read_workbook_refuses_a_zip_of_something_else(tmp_path: Path) -> None:
    file = tmp_path / "f.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("besoins.csv", "a,b\n1,2\n")
    with pytest.raises(FileError, match="cannot be read"):
        open_table(file)
