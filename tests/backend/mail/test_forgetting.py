"""What letters said is not kept for long."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from backend.database import reading, writing
from backend.mail.forgetting import KEPT, forget_old
from backend.models import Mail
from backend.models.base import now
from tests.factories import make_person

OLD = KEPT + timedelta(minutes=1)
RECENT = KEPT - timedelta(minutes=1)


def make_mail(engine: Engine, **ages: timedelta) -> str:
    """A letter with these instants so long ago; its id."""
    with writing(engine) as session:
        words = {"kind": "match", "lang": "fr", "subject": "Sujet", "body": "Corps"}
        instants = {name: now() - age for name, age in ages.items()}
        address = make_person(session).email
        mail = Mail(address=address, key=f"{ages}", unsubscribe="https://x", **words, **instants)
        session.add(mail)
        session.flush()
        return mail.id


@pytest.mark.parametrize("state", ["sent_at", "given_up_at"])
def test_old_letter_is_emptied_and_stays_told(engine: Engine, state: str) -> None:
    old = make_mail(engine, **{state: OLD})
    recent = make_mail(engine, **{state: RECENT})
    waiting = make_mail(engine, created_at=OLD, due_at=OLD)
    forget_old(engine)
    forget_old(engine)
    with reading(engine) as session:
        letter = session.get_one(Mail, old)
        assert (letter.subject, letter.body, letter.unsubscribe) == ("", "", None)
        assert letter.key is not None
        assert [session.get_one(Mail, one).body for one in (recent, waiting)] == ["Corps"] * 2


def test_emptied_letter_cannot_be_tried_again(engine: Engine, client: TestClient) -> None:
    old = make_mail(engine, given_up_at=OLD)
    forget_old(engine)
    assert client.post(f"/v1/mail/{old}/retry").status_code == 409
