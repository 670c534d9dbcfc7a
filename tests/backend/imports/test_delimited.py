"""CSV rows, whatever the accidents."""

import csv
import io
import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.imports.limits import FileError
from backend.imports.readers import open_table
from tests.backend.imports.files import cells, read, write, write_gzip


def test_read_csv_numbers_rows_as_a_spreadsheet_does(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", 'a,b\n1,"x\ny"\n2,z\n')
    assert [(row.number, row.cells["b"]) for row in read(file)] == [(2, "x\ny"), (3, "z")]


def test_read_csv_skips_blank_rows_and_keeps_their_numbers(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "a,b\n\n,\n1,2\n")
    assert [row.number for row in read(file)] == [4]


def test_read_csv_takes_the_separator_that_excel_declares(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "sep=;\na,x;b\n1;2\n")
    assert cells(file) == [{"a,x": "1", "b": "2"}]


def test_read_csv_fills_short_rows_with_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "a,b,c\n1,2,3\n4\n")
    assert cells(file)[1] == {"a": "4"}


def test_read_csv_refuses_a_row_with_too_many_cells_and_goes_on(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "f.csv", "a,b\n1,2,3\n4,5\n"))
    assert rows[0].problem is not None
    assert "has 3 cells where the header has 2" in rows[0].problem
    assert rows[1].cells == {"a": "4", "b": "5"}


def test_read_csv_recovers_all_rows_after_a_quote_never_closed(tmp_path: Path) -> None:
    content = 'a,b\n1,"open\n' + "".join(f"{i},x\n" for i in range(2, 100))
    rows = read(write(tmp_path / "f.csv", content))
    assert [row.number for row in rows if row.problem] == [2]
    assert [row.cells["a"] for row in rows[1:]] == [str(i) for i in range(2, 100)]


def test_read_csv_refuses_a_stray_quote_and_goes_on(tmp_path: Path) -> None:
    rows = read(write(tmp_path / "f.csv", 'a,b\n"x"y,1\nz,2\n'))
    assert rows[0].problem is not None
    assert "write it twice" in rows[0].problem
    assert rows[1].cells == {"a": "z", "b": "2"}


def test_read_csv_reads_inches_outside_quotes(tmp_path: Path) -> None:
    assert cells(write(tmp_path / "f.csv", 'a,b\n5" pipe,1\n'))[0]["a"] == '5" pipe'


def test_read_csv_holds_cells_above_the_default_limit(tmp_path: Path) -> None:
    long = "x" * 900_000
    assert cells(write(tmp_path / "f.csv", f"a,b\n{long},1\n"))[0]["a"] == long


def test_read_csv_refuses_a_line_without_end(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "a,b\n" + "x" * 8_100_000)
    with pytest.raises(FileError, match="longer than"):
        read(file)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("titre,id,titre", r'row 1: the column "titre" appears 2 times \(columns A, C\)'),
        ("titre,,id", "row 1: column B has no name"),
    ],
)
def test_read_csv_refuses_a_bad_header(tmp_path: Path, header: str, words: str) -> None:
    with pytest.raises(FileError, match=words):
        open_table(write(tmp_path / "f.csv", f"{header}\n1,2,3\n"))


def test_read_csv_ignores_trailing_columns_without_name(tmp_path: Path) -> None:
    assert cells(write(tmp_path / "f.csv", "a,b,,\n1,2,,\n")) == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize("name", ["f.csv.gz", "f.jsonl.gz"])
def test_position_grows_evenly_to_the_size(tmp_path: Path, name: str) -> None:
    line = '{"a": "é"}\n' if "json" in name else "1,é\n"
    file = write_gzip(tmp_path / name, ("" if "json" in name else "a,b\n") + line * 100)
    table = open_table(file)
    positions = [table.position() for _ in table.rows]
    table.close()
    steps = {after - before for before, after in itertools.pairwise(positions)}
    assert (steps, positions[-1]) == ({len(line)}, table.size)


NAMES = st.lists(
    st.from_regex(r"[a-zà-ü]{1,8}", fullmatch=True), min_size=2, max_size=5, unique=True
)
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), separator=st.sampled_from(",;\t|"), names=NAMES)
def test_read_csv_gives_back_what_was_written(
    tmp_path: Path, data: st.DataObject, separator: str, names: list[str]
) -> None:
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=len(names), max_size=len(names)), min_size=1, max_size=5)
    )
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([names, *rows])
    found = cells(write(tmp_path / "f.csv", text.getvalue().encode("utf-8-sig")))
    assert found == [dict(zip(names, row, strict=True)) for row in rows if any(row)]
