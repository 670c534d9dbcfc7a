"""The fictional people of the demonstration."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select

from backend.accounts.demo import PEOPLE, add_people, has_real_operator
from backend.accounts.sessions import view
from backend.database import reading, writing
from backend.models import Membership, Person
from backend.settings import get_settings
from tests.factories import make_need, make_organisation, make_person, make_solution


@pytest.fixture
def demo(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration with its people, two needs and a solution."""
    monkeypatch.setenv("PASSERELLE_DEMO", "true")
    get_settings.cache_clear()
    add(engine)


def add(engine: Engine) -> None:
    with writing(engine) as session:
        for number, make in enumerate((make_need, make_need, make_solution)):
            place = make_organisation(session, name=f"Organisation {number}")
            make(
                session,
                organisation_id=place.id,
                source="demo",
                external_id=f"demo-{number}",
            )
        add_people(session)


def test_each_role_has_somebody_whose_records_are_in_the_demonstration(
    engine: Engine, demo: None
) -> None:
    with reading(engine) as session:
        held = {one.name: view(session, one) for one in session.scalars(select(Person)) if one.name}
    assert [held[one.name].operator for one in PEOPLE.values()] == [False, False, False, True]
    assert [
        {role: len(ids) for role, ids in held[one.name].acting.items()} for one in PEOPLE.values()
    ] == [{"project_leader": 1}, {"authority_staff": 2}, {"event_organiser": 1}, {}]


def test_people_are_added_once_and_what_they_left_stays_left(engine: Engine, demo: None) -> None:
    with writing(engine) as session:
        add_people(session)
        assert session.scalar(select(func.count()).select_from(Person)) == len(PEOPLE)
        assert session.scalar(select(func.count()).select_from(Membership)) == 4


@pytest.mark.parametrize("who", list(PEOPLE))
def test_one_press_and_one_is_somebody(browser: TestClient, demo: None, who: str) -> None:
    assert f"Enter as {PEOPLE[who].name}" in browser.get("/account/sign-in?lang=en").text
    answer = browser.post("/account/demo?lang=en", data={"who": who, "next": "/needs?lang=en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/needs?lang=en")
    page = browser.get("/account?lang=en").text
    assert PEOPLE[who].name in page
    assert "Demonstration: people, organisations and records are fictional." in page


def test_nobody_is_entered_by_a_press_outside_the_demonstration(
    browser: TestClient, engine: Engine
) -> None:
    add(engine)
    assert "/account/demo" not in browser.get("/account/sign-in").text
    answer = browser.post("/account/demo", data={"who": "operator"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (404, False)


def test_only_the_fictional_are_entered_by_a_press(
    browser: TestClient, demo: None, ines: Person
) -> None:
    for who in ("", ines.id, ines.email, "nobody"):
        assert browser.post("/account/demo", data={"who": who}).status_code == 404


def test_demonstration_without_mail_says_that_nothing_is_sent(
    browser: TestClient, demo: None
) -> None:
    assert "is not sent" in browser.get("/account/sent?lang=en&what=confirm").text


def test_somebody_real_who_runs_the_site_is_told_from_the_fictional(
    engine: Engine, demo: None
) -> None:
    with writing(engine) as session:
        assert not has_real_operator(session)
        real = make_person(session, operator=True)
        assert has_real_operator(session)
        real.disabled_at = real.created_at
        session.flush()
        assert not has_real_operator(session)
