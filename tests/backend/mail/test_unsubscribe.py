"""One click in a letter stops its kinds, without signing in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.mail.preferences import choose, frequencies
from backend.mail.rounds import gather_and_send
from backend.models import Activity, Person, UnsubscribeLink
from backend.web import create_api_app
from tests.backend.mail.server import Inbox
from tests.factories import make_person

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def browser(api: FastAPI) -> Iterator[TestClient]:
    """Somebody who is not signed in, and no page of ours before."""
    with TestClient(create_api_app(api), follow_redirects=False) as opened:
        yield opened


def link_in_letter(engine: Engine, inbox: Inbox, kind: str = "introduction", **person: str) -> str:
    """The path of the link in a letter's header."""
    with writing(engine) as session:
        post(session, make_person(session, **person), Letter(kind, "Sujet", "Corps"))
    gather_and_send(engine, inbox.settings())
    parts = urlsplit(inbox.received[-1]["List-Unsubscribe"].strip("<>"))
    return f"{parts.path}?{parts.query}"


def chosen(engine: Engine) -> dict[str, str]:
    with reading(engine) as session:
        return dict(frequencies(session, session.scalars(select(Person.id)).one()))


def test_opening_the_link_changes_nothing(
    engine: Engine, inbox: Inbox, browser: TestClient
) -> None:
    path = link_in_letter(engine, inbox)
    page = browser.get(path)
    assert page.status_code == 200
    assert "Arrêter ces courriels ?" in page.text
    assert "Mises en relation : réponses, messages et suites" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert chosen(engine)["introduction"] == "immediate"


def test_button_stops_that_kind_and_no_other(
    engine: Engine, inbox: Inbox, browser: TestClient
) -> None:
    path = link_in_letter(engine, inbox, lang="en")
    before = chosen(engine)
    page = browser.post(path, headers={"Origin": "https://passerelle.example"})
    assert "These letters have stopped" in page.text
    assert chosen(engine) == {**before, "introduction": "never"}
    assert "These letters have stopped" in browser.get(path).text


def test_mail_program_stops_it_with_one_post(
    engine: Engine, inbox: Inbox, browser: TestClient
) -> None:
    path = link_in_letter(engine, inbox)
    for _ in range(2):
        assert browser.post(path, data=ONE_CLICK).status_code == 200
    assert chosen(engine)["introduction"] == "never"
    with reading(engine) as session:
        (noted,) = session.scalars(select(Activity).where(Activity.action == "unsubscribe"))
        assert noted.detail == {"kinds": ["introduction"]}


def test_link_in_the_letter_of_the_day_stops_all_that_is_in_it(
    engine: Engine, inbox: Inbox, browser: TestClient
) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False) as clock:
        with writing(engine) as session:
            person = make_person(session)
            choose(session, person.id, {"search": "daily"})
            for kind in ("match", "search"):
                post(session, person, Letter(kind, "Sujet", "Corps"))
        clock.move_to(datetime(2026, 11, 26, 6, tzinfo=UTC))
        gather_and_send(engine, inbox.settings())
    parts = urlsplit(inbox.received[-1]["List-Unsubscribe"].strip("<>"))
    browser.post(f"{parts.path}?{parts.query}", data=ONE_CLICK)
    stopped = {kind for kind, frequency in chosen(engine).items() if frequency == "never"}
    assert stopped == {"match", "search"}


def test_link_that_is_not_whole_says_so(engine: Engine, inbox: Inbox, browser: TestClient) -> None:
    path = link_in_letter(engine, inbox).partition("?")[0]
    for answer in (browser.get(path[:-1]), browser.post(path[:-1], data=ONE_CLICK)):
        assert answer.status_code == 404
        assert "Ce lien est incomplet" in answer.text
    assert "never" not in chosen(engine).values()


def test_secret_itself_is_not_kept_with_the_link(engine: Engine, inbox: Inbox) -> None:
    secret = link_in_letter(engine, inbox).rpartition("/")[2].partition("?")[0]
    with reading(engine) as session:
        kept = session.scalars(select(UnsubscribeLink.id)).one()
    assert (len(kept), secret in kept) == (64, False)


def test_link_of_a_person_who_is_gone_says_so(
    engine: Engine, inbox: Inbox, browser: TestClient
) -> None:
    path = link_in_letter(engine, inbox)
    with writing(engine) as session:
        session.delete(session.scalars(select(Person)).one())
    assert browser.post(path, data=ONE_CLICK).status_code == 404
