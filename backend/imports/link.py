"""Finds or creates the organisations that drafts name, each once."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from backend.ids import uuid7
from backend.imports.draft import Draft
from backend.models import Activity, Organisation
from backend.organisations.schemas import OrganisationIn

Key = tuple[str, ...]


class _Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def siren(self) -> str | None: ...
    @property
    def territory(self) -> str | None: ...


class OrganisationIds:
    """Ids of organisations by what identifies them. `undo` forgets what a rolled-back
    transaction had created."""

    def __init__(self) -> None:
        self._ids: dict[Key, str] = {}
        self._fresh: list[Key] = []

    def get(self, organisation: _Named | None) -> str | None:
        """The id; None for no organisation, or one that is not known.

        One with a SIREN is never taken for one with another, whatever its name.
        """
        if organisation is None:
            return None
        name = name_key(organisation)
        if organisation.siren:
            return self._ids.get(("siren", organisation.siren)) or self._ids.get(("bare", *name))
        return self._ids.get(("any", *name))

    def put(self, organisation: _Named, organisation_id: str) -> None:
        """Remember, until `undo`."""
        name = name_key(organisation)
        own = ("siren", organisation.siren) if organisation.siren else ("bare", *name)
        for key in (own, ("any", *name)):
            if key not in self._ids:
                self._ids[key] = organisation_id
                self._fresh.append(key)

    def keep(self) -> None:
        """The transaction was committed."""
        self._fresh.clear()

    def undo(self) -> None:
        """The transaction was rolled back."""
        for key in self._fresh:
            self._ids.pop(key, None)
        self._fresh.clear()


def name_key(organisation: _Named) -> Key:
    """What identifies an organisation without a SIREN: its name, kind and place together."""
    return (organisation.name, organisation.kind, organisation.territory or "")


def link_organisations(
    session: Session, drafts: Sequence[Draft], ids: OrganisationIds, actor: str
) -> None:
    """Make `ids` know the organisation of every draft, creating the absent ones."""
    named = [draft.organisation for draft in drafts if draft.organisation is not None]
    missing = [organisation for organisation in named if ids.get(organisation) is None]
    if not missing:
        return
    for stored in _stored(session, missing):
        ids.put(stored, stored.id)
    created: list[dict[str, str | None]] = []
    for organisation in missing:
        if ids.get(organisation) is None:
            created.append({"id": uuid7(), **organisation.model_dump()})
            ids.put(organisation, str(created[-1]["id"]))
    if created:
        session.execute(insert(Organisation), created)
        session.execute(insert(Activity), [_line(actor, str(row["id"])) for row in created])


def _stored(session: Session, missing: Sequence[OrganisationIn]) -> Sequence[Organisation]:
    either = or_(
        Organisation.siren.in_([one.siren for one in missing if one.siren]),
        Organisation.name.in_([one.name for one in missing]),
    )
    return session.scalars(select(Organisation).where(either).order_by(Organisation.id)).all()


def _line(actor: str, organisation_id: str) -> dict[str, object]:
    return {
        "actor": actor,
        "action": "create",
        "object_kind": "organisation",
        "object_id": organisation_id,
    }
