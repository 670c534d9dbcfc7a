"""Which published records have a new candidate: ranked with the stored vectors, nothing written.

A record that changed is ranked against the other side's; those near it that belong to somebody are
then ranked themselves, so that an alert says what their own page shows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role
from backend.alerts.schemas import BANDS, LeastBand
from backend.models import Membership, Need, Person, Solution

if TYPE_CHECKING:
    from backend.matches.matcher import Match, Matcher

Kind = Literal["solution", "need"]
MODELS: dict[Kind, Any] = {"solution": Solution, "need": Need}
ROLES: dict[Kind, Role] = {"solution": "project_leader", "need": "authority_staff"}
OTHER: dict[Kind, Kind] = {"solution": "need", "need": "solution"}
# As many as a page shows.
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Changed:
    """A published record that changed."""

    kind: Kind
    id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A record of somebody, of `kind`, and a candidate that changed."""

    kind: Kind
    record_id: str
    candidate_id: str
    band: LeastBand


def changed_since(session: Session, revision: int, limit: int) -> list[Changed]:
    """The published records changed after a revision, oldest change first."""
    found: list[Changed] = []
    for kind, model in MODELS.items():
        wanted = (
            select(model.id, model.revision)
            .where(model.revision > revision, model.status == "published")
            .order_by(model.revision)
            .limit(limit)
        )
        found += [Changed(kind, row.id, row.revision) for row in session.execute(wanted)]
    return sorted(found, key=lambda one: one.revision)[:limit]


def near(session: Session, matcher: "Matcher", changed: Changed) -> list[str]:
    """The records of others that are nearest to a changed one, and belong to somebody."""
    if not _anybody(session, OTHER[changed.kind]):
        return []
    found = [match.id for match in _ranked(session, matcher, changed.kind, changed.id)]
    return _others(session, changed, found)


def pairs_of(
    session: Session, matcher: "Matcher", kind: Kind, record_id: str, changed: Collection[str]
) -> list[Pair]:
    """Those that changed among the first candidates of a record, as its own page shows them."""
    return [
        Pair(kind, record_id, match.id, match.band)
        for match in _ranked(session, matcher, kind, record_id)
        if match.id in changed and match.band in BANDS
    ]


def _ranked(session: Session, matcher: "Matcher", kind: Kind, record_id: str) -> "list[Match]":
    from backend.matches.matcher import Criteria

    record = session.get_one(MODELS[kind], record_id)
    ask = matcher.match_need if kind == "need" else matcher.match_solution
    return ask(session, record, Criteria(), NEAREST).matches


def _anybody(session: Session, kind: Kind) -> bool:
    held = select(Membership).where(Membership.role == ROLES[kind], Membership.status == "active")
    return bool(session.scalar(select(held.exists())))


def _others(session: Session, changed: Changed, ids: Sequence[str]) -> list[str]:
    """Which of `ids` belong to organisations with people, other than the changed one's own."""
    own, model = MODELS[changed.kind], MODELS[OTHER[changed.kind]]
    organisation_id = session.scalar(select(own.organisation_id).where(own.id == changed.id))
    reader = exists().where(
        Membership.organisation_id == model.organisation_id,
        Membership.role == ROLES[OTHER[changed.kind]],
        Membership.status == "active",
        Person.id == Membership.person_id,
        Person.disabled_at.is_(None),
    )
    wanted = select(model.id).where(model.id.in_(ids), model.status == "published", reader)
    if organisation_id is not None:
        wanted = wanted.where(model.organisation_id != organisation_id)
    return list(session.scalars(wanted.order_by(model.id)))
