"""Imports one file, chunk by chunk: each chunk is one transaction.

Interrupted at any moment, it can be run again: what was committed is recognised by its source
and identifier, and left alone.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from backend.database import reading, writing
from backend.imports.draft import Draft, Drafting
from backend.imports.limits import MAX_ROWS, FileProblem
from backend.imports.link import OrganisationIds
from backend.imports.mapping import Origin, make_mapping
from backend.imports.places import gazetteer
from backend.imports.readers import open_table
from backend.imports.report import Note, Report
from backend.imports.resolve import Resolutions
from backend.imports.table import Row, Table
from backend.imports.targets import RecordKind
from backend.imports.write import Plan, Raced, make_plan, texts_to_encode, write_plan

if TYPE_CHECKING:
    from backend.matches.matcher import Encoded, Matcher

CHUNK_ROWS = 500
# Encoding takes longer than the rest: small chunks, so that little is lost on interruption.
CHUNK_ROWS_ENCODED = 64
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with a file. Without `matcher`, records wait for `reindex`."""

    kind: RecordKind
    source: str
    maps: Sequence[str] = ()
    lang: str | None = None
    status: str = "published"
    sheet: str | None = None
    dry_run: bool = False
    keep_edited: bool = False
    answers: Resolutions = field(default_factory=Resolutions)


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
    matcher: "Matcher | None" = None,
    on_progress: OnProgress = lambda _position, _size, _summary: None,
    detect: Callable[[str], str] | None = None,
) -> Summary:
    """Import `path`; with no `engine` (a dry run without a database) all rows are new.

    Raises FileProblem for a file that cannot be read, MappingProblem for a mapping that cannot
    be followed; nothing is written then.
    """
    started = time.perf_counter()
    table = open_table(path, options.sheet)
    with closing(table):
        origins = make_mapping(options.kind, options.maps, table.columns)
        summary = _described(table, origins)
        work = _Work(engine, options, report, matcher, summary)
        places = gazetteer()
        options.answers.check(options.kind, set(places.by_code))
        drafting = Drafting(
            options.kind,
            origins,
            places,
            options.answers,
            options.lang,
            options.status,
            detect or _detect,
        )
        size = CHUNK_ROWS_ENCODED if matcher else CHUNK_ROWS
        try:
            for rows in _chunks(table, size):
                work.take(drafting, rows)
                summary.seconds = time.perf_counter() - started
                on_progress(table.position(), table.size, summary)
        except KeyboardInterrupt:
            summary.interrupted = True
    summary.seconds = time.perf_counter() - started
    return summary


@dataclass(slots=True)
class _Work:
    """The state that chunks share."""

    engine: Engine | None
    options: Options
    report: Report
    matcher: "Matcher | None"
    summary: Summary
    organisations: OrganisationIds = field(default_factory=OrganisationIds)

    def take(self, drafting: Drafting, rows: Sequence[Row]) -> None:
        """Draft a chunk, write it, and count once it is committed."""
        made = [drafting.draft(row) for row in rows]
        drafts = [draft for draft, _ in made if draft is not None]
        plan, failed = self._save(drafts)
        self.report.add(note for _, notes in made for note in notes)
        self.report.add(failed)
        summary = self.summary
        summary.read += len(rows)
        summary.created += len(plan.created)
        summary.updated += len(plan.updated)
        summary.unchanged += plan.unchanged
        summary.refused += len(rows) - len(drafts) + len(failed)
        summary.warnings = self.report.warnings

    def _save(self, drafts: Sequence[Draft]) -> tuple[Plan, list[Note]]:
        """Write a chunk whole; if the database refuses it, row by row."""
        try:
            return self._write(drafts), []
        except (DataError, IntegrityError):
            return self._one_by_one(drafts)

    def _one_by_one(self, drafts: Sequence[Draft]) -> tuple[Plan, list[Note]]:
        whole, failed = Plan(), []
        for draft in drafts:
            try:
                plan = self._write([draft])
            except (DataError, IntegrityError) as error:
                why = f"the database refuses it: {str(error.orig).strip()}"
                failed.append(Note(draft.row, "", draft.external_id, why, level="error"))
            else:
                whole.created += plan.created
                whole.updated += plan.updated
                whole.unchanged += plan.unchanged
        return whole, failed

    def _write(self, drafts: Sequence[Draft]) -> Plan:
        for attempt in range(_ATTEMPTS):
            try:
                return self._attempt(drafts)
            except (Raced, IntegrityError):
                # Another import or an edit came in between: look again at what is stored.
                self.organisations.undo()
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _attempt(self, drafts: Sequence[Draft]) -> Plan:
        options = self.options
        if self.engine is None or not drafts:
            return Plan(created=list(drafts))
        with reading(self.engine) as session:
            plan = make_plan(session, options.kind, options.source, drafts, options.keep_edited)
            encoded = {} if options.dry_run else self._encode(session, plan)
        if options.dry_run or not plan.drafts:
            return plan
        with writing(self.engine) as session:
            again = make_plan(session, options.kind, options.source, drafts, options.keep_edited)
            write_plan(
                session,
                options.kind,
                options.source,
                options.status,
                again,
                self.organisations,
                encoded,
                self.matcher,
            )
        self.organisations.keep()
        return again

    def _encode(self, session: Session, plan: Plan) -> "dict[str, Encoded]":
        """Vectors by text, made before the write transaction so that it is short."""
        if self.matcher is None:
            return {}
        texts = texts_to_encode(session, self.options.kind, plan, self.matcher)
        session.rollback()
        vectors = self.matcher.encode(self.options.kind, texts) if texts else []
        return dict(zip(texts, vectors, strict=True))


def _chunks(table: Table, size: int) -> Iterator[list[Row]]:
    count = 0
    while rows := list(islice(table.rows, size)):
        count += len(rows)
        if count > MAX_ROWS:
            raise FileProblem(
                f"{table.name}: more than {MAX_ROWS:,} rows: the first {count - len(rows):,} were "
                "read; split the file."
            )
        yield rows


def _described(table: Table, origins: dict[str, Origin]) -> Summary:
    used = {column for origin in origins.values() for column in origin.columns}
    shown = {
        name: f":{origin.constant}" if origin.constant is not None else "+".join(origin.columns)
        for name, origin in origins.items()
    }
    unused = [
        column
        for column in table.columns
        if not any(column == other or other.startswith(f"{column}.") for other in used)
    ]
    return Summary(how=table.how, mapping=shown, unused=unused)


def _detect(text: str) -> str:
    from backend.matches.matcher import detect_language  # noqa: PLC0415

    return detect_language(text)
