"""What is done while the service runs."""

import threading

import pytest
from sqlalchemy import Engine

from backend.background import in_background
from backend.database import writing
from backend.mail.background import Rounds
from backend.mail.letters import Letter
from backend.mail.outbox import post
from backend.matches.provider import MatcherLoader
from backend.settings import Settings
from tests.backend.mail.server import Inbox
from tests.factories import make_person
from tests.fakes import FakeMatcher


@pytest.fixture
def loader(engine: Engine, matcher: FakeMatcher) -> MatcherLoader:
    """A matcher that is not loaded yet."""
    return MatcherLoader(engine, matcher)  # type: ignore[arg-type]


def test_letters_are_sent_while_the_service_runs(
    engine: Engine, inbox: Inbox, loader: MatcherLoader
) -> None:
    with writing(engine) as session:
        post(session, make_person(session), Letter("account", "Bienvenue", "Bonjour."))
    with in_background(engine, inbox.settings(), loader):
        assert inbox.arrived.wait(10)
    assert [message["Subject"] for message in inbox.received] == ["Bienvenue"]


def test_nothing_runs_where_no_mail_server_is_set(engine: Engine, loader: MatcherLoader) -> None:
    with in_background(engine, Settings(smtp_host=""), loader):
        assert "rounds" not in {thread.name for thread in threading.enumerate()}


def test_task_that_fails_is_logged_and_done_again(caplog: pytest.LogCaptureFixture) -> None:
    done, calls = threading.Event(), []

    def task(_stopping: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("no space left")
        done.set()

    rounds = Rounds([task], every=0.01)
    rounds.start()
    assert done.wait(10)
    rounds.stop()
    assert "no space left" in caplog.text
    assert not rounds.running
