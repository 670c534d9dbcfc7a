"""The verbs that write letters and send them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from backend.cli import app
from backend.commands import alert, send_mail
from backend.commands.common import open_database
from backend.database import reading, writing
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.mail.preferences import choose
from backend.models import Mail
from backend.settings import get_settings
from tests.backend.mail.server import Inbox, free_port, mail_server
from tests.factories import make_member, make_need, make_organisation, make_person, make_solution
from tests.fakes import FakeMatcher


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server."""
    with mail_server() as found:
        yield found


@pytest.fixture(autouse=True)
def settings(
    tmp_path: Path, matcher: FakeMatcher, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A data folder, a mail server, and a matcher without a model."""
    monkeypatch.setenv("PASSERELLE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PASSERELLE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("PASSERELLE_SMTP_PORT", str(inbox.port))
    monkeypatch.setenv("PASSERELLE_SMTP_SECURITY", "none")
    monkeypatch.setattr(alert, "load_matcher", lambda: matcher)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def leave() -> None:
    engine = open_database()
    with writing(engine) as session:
        post(session, make_person(session), Letter("account", "Bienvenue", "Bonjour."))
    engine.dispose()


def test_send_mail_sends_what_is_due_once(inbox: Inbox) -> None:
    leave()
    done = call("send-mail", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"sent": 1, "refused": 0, "failed": 0, "unreachable": 0}
    assert "none is due" in call("send-mail").stdout
    assert len(inbox.received) == 1


def test_send_mail_watches_until_it_is_interrupted(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(seconds: int) -> None:
        assert seconds == 7
        if inbox.received:
            raise KeyboardInterrupt
        leave()

    monkeypatch.setattr(send_mail.time, "sleep", interrupt)
    done = call("send-mail", "--watch", "--every", "7")
    assert (done.exit_code, len(inbox.received)) == (130, 1)


def test_send_mail_says_that_no_server_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_SMTP_HOST", "")
    get_settings.cache_clear()
    done = call("send-mail")
    assert (done.exit_code, "PASSERELLE_SMTP_HOST" in done.output) == (3, True)


def test_send_mail_says_that_the_server_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_SMTP_PORT", str(free_port()))
    get_settings.cache_clear()
    leave()
    done = call("send-mail")
    assert (done.exit_code, "1 kept" in done.stdout) == (3, True)


def test_setting_that_is_no_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_MAIL_FROM", "Passerelle\r\nBcc: victim@exemple.example")
    get_settings.cache_clear()
    done = call("send-mail")
    assert (done.exit_code, "PASSERELLE_MAIL_FROM is not valid" in done.output) == (3, True)


def test_alert_goes_on_until_nothing_is_left() -> None:
    engine = open_database()
    with writing(engine) as session:
        place = make_organisation(session)
        person = make_member(session, place, "authority_staff")
        choose(session, person.id, {"match": "immediate"})
        make_need(session, title="Trouver les fuites", organisation_id=place.id)
        for number in range(25):
            make_solution(session, title=f"Les fuites {number}")
    done = call("alert", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {"records": 26, "letters": 1, "searches": 0}
    with reading(engine) as session:
        assert session.scalars(select(Mail.frequency)).all() == ["daily"]
    assert "0 changed records" in call("alert").stdout
    engine.dispose()
