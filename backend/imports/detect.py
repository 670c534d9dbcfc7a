"""Find out what a file is from its content: kind, compression, encoding, separator."""

import codecs
import csv
import gzip
import io
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, cast

from backend.imports.limits import FileError, checked_chunks

Kind = Literal["csv", "json_lines", "json", "workbook"]
SEPARATORS = ",;\t|"
_SAMPLE_BYTES = 64 * 1024
_SAMPLE_ROWS = 50
_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NOT_TABLES = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file turned out to be. `encoding`, `bom_bytes` and `chars` matter for text only."""

    kind: Kind
    gzipped: bool
    encoding: str
    bom_bytes: int
    expanded_bytes: int
    chars: int


class Opened:
    """The content of a file, unpacked."""

    def __init__(self, path: Path, gzipped: bool) -> None:
        self._raw = path.open("rb")
        packed = gzip.GzipFile(fileobj=self._raw) if gzipped else self._raw
        self.content = cast("BinaryIO", packed)
        self._text: TextIO | None = None

    def text(self, shape: "Shape", newline: str) -> TextIO:
        """The content as text; what cannot be read becomes U+FFFD."""
        self.content.read(shape.bom_bytes)
        self._text = io.TextIOWrapper(
            self.content, shape.encoding, errors="replace", newline=newline
        )
        return self._text

    def close(self) -> None:
        """Close all layers."""
        if self._text is not None:
            self._text.close()
        self.content.close()
        self._raw.close()


def examine(path: Path) -> Shape:
    """Read the whole file once in bounded memory; nothing is kept.

    Raises FileError for what is absent, empty, not a table, damaged or oversized.
    """
    name, size = path.name, _size(path)
    with path.open("rb") as start:
        gzipped = start.read(2) == _GZIP
    with closing(Opened(path, gzipped)) as opened:
        sample, expanded, guess = _scan(name, opened.content, size)
    if not sample.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise FileError(f"{name}: the file is empty: there is nothing to import.")
    if sample.startswith(_ZIP):
        return Shape("workbook", gzipped, "", 0, expanded, 0)
    _refuse_other_formats(name, sample)
    encoding, bom_bytes = guess.result(name, sample)
    text = sample[bom_bytes:].decode(encoding, errors="replace")
    chars = guess.count_chars(encoding, expanded)
    return Shape(_text_kind(path, text), gzipped, encoding, bom_bytes, expanded, chars)


def find_separator(text: str) -> str:
    """The separator that splits the most lines of `text` into the same number of cells."""
    best, best_score = ",", (0.0, 0)
    for separator in SEPARATORS:
        try:
            read = csv.reader(text.splitlines(keepends=True), delimiter=separator)
            rows = [row for row in read if row][:_SAMPLE_ROWS]
        except csv.Error:
            continue
        if not rows or (width := len(rows[0])) < 2:
            continue
        counts = Counter(map(len, rows))
        score = (counts[width] / counts.total(), width)
        if score > best_score:
            best, best_score = separator, score
    return best


class _Encoding:
    """Counts, over the whole file, the bytes that UTF-8 can and cannot read."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._good = self._bad = self._chars = 0

    def feed(self, chunk: bytes, final: bool = False) -> None:
        pending = self._decoder.getstate()[0]
        if not pending and chunk.isascii():
            self._chars += len(chunk)
            return
        text = self._decoder.decode(chunk, final)
        bad = text.count("\ufffd")
        self._bad += bad
        self._chars += len(text)
        self._good += len(text) - len(text.encode("ascii", "ignore")) - bad

    def result(self, name: str, sample: bytes) -> tuple[str, int]:
        """(codec, length of the byte order mark)."""
        bom = 3 if sample.startswith(codecs.BOM_UTF8) else 0
        if sample[:2] in _UTF16 and sample[:4] != codecs.BOM_UTF32_LE:
            return _UTF16[sample[:2]], 2
        nuls = sample.count(0)
        if nuls * 4 > len(sample):
            return ("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"), 0
        if nuls:
            raise FileError(f"{name}: this is not a text file: export it as CSV in UTF-8.")
        # A few unreadable bytes among many good ones: a damaged UTF-8 file, not another encoding.
        return ("utf-8" if self._bad * 10 <= max(self._good - bom // 3, 0) else "cp1252"), bom

    def count_chars(self, encoding: str, expanded_bytes: int) -> int:
        """How many characters the file holds."""
        if encoding == "utf-8":
            return self._chars
        return expanded_bytes if encoding == "cp1252" else expanded_bytes // 2


def _scan(name: str, content: BinaryIO, size: int) -> tuple[bytes, int, _Encoding]:
    sample, expanded, guess = b"", 0, _Encoding()
    for chunk in checked_chunks(name, content, size):
        if len(sample) < _SAMPLE_BYTES:
            sample += chunk[: _SAMPLE_BYTES - len(sample)]
        expanded += len(chunk)
        guess.feed(chunk)
    guess.feed(b"", final=True)
    return sample, expanded, guess


def _size(path: Path) -> int:
    if not path.is_file():
        raise FileError(f"{path}: there is no such file: check the path.")
    size = path.stat().st_size
    if size == 0:
        raise FileError(f"{path.name}: the file is empty: there is nothing to import.")
    return size


def _refuse_other_formats(name: str, sample: bytes) -> None:
    if sample.startswith(_OLE):
        raise FileError(
            f"{name}: this is an old Excel workbook or one with a password: "
            "save it as .xlsx without a password, or as CSV."
        )
    for magic, what in _NOT_TABLES.items():
        if sample.startswith(magic):
            raise FileError(f"{name}: this is {what}, not a table: export CSV, XLSX or JSON.")


def _text_kind(path: Path, text: str) -> Kind:
    names = {suffix.lower() for suffix in path.suffixes}
    if names & {".csv", ".tsv"}:
        return "csv"
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "[" and not names & {".jsonl", ".ndjson"}:
        return "json"
    if start == "{" or names & {".jsonl", ".ndjson", ".json"}:
        return "json_lines"
    return "csv"
