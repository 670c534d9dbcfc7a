"""Reading shortlists, with the lists that their entries were taken from."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.models import Person, ShortlistEntry, Snapshot, Solution
from backend.records.queries import by_ids
from backend.shortlists.schemas import EntryOut
from backend.solutions.schemas import SolutionOut
from backend.solutions.service import show_solutions


def entries(session: Session, need_id: str) -> list[ShortlistEntry]:
    """The entries of a need's shortlist in their order."""
    wanted = select(ShortlistEntry).where(ShortlistEntry.need_id == need_id)
    ordered = wanted.order_by(ShortlistEntry.position, ShortlistEntry.solution_id)
    return list(session.scalars(ordered))


def show_entries(
    session: Session, listed: Sequence[ShortlistEntry], viewer: Viewer
) -> list[EntryOut]:
    """What the need's staff see of entries; a few queries for all.

    Of a solution that is no longer published only the title is left.
    """
    rows = by_ids(session, Solution, [entry.solution_id for entry in listed])
    public = [row for row in rows.values() if row.status == "published"]
    shown = {record.id: record for record in show_solutions(session, public, viewer)}
    names = _names(session, listed)
    results = results_of(session, listed)
    return [_show(entry, rows[entry.solution_id].title, shown, names, results) for entry in listed]


def _show(
    entry: ShortlistEntry,
    title: str,
    shown: Mapping[str, SolutionOut],
    names: Mapping[str, str],
    results: Mapping[str, Mapping[str, Any]],
) -> EntryOut:
    kept = ("solution_id", "position", "note", "decision", "reason", "snapshot_id")
    dated = ("added_at", "updated_at", "version")
    result = results.get(entry.solution_id)
    return EntryOut(
        **{name: getattr(entry, name) for name in (*kept, *dated)},
        title=title,
        band=result["band"] if result else None,
        added_by=names.get(entry.added_by or ""),
        record=shown.get(entry.solution_id),
    )


def _names(session: Session, listed: Sequence[ShortlistEntry]) -> dict[str, str]:
    people = {entry.added_by for entry in listed if entry.added_by}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def results_of(session: Session, listed: Sequence[ShortlistEntry]) -> dict[str, Mapping[str, Any]]:
    """What the list that each entry was taken from said of it, by solution."""
    ids = {entry.snapshot_id for entry in listed if entry.snapshot_id}
    rows = session.scalars(select(Snapshot).where(Snapshot.id.in_(ids)))
    kept = {row.id: row for row in rows}
    found = {
        entry.solution_id: result_of(kept[entry.snapshot_id], entry.solution_id)
        for entry in listed
        if entry.snapshot_id in kept
    }
    return {solution: result for solution, result in found.items() if result}


def result_of(kept: Snapshot, solution_id: str) -> Mapping[str, Any] | None:
    """What a kept list said of a solution; one that is nearly the same as another is in it too."""
    for result in kept.payload.get("results", ()):
        if result["id"] == solution_id:
            return dict(result)
        for other in result.get("similar", ()):
            if other["id"] == solution_id:
                return dict(other)
    return None
