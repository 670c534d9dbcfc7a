"""Operators see what waits and what failed, and have it tried again."""

from datetime import UTC, datetime
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.database import reading, writing
from backend.mail.sending import send_due
from backend.models import Activity, Mail
from tests.backend.conftest import Statements
from tests.backend.mail.server import Inbox
from tests.factories import make_person

NOON = datetime(2026, 1, 25, 12, tzinfo=UTC)
GONE = "gone@exemple.example"


def make_mail(engine: Engine, **values: Any) -> str:
    """A letter in the outbox; its id."""
    with writing(engine) as session:
        mail = Mail(
            **{
                "person_id": make_person(session).id,
                "address": GONE,
                "kind": "introduction",
                "lang": "fr",
                "subject": "Sujet secret",
                "body": "Corps secret",
                "created_at": NOON,
                "due_at": NOON,
                **values,
            }
        )
        session.add(mail)
        session.flush()
        return mail.id


def test_outbox_tells_what_waits_failed_and_was_sent(engine: Engine, client: TestClient) -> None:
    waiting = make_mail(engine)
    failed = make_mail(engine, given_up_at=NOON, attempts=1, last_error="550 No such mailbox")
    make_mail(engine, sent_at=NOON)
    gathered = make_mail(engine, frequency="daily", digest_id=waiting)
    assert gathered
    page = client.get("/v1/mail").json()
    assert page["counts"] == {"waiting": 1, "failed": 1, "sent": 1}
    assert page["items"] == [
        {
            "id": failed,
            "kind": "introduction",
            "address": GONE,
            "created_at": "2026-01-25T12:00:00Z",
            "due_at": "2026-01-25T12:00:00Z",
            "attempts": 1,
            "sent_at": None,
            "given_up_at": "2026-01-25T12:00:00Z",
            "last_error": "550 No such mailbox",
        }
    ]
    assert page["sending"] is False
    found = client.get("/v1/mail", params={"state": "waiting"}).json()
    assert [item["id"] for item in found["items"]] == [waiting]


def test_outbox_is_read_by_pages_without_more_statements(
    engine: Engine, client: TestClient, statements: Statements
) -> None:
    ids = {make_mail(engine) for _ in range(5)}
    seen, cursor, counts = set[str](), None, []
    while True:
        with statements:
            before = len(statements)
            query = {"state": "waiting", "limit": 2, **({"cursor": cursor} if cursor else {})}
            page = client.get("/v1/mail", params=query).json()
            counts.append(len(statements) - before)
        seen |= {item["id"] for item in page["items"]}
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids
    assert len(set(counts)) == 1


def test_letter_that_failed_is_sent_after_another_try(
    engine: Engine, client: TestClient, inbox: Inbox
) -> None:
    mail_id = make_mail(engine)
    inbox.recipients[GONE] = ["550 No such mailbox"]
    assert send_due(engine, inbox.settings()) == {"refused": 1}
    for _ in range(2):
        answer = client.post(f"/v1/mail/{mail_id}/retry")
        assert (answer.status_code, answer.json()["given_up_at"]) == (200, None)
    assert send_due(engine, inbox.settings()) == {"sent": 1}
    refused = client.post(f"/v1/mail/{mail_id}/retry")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:passerelle:problem:conflict")
    with reading(engine) as session:
        noted = session.scalars(select(Activity.action).where(Activity.object_id == mail_id))
        assert noted.all() == ["retry", "retry"]


def test_letter_that_does_not_exist_is_not_found(client: TestClient) -> None:
    assert client.post("/v1/mail/nothing/retry").status_code == 404
