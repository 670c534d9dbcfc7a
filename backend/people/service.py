"""Operators close accounts, open them again, and choose who else operates."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.sessions import end_all
from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.dependencies import stale
from backend.ids import is_id
from backend.models import ApiToken, Person
from backend.models.base import now
from backend.people.queries import show_accounts
from backend.people.schemas import AccountOut, AccountPatch
from backend.problems import Problem, not_found


def change_account(
    session: Session, person_id: str, version: int, patch: AccountPatch, viewer: Viewer
) -> AccountOut:
    """Close or open an account, make or unmake an operator. Without a difference, nothing is done.

    Closing it ends all its sessions and keys at once.

    Raises Problem 404, 412 (not at `version`), 409 for the last operator.
    """
    begin_write(session)
    person = _locked(session, person_id)
    if person.version != version:
        raise stale(person.version, version)
    wanted = {
        "operator": person.operator if patch.operator is None else patch.operator,
        "disabled": _closed(person) if patch.disabled is None else patch.disabled,
    }
    former = {"operator": person.operator, "disabled": _closed(person)}
    changed = {
        name: [former[name], wanted[name]] for name in wanted if former[name] != wanted[name]
    }
    if changed:
        if person.operator and (wanted["disabled"] or not wanted["operator"]):
            _keep_one_operator(session, person)
        _apply(session, person, wanted)
        record(session, viewer.actor, "update", "person", person.id, {"changed": changed})
    return show_accounts(session, [person])[0]


def _apply(session: Session, person: Person, wanted: dict[str, bool]) -> None:
    person.operator = wanted["operator"]
    if wanted["disabled"] != _closed(person):
        person.disabled_at = now() if wanted["disabled"] else None
    if wanted["disabled"]:
        end_all(session, person.id)
        keys = update(ApiToken).where(ApiToken.person_id == person.id)
        session.execute(keys.where(ApiToken.revoked_at.is_(None)).values(revoked_at=now()))
    person.version += 1
    session.flush()


def _closed(person: Person) -> bool:
    return person.disabled_at is not None


def _locked(session: Session, person_id: str) -> Person:
    found = session.get(Person, person_id, with_for_update=True) if is_id(person_id) else None
    if found is None:
        raise not_found("person", person_id)
    return found


def _keep_one_operator(session: Session, person: Person) -> None:
    # All of them are held until the commit: two who unmake one another would leave none.
    operators = (
        select(Person.id)
        .where(Person.operator, Person.disabled_at.is_(None))
        .order_by(Person.id)
        .with_for_update()
    )
    if set(session.scalars(operators)) <= {person.id}:
        raise Problem(409, "conflict", "last-operator")
