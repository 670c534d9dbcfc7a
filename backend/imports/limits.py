"""What a file may be at most. Checked before any row is read, so that nothing is half done."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

KIB, MIB = 1024, 1024 * 1024
MAX_ROWS = 1_000_000
MAX_CELL_CHARS = 1_000_000
MAX_LINE_CHARS = 8_000_000
MAX_JSON_BYTES = 200 * MIB
MAX_EXPANDED_BYTES = 4096 * MIB
MAX_WORKBOOK_BYTES = 400 * MIB
MAX_WORKBOOK_ENTRIES = 5_000
# Deflate can reach 1,000 to 1; tables of text stay under 30. Small files are let through.
MAX_RATIO = 150
RATIO_FREE_BYTES = 32 * MIB
CHUNK_BYTES = 256 * KIB


class FileError(Exception):
    """A file that cannot be imported at all: one sentence naming the place and what to do."""


def checked_chunks(name: str, stream: BinaryIO, packed_bytes: int) -> Iterator[bytes]:
    """The content of `stream` (gzip already opened, or plain) in chunks.

    Raises FileError when a gzip stream is cut short, damaged, or expands without measure.
    """
    expanded = 0
    while chunk := _read(name, stream):
        expanded += len(chunk)
        if expanded > MAX_EXPANDED_BYTES or _too_dense(expanded, packed_bytes):
            raise FileError(
                f"{name}: {packed_bytes:,} bytes expand to more than {expanded:,}: this looks like "
                "a decompression bomb and was not read. Unpack it yourself if you trust it."
            )
        yield chunk


def check_workbook(name: str, path: Path) -> None:
    """Refuse a workbook (a zip archive) that is cut short, damaged, or a zip bomb.

    Every entry is expanded once, without keeping it: declared sizes can lie.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_declared(name, archive, path.stat().st_size)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileError(
            f"{name}: the workbook is damaged, cut short or protected by a password: "
            "download or save it again."
        ) from error
    if damaged is not None:
        raise FileError(
            f"{name}: the part {damaged} of the workbook is damaged: save the file again."
        )


def _check_declared(name: str, archive: zipfile.ZipFile, packed_bytes: int) -> None:
    entries = archive.infolist()
    expanded = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_WORKBOOK_ENTRIES:
        problem = f"holds {len(entries):,} parts (at most {MAX_WORKBOOK_ENTRIES:,})"
    elif expanded > MAX_WORKBOOK_BYTES:
        problem = f"expands to {expanded:,} bytes (at most {MAX_WORKBOOK_BYTES:,})"
    elif _too_dense(expanded, packed_bytes):
        problem = f"expands to {expanded:,} bytes, {expanded // packed_bytes} times its size"
    else:
        return
    raise FileError(
        f"{name}: the workbook {problem}: this looks like a zip bomb and was not read. "
        "Save the sheet as CSV if you trust it."
    )


def _too_dense(expanded: int, packed: int) -> bool:
    return expanded > RATIO_FREE_BYTES and expanded > packed * MAX_RATIO


def _read(name: str, stream: BinaryIO) -> bytes:
    try:
        return stream.read(CHUNK_BYTES)
    except EOFError as error:
        raise FileError(
            f"{name}: the gzip file is cut short: download or copy it again."
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileError(f"{name}: the gzip file is damaged: download it again.") from error
