"""The demo records and their rivals in a database, with a matcher over it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, update

from backend.database import create_engine, writing
from backend.imports.report import Report
from backend.imports.run import Options, run_import
from backend.imports.targets import RecordKind
from backend.matches.matcher import Matcher
from backend.migrations import upgrade
from backend.models import Solution
from backend.revisions import next_revision
from backend.settings import Settings
from backend.territories.load import load_territories
from matching.types import Embedder

DATA: Final = Path(__file__).parents[2] / "data"
SOURCE: Final = "demo"


@contextmanager
def filled(folder: Path, embedder: Embedder) -> Iterator[tuple[Engine, Matcher]]:
    """A database with the demo records and their rivals, and a matcher over it."""
    engine = create_engine(f"sqlite:///{folder / 'facts.db'}")
    upgrade(engine)
    matcher = Matcher(Settings(data_dir=folder), embedder)
    with writing(engine) as session:
        load_territories(session)
    rivals, updated = _rivals(folder)
    files: list[tuple[RecordKind, Path]] = [
        ("need", DATA / "samples" / "needs.jsonl"),
        ("solution", DATA / "samples" / "solutions.jsonl"),
        ("solution", rivals),
    ]
    for kind, file in files:
        options = Options(kind, SOURCE, matcher=matcher)
        with Report(None) as report:
            run_import(engine, file, options, report, lambda *_: None)
    _date(engine, updated)
    yield engine, matcher
    engine.dispose()


def _rivals(folder: Path) -> tuple[Path, dict[str, str]]:
    """The rivals as the importer takes them, and the day on which each last changed."""
    text = (DATA / "judgements" / "rivals.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in text.splitlines()]
    updated = {record["external_id"]: record.pop("updated") for record in records}
    file = folder / "rivals.jsonl"
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
    file.write_text("".join(lines), encoding="utf-8")
    return file, updated


def _date(engine: Engine, updated: Mapping[str, str]) -> None:
    with writing(engine) as session:
        for record, day in updated.items():
            changed = update(Solution).where(Solution.external_id == record)
            at = datetime.fromisoformat(day).replace(tzinfo=UTC)
            session.execute(changed.values(updated_at=at, revision=next_revision(session)))
