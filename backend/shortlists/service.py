"""Keeps candidates for a need, with notes, an order and decisions."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.accounts.access import check
from backend.accounts.viewer import Viewer
from backend.activity.service import record as trace
from backend.database import begin_write
from backend.dependencies import stale
from backend.models import Need, Person, ShortlistEntry, Snapshot
from backend.models.base import now
from backend.problems import InvalidField, Problem, not_found
from backend.records.queries import get_bare
from backend.shortlists.queries import entries, result_of, show_entries
from backend.shortlists.schemas import MOST, EntryIn, EntryOut, EntryPatch, ShortlistOut


def get_shortlist(session: Session, need_id: str, viewer: Viewer) -> ShortlistOut:
    """The shortlist of a need. Raises Problem 404."""
    need = get_bare(session, Need, need_id)
    items = show_entries(session, entries(session, need_id), viewer)
    return ShortlistOut(need_id=need.id, need_title=need.title, items=items)


def keep(
    session: Session, need_id: str, solution_id: str, data: EntryIn, viewer: Viewer
) -> EntryOut:
    """Put a solution last on the shortlist; one that is on it already stays as it is.

    Raises Problem 404 for a solution the viewer does not see, 409 when the list is full,
    InvalidField (422) for a list that did not show it.
    """
    check(session, viewer, "read_solution", solution_id)
    _check_snapshot(session, need_id, solution_id, data.snapshot_id)
    begin_write(session)
    _lock(session, need_id)
    entry = session.get(ShortlistEntry, (need_id, solution_id))
    if entry is None:
        entry = _add(session, need_id, solution_id, data, viewer)
        told = {"need": need_id, "snapshot": data.snapshot_id}
        trace(session, viewer.actor, "shortlist", "solution", solution_id, told)
    return show_entries(session, [entry], viewer)[0]


def _add(
    session: Session, need_id: str, solution_id: str, data: EntryIn, viewer: Viewer
) -> ShortlistEntry:
    held = select(func.count()).where(ShortlistEntry.need_id == need_id)
    count = session.scalar(held) or 0
    if count >= MOST:
        raise Problem(409, "conflict", "shortlist-full", most=MOST)
    known = viewer.person_id and session.get(Person, viewer.person_id)
    entry = ShortlistEntry(
        need_id=need_id,
        solution_id=solution_id,
        position=count + 1,
        note=data.note,
        snapshot_id=data.snapshot_id,
        added_by=viewer.person_id if known else None,
    )
    session.add(entry)
    session.flush()
    return entry


def change(
    session: Session,
    need_id: str,
    solution_id: str,
    version: int,
    patch: EntryPatch,
    viewer: Viewer,
) -> EntryOut:
    """Change note, place or decision. Without any difference, nothing is written.

    Raises Problem 404, or 412 when somebody else changed it since `version`.
    """
    begin_write(session)
    _lock(session, need_id)
    entry = _entry(session, need_id, solution_id)
    if entry.version != version:
        raise stale(entry.version, version)
    given = {name: getattr(patch, name) for name in patch.model_fields_set}
    position = given.pop("position", None)
    changed = [name for name, value in given.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, given[name])
    if position is not None and _move(session, entry, position):
        changed.append("position")
    if changed:
        entry.version += 1
        entry.updated_at = now()
        told = {"need": need_id, "changed": sorted(changed), "decision": entry.decision}
        trace(session, viewer.actor, "update_shortlist", "solution", solution_id, told)
        session.flush()
    return show_entries(session, [entry], viewer)[0]


def remove(session: Session, need_id: str, solution_id: str, viewer: Viewer) -> None:
    """Take a solution off the shortlist; a repeat is harmless."""
    begin_write(session)
    _lock(session, need_id)
    key = ShortlistEntry.need_id == need_id, ShortlistEntry.solution_id == solution_id
    gone = session.scalar(delete(ShortlistEntry).where(*key).returning(ShortlistEntry.position))
    if gone is None:
        return
    _renumber(entries(session, need_id))
    trace(
        session, viewer.actor, "remove_from_shortlist", "solution", solution_id, {"need": need_id}
    )


def _lock(session: Session, need_id: str) -> None:
    """One change of a shortlist at a time, so that places stay 1, 2, 3..."""
    session.execute(select(Need.id).where(Need.id == need_id).with_for_update())


def _entry(session: Session, need_id: str, solution_id: str) -> ShortlistEntry:
    entry = session.get(ShortlistEntry, (need_id, solution_id))
    if entry is None:
        raise not_found("shortlist_entry", solution_id)
    return entry


def _move(session: Session, entry: ShortlistEntry, position: int) -> bool:
    """Put an entry in its new place, the others after each other; whether that is another."""
    former = entry.position
    others = [one for one in entries(session, entry.need_id) if one is not entry]
    _renumber([*others[: position - 1], entry, *others[position - 1 :]])
    return entry.position != former


def _renumber(listed: Sequence[ShortlistEntry]) -> None:
    for place, entry in enumerate(listed, start=1):
        entry.position = place


def _check_snapshot(
    session: Session, need_id: str, solution_id: str, snapshot_id: str | None
) -> None:
    if snapshot_id is None:
        return
    kept = session.get(Snapshot, snapshot_id)
    if kept is None or kept.subject_id != need_id or result_of(kept, solution_id) is None:
        raise InvalidField("snapshot_id", "unknown_snapshot", value=snapshot_id)
