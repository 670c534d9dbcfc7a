"""People are told of each new match once, from the band on that they want."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, update

from backend.alerts import telling
from backend.alerts.telling import Run, tell_new_matches
from backend.database import reading, writing
from backend.mail.preferences import choose
from backend.models import AlertBand, Counter, Mail, Membership, Organisation, Person, Solution
from backend.models.base import now
from backend.revisions import last_revision, next_revision
from tests.factories import (
    make_member,
    make_need,
    make_organisation,
    make_solution,
    solution_payload,
)
from tests.fakes import FakeMatcher

TITLE = "Repérer les fuites"
Tell = Callable[[], Run]


@pytest.fixture
def tell(engine: Engine, matcher: FakeMatcher) -> Tell:
    """Tell of what changed since; what is in the database at first is known already."""
    return lambda: tell_new_matches(engine, matcher)  # type: ignore[arg-type]


def asks(engine: Engine, **values: Any) -> tuple[str, Person]:
    """A published need of an organisation with one person; told of already."""
    with writing(engine) as session:
        place = make_organisation(session)
        person = make_member(session, place, "authority_staff")
        choose(session, person.id, {"match": "immediate"})
        need = make_need(session, **{"title": TITLE, "organisation_id": place.id, **values})
        catch_up(session)
        return need.id, person


def offer(engine: Engine, **values: Any) -> str:
    """A solution that is new; its id."""
    with writing(engine) as session:
        return make_solution(session, **{"title": "Les fuites entendues", **values}).id


def catch_up(session: Any) -> None:
    reached = update(Counter).where(Counter.name == "alerts")
    session.execute(reached.values(value=last_revision(session)))


def letters(engine: Engine) -> list[Mail]:
    with reading(engine) as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def test_new_solution_is_told_to_whoever_asks_for_it(engine: Engine, tell: Tell) -> None:
    need_id, person = asks(engine)
    solution_id = offer(engine)
    assert tell() == Run(records=1, letters=1, more=False)
    (letter,) = letters(engine)
    assert (letter.person_id, letter.kind) == (person.id, "match")
    assert letter.subject == f"Une solution pour « {TITLE} »"
    assert "- Les fuites entendues (proche)\n" in letter.body
    assert f"/solution?id={solution_id}&lang=fr" in letter.body
    assert f"/need?id={need_id}&lang=fr" in letter.body


def test_new_need_is_told_to_the_project_leader(engine: Engine, tell: Tell) -> None:
    with writing(engine) as session:
        place = make_organisation(session)
        person = make_member(session, place, "project_leader", lang="en")
        make_solution(session, title="Leaks heard", organisation_id=place.id)
        catch_up(session)
        make_need(session, title="Find leaks", anonymous=True)
    assert tell().letters == 1
    (letter,) = letters(engine)
    assert (letter.person_id, letter.subject) == (person.id, "A need for “Leaks heard”")
    assert letter.frequency == "daily"


def test_match_is_told_once_however_often_it_changes(engine: Engine, tell: Tell) -> None:
    asks(engine)
    solution_id = offer(engine)
    tell()
    with writing(engine) as session:
        session.get_one(Solution, solution_id).revision = next_revision(session)
    assert tell() == Run(records=1, letters=0, more=False)
    assert tell() == Run(records=0, letters=0, more=False)
    assert len(letters(engine)) == 1


def test_two_that_tell_at_once_write_one_letter(engine: Engine, tell: Tell) -> None:
    asks(engine)
    offer(engine)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: tell(), range(3)))
    assert len(letters(engine)) == 1


@pytest.mark.parametrize(
    ("bands", "told"),
    [({}, 1), ({"": "strong"}, 0), ({"": "strong", "own": "possible"}, 1), ({"own": "strong"}, 0)],
)
def test_band_that_is_wanted_is_that_of_the_record_or_of_all(
    engine: Engine, tell: Tell, bands: dict[str, str], told: int
) -> None:
    need_id, person = asks(engine)
    with writing(engine) as session:
        for record, band in bands.items():
            known = need_id if record == "own" else ""
            session.add(AlertBand(person_id=person.id, record_id=known, band=band))
    offer(engine)
    assert tell().letters == told


def test_uncertain_match_is_told_to_nobody(engine: Engine, tell: Tell) -> None:
    asks(engine)
    offer(engine, title="Tout autre chose")
    assert tell().letters == 0


def test_own_solution_is_no_news(engine: Engine, tell: Tell) -> None:
    asks(engine)
    with reading(engine) as session:
        place = session.scalars(select(Organisation.id)).one()
    offer(engine, organisation_id=place)
    assert tell() == Run(records=1, letters=0, more=False)


def test_draft_is_told_to_nobody_until_it_is_published(engine: Engine, tell: Tell) -> None:
    asks(engine)
    solution_id = offer(engine, status="submitted")
    assert tell() == Run(records=0, letters=0, more=False)
    with writing(engine) as session:
        solution = session.get_one(Solution, solution_id)
        solution.status, solution.revision = "published", next_revision(session)
    assert tell().letters == 1


def test_person_who_wants_none_or_left_is_not_told(engine: Engine, tell: Tell) -> None:
    _, person = asks(engine)
    with writing(engine) as session:
        choose(session, person.id, {"match": "never"})
    offer(engine)
    assert tell().letters == 0
    with writing(engine) as session:
        choose(session, person.id, {"match": "immediate"})
        session.delete(session.scalars(select(Membership)).one())
    offer(engine)
    assert tell().letters == 0


def test_person_who_is_disabled_is_not_told(engine: Engine, tell: Tell) -> None:
    _, person = asks(engine)
    with writing(engine) as session:
        session.get_one(Person, person.id).disabled_at = now()
    offer(engine)
    assert tell().letters == 0


def test_run_is_bounded_and_the_next_goes_on(
    engine: Engine, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST", 2)
    asks(engine)
    for number in range(5):
        offer(engine, title=f"Les fuites {number}")
    assert [tell(), tell(), tell()] == [Run(2, 1, True), Run(2, 1, True), Run(1, 1, False)]
    assert [letter.subject for letter in letters(engine)] == [
        f"2 solutions pour « {TITLE} »",
        f"2 solutions pour « {TITLE} »",
        f"Une solution pour « {TITLE} »",
    ]


def test_many_changes_at_once_wait_for_the_letter_of_the_day(
    engine: Engine, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MOST", 1)
    asks(engine)
    for number in range(2):
        offer(engine, title=f"Les fuites {number}")
    while tell().more:
        pass
    assert [letter.frequency for letter in letters(engine)] == ["daily", "immediate"]


def test_stopping_leaves_the_run_to_be_done_again(engine: Engine, matcher: FakeMatcher) -> None:
    asks(engine)
    offer(engine)
    stopped = tell_new_matches(engine, matcher, lambda: True)  # type: ignore[arg-type]
    assert stopped == Run(0, 0, True)
    assert tell_new_matches(engine, matcher).letters == 1  # type: ignore[arg-type]


def test_registering_through_the_api_is_seen(
    engine: Engine, tell: Tell, client: TestClient
) -> None:
    asks(engine, title="Détection des fuites")
    assert client.post("/v1/solutions", json=solution_payload()).status_code == 201
    assert tell().letters == 1
