"""Imports a file and looks at what came of it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, selectinload

from backend.imports.report import Report
from backend.imports.run import Options, Summary, run_import
from backend.models import Need


def load(engine: Engine | None, path: Path, **options: Any) -> tuple[Summary, Report]:
    """Import a file of needs in French, whose source is called test."""
    chosen = Options(**{"kind": "need", "source": "test", "lang": "fr", **options})
    with Report(None) as report:
        return run_import(engine, path, chosen, report), report


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Rows created, updated, unchanged, refused: together all that were read."""
    total = summary.created + summary.updated + summary.unchanged + summary.refused
    assert summary.read == total
    return summary.created, summary.updated, summary.unchanged, summary.refused


def needs(session: Session) -> list[Need]:
    """All needs, by external identifier."""
    wanted = select(Need).options(selectinload(Need.facets)).order_by(Need.external_id)
    return list(session.scalars(wanted))


def count(session: Session, model: type) -> int:
    """The rows of a table."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def item(number: int, **changes: Any) -> dict[str, Any]:
    """A need as a file holds it."""
    return {"id": f"n{number}", "title": f"Besoin {number}", "themes": ["mobility"], **changes}
