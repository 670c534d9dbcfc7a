"""Operators mend organisations: wrong facts, and the same one registered twice."""

from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Table, and_, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.dependencies import stale
from backend.folding import fold
from backend.ids import is_id
from backend.models import Base, Membership, Need, Organisation, Solution
from backend.models.base import now
from backend.organisations.keeping_schemas import (
    DirectoryItem,
    DirectoryPage,
    DirectoryQuery,
    OrganisationPatch,
)
from backend.organisations.service import BY_NAME, by_siren
from backend.problems import InvalidField, Problem, not_found
from backend.records.paging import fetch_page
from backend.revisions import next_revision
from backend.territories.service import check_codes

FILLED = ("siren", "territory", "website")


def list_directory(session: Session, query: DirectoryQuery) -> DirectoryPage:
    """Organisations by name with what hangs on each; with `twins`, those that share a name only."""
    wanted = select(Organisation)
    if query.twins:
        other = aliased(Organisation)
        same = and_(other.sort_name == Organisation.sort_name, other.id != Organisation.id)
        wanted = wanted.where(exists().where(same))
    words = fold(query.q)
    if words:
        named = Organisation.sort_name.contains(words, autoescape=True)
        wanted = wanted.where(named | (Organisation.siren == words.replace(" ", "")))
    page = fetch_page(session, wanted, BY_NAME, "name", query.limit, query.cursor)
    ids = [row.id for row in page.rows]
    counts = {
        "solutions": _count(session, Solution.organisation_id, ids),
        "needs": _count(session, Need.organisation_id, ids),
        "members": _count(session, Membership.organisation_id, ids),
    }
    names = _count(session, Organisation.sort_name, [row.sort_name for row in page.rows])
    items = [
        DirectoryItem.model_validate(row).model_copy(
            update={
                **{name: found.get(row.id, 0) for name, found in counts.items()},
                "twins": names[row.sort_name] - 1,
            }
        )
        for row in page.rows
    ]
    return DirectoryPage(items=items, next_cursor=page.next_cursor, total=page.total)


def change_organisation(
    session: Session, organisation_id: str, version: int, patch: OrganisationPatch, viewer: Viewer
) -> Organisation:
    """Change the facts that `patch` gives. Without any difference, nothing is written.

    Raises Problem 404, 409 (the SIREN is another's), 412 (not at `version`), InvalidField (422).
    """
    given = patch.model_dump(exclude_unset=True)
    check_codes(session, "territory", [given.get("territory")])
    begin_write(session)
    organisation = _locked(session, organisation_id)
    if organisation.version != version:
        raise stale(organisation.version, version)
    _refuse_siren_of_another(session, organisation, given.get("siren"))
    changed = {
        name: [getattr(organisation, name), value]
        for name, value in given.items()
        if getattr(organisation, name) != value
    }
    if changed:
        _set(session, organisation, {name: pair[1] for name, pair in changed.items()})
        told = {"changed": to_jsonable_python(changed)}
        record(session, viewer.actor, "update", "organisation", organisation.id, told)
    return organisation


def merge(
    session: Session, organisation_id: str, version: int, into: str, viewer: Viewer
) -> Organisation:
    """Move all that belongs to an organisation to another, and delete it; the one that stays.

    Raises Problem 404, 409 (two SIRENs are two organisations), 412 (not at `version`),
    InvalidField (422) when the other does not exist.
    """
    begin_write(session)
    source = _locked(session, organisation_id)
    if source.version != version:
        raise stale(source.version, version)
    kept = session.get(Organisation, into, with_for_update=True) if is_id(into) else None
    if kept is None or kept.id == source.id:
        raise InvalidField("into", "unknown_organisation", value=into)
    if source.siren and kept.siren and source.siren != kept.siren:
        raise Problem(409, "conflict", "two-sirens")
    told: dict[str, Any] = {"merged": {"id": source.id, "name": source.name, "siren": source.siren}}
    told["moved"] = _move_all(session, source.id, kept.id)
    missing = {name: getattr(source, name) for name in FILLED if getattr(kept, name) is None}
    session.delete(source)
    session.flush()
    _set(session, kept, missing)
    record(session, viewer.actor, "merge", "organisation", kept.id, told)
    return kept


def _move_all(session: Session, source: str, kept: str) -> dict[str, int]:
    """Point whatever names `source` to `kept`; how many rows of each table."""
    moved = {"membership": _move_memberships(session, source, kept)}
    for table in Base.metadata.sorted_tables:
        if table.name == "membership":
            continue
        for column in _pointers(table):
            values: dict[Any, Any] = {column: kept}
            if table.name in {"solution", "need"}:
                values[table.c.revision] = next_revision(session)
            done = session.execute(update(table).where(column == source).values(values))
            moved[table.name] = done.rowcount  # type: ignore[attr-defined]
    return {name: number for name, number in moved.items() if number}


def _pointers(table: Table) -> list[Any]:
    wanted = Organisation.__table__.c.id
    return [key.parent for key in table.foreign_keys if key.column is wanted]


def _move_memberships(session: Session, source: str, kept: str) -> int:
    """Who acts for both acts for the one that stays; an accepted request stays accepted."""
    found = session.scalars(select(Membership).where(Membership.organisation_id == source)).all()
    for row in found:
        same = session.get(Membership, (row.person_id, kept, row.role))
        if same is None:
            session.add(
                Membership(
                    person_id=row.person_id,
                    organisation_id=kept,
                    role=row.role,
                    status=row.status,
                    created_at=row.created_at,
                )
            )
        elif row.status == "active":
            same.status = "active"
    session.flush()
    session.execute(delete(Membership).where(Membership.organisation_id == source))
    return len(found)


def _set(session: Session, organisation: Organisation, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.sort_name = fold(organisation.name)[:200]
    organisation.version += 1
    organisation.updated_at = now()
    session.flush()


def _locked(session: Session, organisation_id: str) -> Organisation:
    known = is_id(organisation_id)
    found = session.get(Organisation, organisation_id, with_for_update=True) if known else None
    if found is None:
        raise not_found("organisation", organisation_id)
    return found


def _refuse_siren_of_another(
    session: Session, organisation: Organisation, siren: str | None
) -> None:
    other = by_siren(session, siren) if siren else None
    if other is not None and other.id != organisation.id:
        raise Problem(409, "conflict", "duplicate", what="SIREN", value=siren)


def _count(session: Session, column: Any, values: list[str]) -> dict[str, int]:
    rows = session.execute(select(column, func.count()).where(column.in_(values)).group_by(column))
    return dict(rows.all())
