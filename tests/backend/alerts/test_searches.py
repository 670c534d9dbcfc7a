"""People are told of what is new in their saved searches."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from backend.alerts.searches import PAUSE, tell_searches
from backend.database import reading, writing
from backend.mail.preferences import choose
from backend.mail.rounds import gather_and_send
from backend.mail.schedule import Frequency
from backend.models import Mail, Person, SavedSearch
from backend.models.base import now
from tests.backend.mail.server import mail_server
from tests.factories import make_person, make_search, make_solution
from tests.fakes import FakeMatcher

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


def keep(engine: Engine, frequency: str, wish: Frequency = "immediate") -> str:
    """A search that somebody keeps; its id."""
    with writing(engine) as session:
        person = make_person(session)
        choose(session, person.id, {"search": wish})
        return make_search(session, person, name="Fuites", frequency=frequency).id


def publish(engine: Engine, count: int = 1) -> None:
    with writing(engine) as session:
        for number in range(count):
            make_solution(session, title=f"Solution {number}", published_at=now())


def tell(engine: Engine, matcher: FakeMatcher) -> int:
    return tell_searches(engine, matcher)  # type: ignore[arg-type]


def letters(engine: Engine) -> list[Mail]:
    with reading(engine) as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_news_wanted_at_once_are_told_once(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "immediate")
    clock.shift(timedelta(minutes=1))
    publish(engine, 12)
    clock.shift(PAUSE)
    assert [tell(engine, matcher), tell(engine, matcher)] == [1, 0]
    clock.shift(PAUSE * 2)
    assert tell(engine, matcher) == 0
    (letter,) = letters(engine)
    assert (letter.kind, letter.frequency) == ("search", "immediate")
    assert letter.subject == "12 nouveaux résultats pour « Fuites »"
    assert letter.body.count("/solution?id=") == 10
    assert "Et 2 de plus." in letter.body
    assert letter.body.endswith("/solutions?lang=fr")


def test_news_of_the_day_go_with_the_letter_of_that_morning(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "daily")
    clock.shift(60)
    publish(engine)
    assert tell(engine, matcher) == 0
    clock.move_to(MORNING + timedelta(seconds=20))
    assert tell(engine, matcher) == 1
    with mail_server() as inbox:
        assert gather_and_send(engine, inbox.settings()) == {"sent": 1}
    assert inbox.received[0]["Subject"] == "1 nouveau résultat pour « Fuites »"


def test_news_of_the_week_wait_for_monday(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "weekly")
    clock.shift(60)
    publish(engine)
    clock.move_to(MORNING + timedelta(days=3))
    assert tell(engine, matcher) == 0
    clock.move_to(MONDAY)
    assert tell(engine, matcher) == 1
    assert letters(engine)[0].due_at == MONDAY


def test_search_without_alerts_is_not_told_of(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "none")
    publish(engine)
    clock.move_to(MONDAY)
    assert tell(engine, matcher) == 0


def test_person_who_slows_all_searches_is_told_less_often(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "immediate", wish="weekly")
    keep(engine, "immediate", wish="never")
    clock.shift(60)
    publish(engine)
    clock.shift(PAUSE)
    tell(engine, matcher)
    (letter,) = letters(engine)
    assert (letter.frequency, letter.due_at) == ("weekly", MONDAY)


def test_what_the_person_has_seen_is_no_news(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    search_id = keep(engine, "immediate")
    clock.shift(60)
    publish(engine)
    clock.shift(60)
    with writing(engine) as session:
        session.get_one(SavedSearch, search_id).last_seen_at = now()
    clock.shift(PAUSE)
    assert tell(engine, matcher) == 0


def test_person_who_is_disabled_is_told_nothing(
    engine: Engine, matcher: FakeMatcher, clock: time_machine.Traveller
) -> None:
    keep(engine, "immediate")
    with writing(engine) as session:
        session.scalars(select(Person)).one().disabled_at = now()
    publish(engine)
    clock.move_to(MONDAY)
    assert tell(engine, matcher) == 0
