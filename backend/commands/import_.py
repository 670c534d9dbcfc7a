"""`passerelle import`: a file of solutions or needs into the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from backend.commands.common import (
    ASIDE,
    OUT,
    Exit,
    Kind,
    environment,
    existing_database,
    fail,
    load_matcher,
    open_database,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.imports.report import Report
    from backend.imports.run import Options, Summary

_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".ods", ".jsonl", ".ndjson", ".json", ".gz"}


def import_file(  # noqa: PLR0913, PLR0917 - each option is a parameter
    kind: Annotated[Kind, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON Lines or JSON; may be gzipped.")],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN",
            help="Which column fills a field. Several: a+b. A constant: lang=:fr. Nothing: field=.",
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="Name of the source; the file's name by default.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language of the texts (fr, en...); detected by default.")
    ] = None,
    status: Annotated[str, typer.Option(help="Of new records: published or draft.")] = "published",
    sheet: Annotated[str | None, typer.Option(help="Sheet of a workbook.")] = None,
    resolutions: Annotated[
        Path | None,
        typer.Option(help="Answers: CSV of field, value, code, or a report with code filled in."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Where to write what a person should look at (CSV).")
    ] = None,
    defer_encoding: Annotated[
        bool, typer.Option("--defer-encoding", help="Leave the encoding to `reindex`.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing, say what would happen.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Import a file. Run again, it only takes what has changed; bad rows do not stop good ones.

    Exits with 0 when all rows are imported, 1 when some are refused, 2 when the command or the
    mapping is wrong, 3 when the file or the machine is at fault.
    """
    _check_words(lang, status)
    from backend.imports.answers import Resolutions, read_resolutions
    from backend.imports.run import Options

    with environment(), _file_errors():
        answers = read_resolutions(resolutions) if resolutions else Resolutions()
        engine = existing_database() if dry_run else open_database()
        options = Options(
            kind="solution" if kind is Kind.SOLUTIONS else "need",
            source=source or _source_of(file),
            maps=maps or (),
            lang=lang,
            status=status,
            sheet=sheet,
            dry_run=dry_run,
            answers=answers,
            matcher=None if dry_run or defer_encoding else load_matcher(),
        )
        written = report or (None if dry_run else _report_path(options.source))
        summary, notes = _import(engine, file, options, written, keep=report is not None)
    _show(summary, notes, as_json=as_json, dry_run=dry_run, deferred=defer_encoding)
    if summary.interrupted:
        fail("Interrupted: run the same command again to go on.", Exit.INTERRUPTED)
    raise typer.Exit(Exit.UNMET if summary.refused else Exit.OK)


def _check_words(lang: str | None, status: str) -> None:
    if lang is not None and not re.fullmatch(r"[a-z]{2}", lang):
        fail(f"--lang {lang}: give two letters, such as fr or en.", Exit.USAGE)
    if status not in ("published", "draft"):
        fail(f"--status {status}: give published or draft.", Exit.USAGE)


def _import(
    engine: "Engine | None", file: Path, options: "Options", path: Path | None, keep: bool
) -> "tuple[Summary, Report]":
    """Run the import with a progress bar; an empty report that nobody asked for is removed."""
    from backend.imports.report import Report
    from backend.imports.run import run_import

    with Report(path) as report, progress_bar() as bar:
        task = bar.add_task(file.name, total=None, detail="")

        def show(position: int, size: int, summary: "Summary") -> None:
            detail = f"{summary.read:,} rows"
            bar.update(task, completed=position, total=size, detail=detail)

        summary = run_import(engine, file, options, report, show)
    if engine is not None:
        engine.dispose()
    if path is not None and not keep and not (report.warnings or report.refused_rows):
        path.unlink()
        report.path = None
    return summary, report


@contextmanager
def _file_errors() -> Iterator[None]:
    from backend.imports.limits import FileError
    from backend.imports.mapping import MappingError

    try:
        yield
    except FileError as error:
        fail(str(error), Exit.ENVIRONMENT)
    except MappingError as error:
        fail(str(error), Exit.USAGE)


def _source_of(file: Path) -> str:
    name = file.name
    while (suffix := Path(name).suffix).lower() in _SUFFIXES:
        name = name[: -len(suffix)]
    return name[:100] or "import"


def _report_path(source: str) -> Path:
    from backend.settings import get_settings

    folder = get_settings().data_dir / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder / f"{re.sub(r'[^A-Za-z0-9_.-]+', '_', source)}-{stamp}.csv"


def _show(
    summary: "Summary", report: "Report", *, as_json: bool, dry_run: bool, deferred: bool
) -> None:
    if as_json:
        print_json(_plain(summary, report, dry_run=dry_run))
        return
    table = Table(title="What would be done" if dry_run else None, show_header=False, box=None)
    for name in ("read", "created", "updated", "unchanged", "refused", "warnings"):
        table.add_row(name, f"{getattr(summary, name):,}")
    table.add_row("seconds", f"{summary.seconds:.1f} ({summary.rows_per_second:,.0f} rows/s)")
    OUT.print(summary.how, highlight=False)
    OUT.print("; ".join(f"{field} <- {origin}" for field, origin in summary.mapping.items()))
    if summary.unused:
        OUT.print(f"Not used: {', '.join(summary.unused)}", highlight=False)
    OUT.print(table)
    _show_reasons(report)
    if deferred and not dry_run and summary.created + summary.updated:
        ASIDE.print("Not encoded yet: `passerelle reindex` makes these records searchable.")


def _show_reasons(report: "Report") -> None:
    if not report.by_reason:
        return
    reasons = Table("rows", "level", "field", "why", title="To look at")
    for (level, field, why), count in report.by_reason.most_common(20):
        reasons.add_row(f"{count:,}", level, field, why)
    OUT.print(reasons)
    if report.path is not None:
        OUT.print(f"Each row and its reason: {report.path}", soft_wrap=True, highlight=False)


def _plain(summary: "Summary", report: "Report", *, dry_run: bool) -> dict[str, Any]:
    reasons = [
        {"level": level, "field": field, "why": why, "rows": count}
        for (level, field, why), count in report.by_reason.most_common()
    ]
    return {
        **asdict(summary),
        "rows_per_second": round(summary.rows_per_second, 1),
        "dry_run": dry_run,
        "reasons": reasons,
        "examples": [asdict(note) for note in report.examples],
        "report": str(report.path) if report.path else None,
    }
