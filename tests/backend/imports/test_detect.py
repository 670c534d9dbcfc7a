"""What a file is, from its content."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.detect import examine, find_separator
from backend.imports.limits import FileError
from tests.backend.imports.files import cells, write, write_gzip

TEXT = "titre;description\nÉcole d'été;Rénover l'école\n"
EXPECTED = [{"titre": "École d'été", "description": "Rénover l'école"}]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("cp1252"), "cp1252"),
        (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_examine_tells_the_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    file = write(tmp_path / "f.csv", content)
    assert examine(file).encoding == encoding
    assert cells(file) == EXPECTED


def test_examine_finds_windows_1252_far_into_the_file(tmp_path: Path) -> None:
    start = "titre;description\n" + "plain;ascii\n" * 50_000
    file = write(tmp_path / "f.csv", start.encode() + "été;là\n".encode("cp1252"))
    assert cells(file)[-1] == {"titre": "été", "description": "là"}


def test_examine_keeps_utf8_when_one_byte_is_damaged(tmp_path: Path) -> None:
    content = ("titre;x\n" + "éléphant;à côté\n" * 20).encode() + b"caf\xe9;1\n"
    file = write(tmp_path / "f.csv", content)
    assert examine(file).encoding == "utf-8"
    assert cells(file)[0]["titre"] == "éléphant"
    assert cells(file)[-1]["titre"] == "caf\ufffd"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_find_separator_recognises_each(separator: str) -> None:
    header = separator.join(["a", "b", "c"])
    row = separator.join(["1,5" if separator != "," else "1", "deux; trois"[:4], "x"])
    assert find_separator(f"{header}\n{row}\n{row}\n") == separator


def test_find_separator_ignores_those_inside_quotes() -> None:
    assert find_separator('a;b\n"x,y,z";1\n"x,y";2\n') == ";"


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t|"),
)
def test_find_separator_is_always_one_of_the_four(rows: list[list[str]], mark: str) -> None:
    assert find_separator("\n".join(mark.join(row) for row in rows)) in ",;\t|"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (gzip.compress(b""), "is empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n", "an image"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "save it as .xlsx"),
        (b"abc\x00def" * 10, "not a text file"),
    ],
)
def test_examine_refuses_what_is_not_a_table(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileError, match=words):
        examine(write(tmp_path / "f.csv", content))


def test_examine_refuses_an_absent_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        examine(tmp_path / "absent.csv")


def test_examine_refuses_a_gzip_file_cut_short(tmp_path: Path) -> None:
    whole = gzip.compress(b"titre\n" + bytes(range(256)) * 400)
    with pytest.raises(FileError, match=r"f\.csv\.gz: the gzip file is cut short"):
        examine(write(tmp_path / "f.csv.gz", whole[: len(whole) // 2]))


def test_examine_refuses_a_damaged_gzip_file(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(b"titre\n" + b"une ligne\n" * 50))
    whole[-6] ^= 0xFF
    with pytest.raises(FileError, match="damaged"):
        examine(write(tmp_path / "f.csv.gz", bytes(whole)))


def test_examine_refuses_a_gzip_bomb(tmp_path: Path) -> None:
    file = write_gzip(tmp_path / "f.csv.gz", "a,b\n" + "0" * 40_000_000)
    with pytest.raises(FileError, match="decompression bomb"):
        examine(file)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("f.csv", "[id],b\n1,2\n", "csv"),
        ("f", "a,b\n1,2\n", "csv"),
        ("f.txt", '{"a": 1}\n', "json_lines"),
        ("f.json", '[{"a": 1}]', "json"),
        ("f.json", '{"a": 1}\n{"a": 2}\n', "json_lines"),
        ("f.jsonl", '{"a": 1}\n', "json_lines"),
    ],
)
def test_examine_tells_the_kind(tmp_path: Path, name: str, content: str, kind: str) -> None:
    assert examine(write(tmp_path / name, content)).kind == kind
