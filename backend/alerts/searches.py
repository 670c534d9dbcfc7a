"""Tells people of what is new in the searches they keep, as often as each search says."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, CursorResult, Engine, and_, func, or_, select, update
from sqlalchemy.orm import Session

from backend.alerts.letters import new_in_search
from backend.database import reading, writing
from backend.mail.outbox import post
from backend.mail.schedule import Frequency, last_digest
from backend.models import Need, Person, SavedSearch, Solution
from backend.models.base import now
from backend.searches.service import new_results

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

MOST = 50
# What is wanted at once is looked for this often.
PAUSE = timedelta(minutes=15)
TOLD_UP_TO = func.coalesce(SavedSearch.alerted_at, SavedSearch.created_at)


def tell_searches(
    engine: Engine, matcher: "Matcher", stopping: Callable[[], bool] = lambda: False
) -> int:
    """Look through the searches whose turn it is, up to `MOST`; how many letters were written."""
    with reading(engine) as session:
        turn = _turn(session)
    letters = 0
    for search_id in turn:
        if stopping():
            break
        letters += _tell(engine, matcher, search_id)
    return letters


def _turn(session: Session) -> list[str]:
    """The searches that were not looked through since their time came, longest first."""
    present = now()
    asked: list[ColumnElement[bool]] = [
        and_(SavedSearch.frequency == frequency, _slot(frequency, present) > TOLD_UP_TO)
        for frequency in ("immediate", "daily", "weekly")
    ]
    wanted = (
        select(SavedSearch.id)
        .join(Person, Person.id == SavedSearch.person_id)
        .where(or_(*asked), Person.disabled_at.is_(None))
        .order_by(TOLD_UP_TO, SavedSearch.id)
        .limit(MOST)
    )
    return list(session.scalars(wanted))


def _slot(frequency: str, present: datetime) -> datetime:
    if frequency == "immediate":
        return present - PAUSE
    return last_digest(cast("Frequency", frequency), present)


def _tell(engine: Engine, matcher: "Matcher", search_id: str) -> int:
    present = now()
    with reading(engine) as session:
        search = session.get(SavedSearch, search_id)
        if search is None:
            return 0
        before = search.alerted_at
        # What the person has looked at themselves is no news.
        since = max(before or search.created_at, search.last_seen_at)
        found = new_results(session, matcher, search, since)
    with writing(engine) as session:
        if not _take(session, search_id, before, present) or not found:
            return 0
        return _write(session, session.get_one(SavedSearch, search_id), found, present)


def _take(session: Session, search_id: str, before: datetime | None, present: datetime) -> bool:
    """Whether it is this process that tells of it."""
    unchanged = SavedSearch.alerted_at.is_not_distinct_from(before)
    step = update(SavedSearch).where(SavedSearch.id == search_id, unchanged)
    done = session.execute(step.values(alerted_at=present))
    assert isinstance(done, CursorResult)  # noqa: S101 - the type is not told otherwise
    return done.rowcount == 1


def _write(session: Session, search: SavedSearch, ids: Sequence[str], present: datetime) -> int:
    model: Any = Solution if search.kind == "solutions" else Need
    rows = session.execute(select(model.id, model.title).where(model.id.in_(ids)))
    titles = {row.id: row.title for row in rows}
    person = session.get_one(Person, search.person_id)
    found = [(one, titles[one]) for one in ids if one in titles]
    frequency = cast("Frequency", search.frequency)
    due = None
    if frequency != "immediate":
        # The time that has just come, so that it goes with the letter of today.
        due = last_digest(frequency, present) - timedelta(seconds=1)
    letter = new_in_search(person.lang, search, found)
    post(session, person, letter, at_most=frequency, due_at=due)
    return 1
