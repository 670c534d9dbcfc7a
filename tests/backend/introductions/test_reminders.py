"""What time brings about: reminders that end, one question, and the end of what stands still."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import begin_write, writing
from backend.introductions.reminders import Hourly, due_reminders, expire_still
from backend.models import Introduction, IntroductionEvent, Mail
from backend.models.base import now
from tests.introductions import Sides, make_introduction, make_sides


@pytest.fixture
def sides(session: Session) -> Sides:
    made = make_sides(session)
    session.commit()
    return made


def made_at(session: Session, sides: Sides, age: int, **values: Any) -> Introduction:
    """An introduction whose last change is `age` days old."""
    then = now() - timedelta(days=age)
    dates = {"created_at": then, "status_at": then, "moved_at": then}
    made = make_introduction(session, sides.need, sides.solution, **{**dates, **values})
    session.commit()
    return made


def remind(engine: Engine, at: datetime | None = None) -> int:
    with writing(engine) as session:
        return due_reminders(session, at or now())


def subjects(session: Session) -> list[tuple[str | None, str, str]]:
    rows = session.execute(select(Mail.person_id, Mail.kind, Mail.subject).order_by(Mail.id))
    return [(row[0], row[1], row[2]) for row in rows]


def test_two_reminders_then_silence(engine: Engine, session: Session, sides: Sides) -> None:
    made = made_at(session, sides, 0)
    sent = [remind(engine, made.created_at + timedelta(days=d)) for d in (8, 9, 10, 21, 22, 50)]
    assert sent == [0, 1, 0, 1, 0, 0]
    assert subjects(session) == [(sides.leader.id, "reminder", "An answer is waited for")] * 2
    bodies = list(session.scalars(select(Mail.body).order_by(Mail.id)))
    assert ["last reminder" in body for body in bodies] == [False, True]


def test_seeing_is_no_answer(engine: Engine, session: Session, sides: Sides) -> None:
    made_at(session, sides, 9, status="seen", status_at=now())
    assert remind(engine) == 1


def test_authority_is_reminded_of_an_offer(engine: Engine, session: Session, sides: Sides) -> None:
    made_at(session, sides, 9, status="interested", leader_consent_at=now())
    assert remind(engine) == 1
    assert subjects(session) == [(sides.staff.id, "reminder", "Une réponse est attendue")]


def test_outcome_is_asked_of_each_side_once(engine: Engine, session: Session, sides: Sides) -> None:
    made = made_at(session, sides, 45, status="met")
    assert (remind(engine), remind(engine)) == (2, 0)
    assert {person for person, _, _ in subjects(session)} == {sides.staff.id, sides.leader.id}
    made.leader_outcome = "met"
    session.commit()
    assert remind(engine) == 0


def test_anonymous_need_is_not_named_by_a_reminder(engine: Engine, session: Session) -> None:
    sides = make_sides(session, anonymous=True)
    made_at(session, sides, 9)
    remind(engine)
    assert "Lunel" not in session.scalars(select(Mail.body)).one()


def test_what_stands_still_expires_and_is_reminded_no_more(
    engine: Engine, session: Session, sides: Sides
) -> None:
    made = made_at(session, sides, 60)
    with writing(engine) as other:
        assert expire_still(other, now()) == 1
        assert expire_still(other, now()) == 0
        assert due_reminders(other, now()) == 0
    session.expire_all()
    begin_write(session)
    kept = session.get_one(Introduction, made.id)
    assert (kept.status, kept.version, kept.ended_by) == ("expired", 2, None)
    last = session.scalars(select(IntroductionEvent).order_by(IntroductionEvent.id.desc())).first()
    assert last is not None
    assert (last.from_status, last.to_status, last.side) == ("contacted", "expired", None)


def test_trial_does_not_expire(engine: Engine, session: Session, sides: Sides) -> None:
    made_at(session, sides, 300, status="pilot")
    with writing(engine) as other:
        assert expire_still(other, now()) == 0


def test_hourly_does_it_once_an_hour(engine: Engine, session: Session, sides: Sides) -> None:
    made_at(session, sides, 9)
    hourly, at = Hourly(engine), now()
    done = [hourly(at + timedelta(minutes=minutes)) for minutes in (0, 59, 60)]
    assert done == [True, False, True]
    assert len(subjects(session)) == 1
