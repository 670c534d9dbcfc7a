"""Imports one file, chunk by chunk: each chunk is one transaction.

Interrupted at any moment, it can be run again: what was committed is recognised by its source
and identifier, and left alone.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from backend.imports.answers import Resolutions
from backend.imports.batches import MOST_CHARS
from backend.imports.draft import Drafting
from backend.imports.limits import MAX_ROWS, FileError
from backend.imports.mapping import Origin, make_mapping
from backend.imports.places import gazetteer
from backend.imports.readers import open_table
from backend.imports.report import Note, Report
from backend.imports.save import Saver
from backend.imports.table import Row, Table
from backend.imports.targets import RecordKind
from backend.imports.write import Destination

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

CHUNK_ROWS = 500
# Encoding takes longer than the rest: chunks of so many characters, so that little is lost on
# interruption, and not smaller, so that texts of like length are encoded together.
CHUNK_CHARS_ENCODED = 2 * MOST_CHARS


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with a file. Without a `matcher`, records wait for `reindex`; without `lang`,
    the language of each row that does not say its own is detected."""

    kind: RecordKind
    source: str
    maps: Sequence[str] = ()
    lang: str | None = None
    status: str = "published"
    sheet: str | None = None
    dry_run: bool = False
    keep_edited: bool = False
    answers: Resolutions = field(default_factory=Resolutions)
    matcher: "Matcher | None" = None


@dataclass(slots=True)
class Summary:
    """Rows counted: read = created + updated + unchanged + refused."""

    how: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    warnings: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def rows_per_second(self) -> float:
        """Rows read in one second, on average."""
        return self.read / self.seconds if self.seconds else 0.0


OnProgress = Callable[[int, int, Summary], None]


def run_import(
    engine: Engine | None,
    path: Path,
    options: Options,
    report: Report,
    on_progress: OnProgress = lambda _position, _size, _summary: None,
) -> Summary:
    """Import `path`; with no `engine` (a dry run without a database) all rows are new.

    Raises FileError for a file that cannot be read, MappingError for a mapping that cannot be
    followed; nothing is written then.
    """
    started = time.perf_counter()
    table = open_table(path, options.sheet)
    with closing(table):
        origins = make_mapping(options.kind, options.maps, table.columns)
        drafting = _drafting(options, origins)
        where = Destination(options.kind, options.source, options.status, options.matcher)
        saver = Saver(engine, where, options.dry_run, options.keep_edited)
        summary = _described(table, origins)
        try:
            before = table.position()
            for rows in _chunks(table, CHUNK_CHARS_ENCODED if options.matcher else None):
                reached = table.position()
                saver.on_encoded = _between(before, reached, table.size, summary, on_progress)
                _take(rows, drafting, saver, report, summary)
                summary.seconds = time.perf_counter() - started
                on_progress(reached, table.size, summary)
                before = reached
        except KeyboardInterrupt:
            summary.interrupted = True
    summary.seconds = time.perf_counter() - started
    return summary


def _between(
    before: int, reached: int, size: int, summary: Summary, on_progress: OnProgress
) -> Callable[[float], None]:
    """Progress inside a chunk, whose encoding takes most of the time."""
    return lambda share: on_progress(int(before + (reached - before) * share), size, summary)


def _drafting(options: Options, origins: Mapping[str, Origin]) -> Drafting:
    places = gazetteer()
    options.answers.check(options.kind, places.by_code)
    return Drafting(options.kind, origins, places, options.answers, options.lang, _detect)


def _take(
    rows: Sequence[Row], drafting: Drafting, saver: Saver, report: Report, summary: Summary
) -> None:
    """Draft a chunk, write it, and count it once it is committed."""
    made = [drafting.draft(row) for row in rows]
    drafts = [draft for draft, _ in made if draft is not None]
    plan, failed = saver.save(drafts)
    report.add(note for _, notes in made for note in notes)
    report.add(Note(row, "", "", why, level="error") for row, why in failed)
    summary.read += len(rows)
    summary.created += len(plan.created)
    summary.updated += len(plan.updated)
    summary.unchanged += plan.unchanged
    summary.refused += len(rows) - len(drafts) + len(failed)
    summary.warnings = report.warnings


def _chunks(table: Table, most_chars: int | None) -> Iterator[list[Row]]:
    """Rows in lists of CHUNK_ROWS, or fewer when they hold more than `most_chars`."""
    rows: list[Row] = []
    held = 0
    for count, row in enumerate(table.rows, start=1):
        if count > MAX_ROWS:
            yield rows
            raise FileError(
                f"{table.name}: more than {MAX_ROWS:,} rows: these were imported, put the others "
                "in another file."
            )
        rows.append(row)
        held += len(str(row.cells)) if most_chars else 0
        if len(rows) == CHUNK_ROWS or (most_chars and held > most_chars):
            yield rows
            rows, held = [], 0
    if rows:
        yield rows


def _described(table: Table, origins: Mapping[str, Origin]) -> Summary:
    used = {column for origin in origins.values() for column in origin.columns}
    shown = {
        name: f":{origin.constant}" if origin.constant is not None else "+".join(origin.columns)
        for name, origin in origins.items()
    }
    unused = [column for column in table.columns if not _is_used(column, used)]
    # An object that is not used says enough: its parts need no naming.
    whole = [c for c in unused if not any(c.startswith(f"{other}.") for other in unused)]
    return Summary(how=table.how, mapping=shown, unused=whole)


def _is_used(column: str, used: set[str]) -> bool:
    return any(f"{u}.".startswith(f"{column}.") or column.startswith(f"{u}.") for u in used)


def _detect(text: str) -> str:
    from backend.matches.matcher import detect_language

    return detect_language(text)
