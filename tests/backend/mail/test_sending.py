"""Letters reach a real mail server once, or wait, or are given up."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.mail.sending import CLAIM, claim, send_due
from backend.models import Mail, Person
from tests.backend.mail.server import Inbox, free_port
from tests.factories import make_person

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


def leave(engine: Engine, *subjects: str, kind: str = "account", **person: object) -> list[str]:
    """Letters to a new person each; their ids, in order."""
    with writing(engine) as session:
        for subject in subjects:
            post(session, make_person(session, **person), Letter(kind, subject, "Bonjour."))
        session.flush()
        return list(session.scalars(select(Mail.id).order_by(Mail.id)))


def only(engine: Engine) -> Mail:
    with reading(engine) as session:
        return session.scalars(select(Mail)).one()


def test_letter_that_is_accepted_is_marked_and_not_sent_again(engine: Engine, inbox: Inbox) -> None:
    (mail_id,) = leave(engine, "Bienvenue", name="Zoé Ñandú", email="zoe@exemple.example")
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    assert send_due(engine, inbox.settings()) == {}
    (message,) = inbox.received
    assert message["To"] == "Zoé Ñandú <zoe@exemple.example>"
    assert message["From"] == "Passerelle <passerelle@example.org>"
    assert message["Subject"] == "Bienvenue"
    assert message["Message-ID"] == f"<{mail_id}@example.org>"
    assert message["Content-Language"] == "fr"
    assert message["List-Unsubscribe"] is None
    assert only(engine).sent_at is not None
    assert only(engine).attempts == 1


def test_letter_that_can_be_stopped_says_how_in_its_headers(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Du nouveau", kind="introduction")
    send_due(engine, inbox.settings())
    (message,) = inbox.received
    link = only(engine).unsubscribe
    assert link is not None
    assert link.startswith("http://127.0.0.1:8000/account/unsubscribe/")
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.endswith("?lang=fr")
    assert link in message.get_content()


def test_mailbox_that_refuses_is_given_up_at_once(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Bienvenue", email="gone@exemple.example")
    inbox.recipients["gone@exemple.example"] = ["550 5.1.1 No such mailbox"]
    assert send_due(engine, inbox.settings()) == {"refused": 1}
    assert send_due(engine, inbox.settings()) == {}
    assert only(engine).given_up_at is not None
    assert only(engine).last_error == "550 5.1.1 No such mailbox"


def test_mailbox_that_refuses_keeps_no_other_letter_waiting(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Un", email="gone@exemple.example")
    leave(engine, "Deux", email="there@exemple.example")
    inbox.recipients["gone@exemple.example"] = ["550 5.1.1 No such mailbox"]
    assert send_due(engine, inbox.settings()) == {"refused": 1, "sent": 1}
    assert inbox.to == ["there@exemple.example"]


def test_content_that_is_refused_is_given_up_at_once(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Bienvenue")
    inbox.contents = ["554 5.7.1 Rejected as spam"]
    assert send_due(engine, inbox.settings()) == {"refused": 1}
    assert only(engine).last_error == "554 5.7.1 Rejected as spam"


def test_temporary_failure_is_tried_again_after_a_minute(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, "Bienvenue", email="full@exemple.example")
    inbox.recipients["full@exemple.example"] = ["451 4.3.0 Come back later"]
    assert send_due(engine, inbox.settings()) == {"failed": 1}
    clock.shift(59)
    assert send_due(engine, inbox.settings()) == {}
    clock.shift(1)
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    assert (len(inbox.received), only(engine).last_error) == (1, None)


def test_letter_is_given_up_after_growing_delays(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, "Bienvenue", email="full@exemple.example")
    inbox.recipients["full@exemple.example"] = ["451 4.3.0 Come back later"] * 9
    waits = []
    while only(engine).given_up_at is None:
        assert send_due(engine, inbox.settings()) == {"failed": 1}
        waits.append(only(engine).due_at - NOON)
        clock.move_to(only(engine).due_at)
    minutes = [1, 6, 36, 156, 876, 876]
    assert waits == [timedelta(minutes=count) for count in minutes]
    assert only(engine).attempts == 6
    assert send_due(engine, inbox.settings()) == {}


def test_server_that_is_down_costs_one_letter_an_attempt(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Un", "Deux", "Trois")
    down = inbox.settings(smtp_port=free_port())
    assert send_due(engine, down) == {"unreachable": 1}
    with reading(engine) as session:
        assert sorted(session.scalars(select(Mail.attempts))) == [0, 0, 1]
    assert send_due(engine, inbox.settings()) == {"sent": 2}


def test_sender_that_is_refused_is_the_servers_matter(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Un", "Deux")
    inbox.senders = ["550 5.7.1 Sender not allowed"]
    assert send_due(engine, inbox.settings()) == {"unreachable": 1}
    with reading(engine) as session:
        assert session.scalars(select(Mail.given_up_at)).all() == [None, None]
    assert send_due(engine, inbox.settings()) == {"sent": 1}


def test_two_senders_at_once_send_every_letter_once(engine: Engine, inbox: Inbox) -> None:
    ids = leave(engine, *(f"Lettre {number}" for number in range(12)))
    with ThreadPoolExecutor(3) as pool:
        work = [pool.submit(send_due, engine, inbox.settings()) for _ in range(3)]
        done = sum((one.result(60) for one in work), Counter())
    assert done == {"sent": 12}
    assert sorted(m["Message-ID"] for m in inbox.received) == [f"<{i}@example.org>" for i in ids]


def test_letter_of_a_process_that_died_is_sent_once_its_claim_is_old(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    (mail_id,) = leave(engine, "Bienvenue")
    assert claim(engine) is not None
    clock.shift(CLAIM)
    assert send_due(engine, inbox.settings()) == {}
    clock.shift(1)
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    assert inbox.received[0]["Message-ID"] == f"<{mail_id}@example.org>"
    assert only(engine).attempts == 2


def test_letter_that_was_accepted_but_not_marked_bears_the_same_id_again(
    engine: Engine, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    leave(engine, "Bienvenue")
    with monkeypatch.context() as patched:
        patched.setattr("backend.mail.sending.settle", die)
        with pytest.raises(KeyboardInterrupt):
            send_due(engine, inbox.settings())
    clock.shift(CLAIM + timedelta(seconds=1))
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    first, second = inbox.received
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_letter_that_ends_its_process_every_time_is_given_up(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, "Bienvenue")
    for _ in range(6):
        assert claim(engine) is not None
        clock.shift(CLAIM + timedelta(seconds=1))
    assert send_due(engine, inbox.settings()) == {}
    assert only(engine).last_error == "interrupted"


def test_claim_of_a_clock_that_was_set_back_does_not_hold(
    engine: Engine, inbox: Inbox, clock: time_machine.Traveller
) -> None:
    leave(engine, "Bienvenue")
    clock.shift(timedelta(days=300))
    assert claim(engine) is not None
    clock.shift(timedelta(days=-300))
    assert send_due(engine, inbox.settings()) == {"sent": 1}


def test_person_who_was_disabled_gets_no_letter(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Bienvenue")
    with writing(engine) as session:
        session.scalars(select(Person)).one().disabled_at = NOON
    assert send_due(engine, inbox.settings()) == {}
    assert (inbox.received, only(engine).last_error) == ([], "disabled")


def test_person_who_was_deleted_gets_no_letter(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Bienvenue")
    with writing(engine) as session:
        session.delete(session.scalars(select(Person)).one())
    assert send_due(engine, inbox.settings()) == {}


def test_letter_keeps_its_language_when_the_person_changes_theirs(
    engine: Engine, inbox: Inbox
) -> None:
    leave(engine, "Bienvenue", lang="fr")
    with writing(engine) as session:
        session.scalars(select(Person)).one().lang = "en"
    send_due(engine, inbox.settings())
    (message,) = inbox.received
    assert message["Content-Language"] == "fr"
    assert message.get_content().startswith("Bonjour Personne 1,")


def test_name_that_nobody_confirmed_is_not_written_to_a_stranger(
    engine: Engine, inbox: Inbox
) -> None:
    leave(engine, "Confirmez", name="Gagnez sur evil.example", email_confirmed_at=None)
    send_due(engine, inbox.settings())
    (message,) = inbox.received
    assert message["To"] == "personne1@exemple.example"
    assert message.get_content().startswith("Bonjour,")
    assert "evil.example" not in message.as_string()


def test_hostile_names_and_subjects_add_no_header(engine: Engine, inbox: Inbox) -> None:
    injection = "Ha\r\nBcc: victim@exemple.example\r\n\r\nbody"
    leave(engine, injection, name=injection, email="zoe@exemple.example")
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    (message,) = inbox.received
    assert message["Bcc"] is None
    assert inbox.to == ["zoe@exemple.example"]
    assert message["Subject"] == "Ha Bcc: victim@exemple.example body"
    assert message["To"].addresses[0].display_name == "Ha Bcc: victim@exemple.example body"


def test_address_that_no_message_can_bear_is_given_up(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Un", email="zoe@exemple.example\r\nBcc: victim@exemple.example")
    leave(engine, "Deux", email="there@exemple.example")
    assert send_due(engine, inbox.settings()) == {"refused": 1, "sent": 1}
    assert inbox.to == ["there@exemple.example"]


def test_stopping_leaves_the_rest_for_later(engine: Engine, inbox: Inbox) -> None:
    leave(engine, "Un", "Deux")
    assert send_due(engine, inbox.settings(), lambda: bool(inbox.received)) == {"sent": 1}
    assert send_due(engine, inbox.settings()) == {"sent": 1}
