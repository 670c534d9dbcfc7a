"""Finds or creates the organisations that drafts name, each once."""

from collections.abc import Iterable, Sequence
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
        """The id; None for no organisation, or one that is not known."""
        keys = keys_of(organisation) if organisation is not None else []
        return next((self._ids[key] for key in keys if key in self._ids), None)

    def put(self, organisation: _Named, organisation_id: str) -> None:
        """Remember, until `undo`."""
        for key in keys_of(organisation):
            if self._ids.setdefault(key, organisation_id) == organisation_id:
                self._fresh.append(key)

    def keep(self) -> None:
        """The transaction was committed."""
        self._fresh.clear()

    def undo(self) -> None:
        """The transaction was rolled back."""
        for key in self._fresh:
            self._ids.pop(key, None)
        self._fresh.clear()


def keys_of(organisation: _Named) -> list[Key]:
    """What identifies an organisation: its SIREN, the territory it governs; else its name,
    kind and place together."""
    keys: list[Key] = [("siren", organisation.siren)] if organisation.siren else []
    place = organisation.territory
    if place and place.partition(":")[0] == organisation.kind:
        keys.append(("territory", place))
    return keys or [("name", organisation.name, organisation.kind, place or "")]


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


def _stored(session: Session, missing: Iterable[OrganisationIn]) -> Sequence[Organisation]:
    keys = {key for organisation in missing for key in keys_of(organisation)}
    wanted = {
        kind: {key[1] for key in keys if key[0] == kind} for kind in ("siren", "territory", "name")
    }
    nameless = (Organisation.siren.is_(None), Organisation.name.in_(wanted["name"]))
    either = or_(
        Organisation.siren.in_(wanted["siren"]),
        Organisation.territory.in_(wanted["territory"]),
        nameless[0] & nameless[1],
    )
    return session.scalars(select(Organisation).where(either)).all()


def _line(actor: str, organisation_id: str) -> dict[str, object]:
    return {
        "actor": actor,
        "action": "create",
        "object_kind": "organisation",
        "object_id": organisation_id,
    }
