"""What waits for the day's or the week's letter goes in one letter."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.mail.digest import gather_due
from backend.mail.letters import Kind, Letter
from backend.mail.outbox import post
from backend.mail.preferences import choose
from backend.mail.rounds import gather_and_send
from backend.mail.schedule import Frequency
from backend.models import Mail, Person
from tests.backend.mail.server import Inbox
from tests.factories import make_person

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


def leave(engine: Engine, chosen: dict[Kind, Frequency], *kinds: str, lang: str = "fr") -> str:
    """A letter of each kind for a person who has chosen; their id."""
    with writing(engine) as session:
        person = make_person(session, lang=lang)
        choose(session, person.id, {"search": "daily", **chosen})
        for number, kind in enumerate(kinds, 1):
            post(session, person, Letter(kind, f"Sujet {number}", f"Corps {number}."))
        return person.id


def test_news_of_a_day_come_in_one_letter_at_seven(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, {"introduction": "daily"}, "match", "introduction", "match")
    assert gather_and_send(engine, inbox.settings()) == {}
    clock.move_to(MORNING)
    assert gather_and_send(engine, inbox.settings()) == {"sent": 1}
    assert gather_and_send(engine, inbox.settings()) == {}
    (message,) = inbox.received
    assert message["Subject"] == "Votre journée : 3 nouvelles"
    text = message.get_content().replace("\r\n", "\n")
    places = [text.index(f"Sujet {number}\n\nCorps {number}.") for number in (2, 1, 3)]
    assert places[0] < min(places[1:])
    assert text.count("Bonjour Personne 1,") == 1
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_news_of_a_week_come_on_monday(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, {"match": "weekly"}, "match", "match", lang="en")
    clock.move_to(MORNING)
    assert gather_and_send(engine, inbox.settings()) == {}
    clock.move_to(MONDAY)
    assert gather_and_send(engine, inbox.settings()) == {"sent": 1}
    assert inbox.received[0]["Subject"] == "Your week: 2 messages"


def test_what_is_wanted_at_once_does_not_wait(engine: Engine, inbox: Inbox) -> None:
    leave(engine, {"match": "immediate", "search": "never"}, "match", "search", "account")
    assert gather_and_send(engine, inbox.settings()) == {"sent": 2}
    assert sorted(message["Subject"] for message in inbox.received) == ["Sujet 1", "Sujet 3"]


def test_one_piece_of_news_keeps_its_own_subject(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, {}, "match")
    clock.move_to(MORNING)
    gather_and_send(engine, inbox.settings())
    assert inbox.received[0]["Subject"] == "Sujet 1"


def test_frame_of_the_gathered_letter_follows_the_persons_new_language(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    person_id = leave(engine, {}, "match", "search", lang="fr")
    with writing(engine) as session:
        session.get_one(Person, person_id).lang = "en"
    clock.move_to(MORNING)
    gather_and_send(engine, inbox.settings())
    (message,) = inbox.received
    assert (message["Subject"], message["Content-Language"]) == ("Your day: 2 messages", "en")


def test_kind_that_is_stopped_meanwhile_is_left_out(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    person_id = leave(engine, {}, "match", "search")
    with writing(engine) as session:
        choose(session, person_id, {"match": "never"})
    clock.move_to(MORNING)
    gather_and_send(engine, inbox.settings())
    assert [message["Subject"] for message in inbox.received] == ["Sujet 2"]


def test_clock_that_jumps_ahead_and_back_gathers_each_piece_once(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, {}, "match", "search")
    clock.move_to(MONDAY)
    assert gather_and_send(engine, inbox.settings()) == {"sent": 1}
    clock.move_to(NOON)
    assert gather_and_send(engine, inbox.settings()) == {}
    clock.move_to(MONDAY)
    assert gather_and_send(engine, inbox.settings()) == {}


def test_two_that_gather_at_once_write_one_letter_a_person(
    engine: Engine, clock: time_machine.Traveller
) -> None:
    people = [leave(engine, {}, "match", "search") for _ in range(4)]
    clock.move_to(MORNING)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(gather_due, [engine] * 3))
    with reading(engine) as session:
        digests = session.scalars(select(Mail.person_id).where(Mail.kind == "digest")).all()
    assert sorted(map(str, digests)) == sorted(people)
