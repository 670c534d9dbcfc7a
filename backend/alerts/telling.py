"""Tells people of new matches: each pair once, from the band on that they want.

A run takes the records changed since the last one, up to `MOST`, and remembers how far it came.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import CursorResult, Engine, select, update
from sqlalchemy.orm import Session

from backend.accounts.people import members
from backend.alerts.letters import Told, new_matches
from backend.alerts.pairs import (
    MODELS,
    OTHER,
    ROLES,
    Changed,
    Kind,
    Pair,
    changed_since,
    near,
    pairs_of,
)
from backend.alerts.schemas import BANDS, USUAL_BAND, LeastBand
from backend.alerts.service import EVERY_RECORD, bands
from backend.database import reading, writing
from backend.mail.outbox import post
from backend.mail.preferences import frequency_of
from backend.mail.schedule import Frequency
from backend.models import Counter, MatchAlert, Person

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

CURSOR = "alerts"
MOST = 20
# Either may have been withdrawn while the ranking was made.
PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did; `more` when changed records are left for the next."""

    records: int
    letters: int
    more: bool


def tell_new_matches(
    engine: Engine, matcher: "Matcher", stopping: Callable[[], bool] = lambda: False
) -> Run:
    """One run. Of two at the same time, one writes and the other's work is set aside."""
    with reading(engine) as session:
        start = _reached(session)
        changed = changed_since(session, start, MOST + 1)
    taken = changed[:MOST]
    pairs = _pairs(engine, matcher, taken, stopping)
    if not taken or pairs is None:
        return Run(0, 0, more=bool(taken))
    more = len(changed) > MOST
    with writing(engine) as session:
        if not _advance(session, start, taken[-1].revision):
            return Run(0, 0, more=True)
        # Many changes at once are an import: nobody gets a letter for each of its parts.
        letters = _tell(session, pairs, "daily" if more else "immediate")
    return Run(len(taken), letters, more)


def _pairs(
    engine: Engine,
    matcher: "Matcher",
    changed: Sequence[Changed],
    stopping: Callable[[], bool],
) -> list[Pair] | None:
    """What there is to tell; None when it is to stop.

    A record that several are near is ranked once. Each ranking reads in a transaction of its own:
    the matcher must never be asked with a view of the database older than its index.
    """
    nearest: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for one in changed:
        if stopping():
            return None
        with reading(engine) as session:
            for record_id in near(session, matcher, one):
                nearest[OTHER[one.kind], record_id].add(one.id)
    found: list[Pair] = []
    for (kind, record_id), ids in nearest.items():
        if stopping():
            return None
        with reading(engine) as session:
            found += pairs_of(session, matcher, kind, record_id, ids)
    return found


def _reached(session: Session) -> int:
    return session.scalars(select(Counter.value).where(Counter.name == CURSOR)).one()


def _advance(session: Session, start: int, end: int) -> bool:
    step = update(Counter).where(Counter.name == CURSOR, Counter.value == start).values(value=end)
    done = session.execute(step)
    assert isinstance(done, CursorResult)  # noqa: S101 - the type is not told otherwise
    return done.rowcount == 1


def _tell(session: Session, pairs: Iterable[Pair], at_most: Frequency) -> int:
    """A letter a person and record, with every candidate that is new to them."""
    by_record: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_record[pair.record_id].append(pair)
    letters = 0
    for record_id, found in by_record.items():
        kind = found[0].kind
        record = session.get_one(MODELS[kind], record_id)
        if record.status != PUBLISHED:
            continue
        for person in members(session, record.organisation_id, ROLES[kind]):
            told = _new_to(session, person, found)
            if told:
                letter = new_matches(person.lang, kind, record_id, record.title, told)
                post(session, person, letter, at_most=at_most)
                letters += 1
    return letters


def _new_to(session: Session, person: Person, pairs: Iterable[Pair]) -> list[Told]:
    """What a person wants to hear of and was not told yet; noted as told."""
    if frequency_of(session, person.id, "match") == "never":
        return []
    least, told = bands(session, person.id), []
    for pair in sorted(pairs, key=lambda one: BANDS.index(one.band)):
        wanted = least.get(pair.record_id, least.get(EVERY_RECORD, USUAL_BAND))
        key = (person.id, pair.record_id, pair.candidate_id)
        candidate = session.get_one(MODELS[OTHER[pair.kind]], pair.candidate_id)
        heard = candidate.status != PUBLISHED or session.get(MatchAlert, key) is not None
        if _reaches(pair.band, wanted) and not heard:
            session.add(
                MatchAlert(
                    person_id=person.id,
                    record_id=pair.record_id,
                    candidate_id=pair.candidate_id,
                )
            )
            told.append(Told(candidate.id, candidate.title, pair.band))
    return told


def _reaches(band: LeastBand, least: LeastBand) -> bool:
    return BANDS.index(band) <= BANDS.index(least)
