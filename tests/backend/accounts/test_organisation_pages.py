"""One's organisations and their people, in the pages."""

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select

from backend.accounts.passwords import hash_password
from backend.database import reading, writing
from backend.models import Membership, Organisation, Person
from tests.backend.accounts.conftest import PASSWORD, Browser, enter
from tests.factories import make_member, make_organisation, make_person

PLACE = {"role": "authority_staff", "organisation": "Ville de Lunel", "kind": "commune"}


def held(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        wanted = select(Membership.role, Membership.status).order_by(Membership.status)
        return [(role, status) for role, status in session.execute(wanted)]


def a_member(engine: Engine) -> tuple[Organisation, Person]:
    with writing(engine) as session:
        place = make_organisation(session)
        hashed = hash_password(PASSWORD)
        return place, make_member(session, place, "authority_staff", password_hash=hashed)


def test_person_asks_to_join_and_a_member_accepts(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    place, member = a_member(engine)
    hers, theirs = open_browser(), open_browser()
    enter(hers)
    enter(theirs, member.email)
    asked = hers.post("/account/organisations?lang=en", data=PLACE)
    assert asked.headers["location"] == "/account?lang=en&done=asked"
    assert "asked for, not yet accepted" in hers.get("/account?lang=en").text
    assert hers.get(f"/account/organisations/{place.id}").status_code == 403
    page = theirs.get(f"/account/organisations/{place.id}?lang=en").text
    assert "Inès Rivage" in page
    whom = {"person": ines.id, "role": "authority_staff"}
    assert theirs.post(f"/account/organisations/{place.id}/accept", data=whom).status_code == 303
    assert held(engine) == [("authority_staff", "active")] * 2
    assert hers.get(f"/account/organisations/{place.id}").status_code == 200
    theirs.post(f"/account/organisations/{place.id}/remove", data=whom)
    assert hers.get(f"/account/organisations/{place.id}").status_code == 403
    assert held(engine) == [("authority_staff", "active")]


def test_person_registers_an_organisation_that_nobody_has_once(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    enter(browser)
    first, second = (browser.post("/account/organisations?lang=en", data=PLACE) for _ in range(2))
    assert first.headers["location"] == "/account?lang=en&done=joined"
    assert second.status_code == 303
    with reading(engine) as session:
        assert session.scalars(select(Organisation.name)).all() == ["Ville de Lunel"]
    assert held(engine) == [("authority_staff", "active")]


def test_refused_organisation_is_told_and_not_registered(
    browser: TestClient, engine: Engine, ines: Person
) -> None:
    enter(browser)
    answer = browser.post("/account/organisations?lang=en", data={**PLACE, "siren": "123456789"})
    assert answer.status_code == 422
    assert "This is not a SIREN: check its nine digits." in answer.text
    assert 'value="Ville de Lunel"' in answer.text
    with reading(engine) as session:
        assert session.scalars(select(Organisation)).all() == []


def test_person_leaves(browser: TestClient, engine: Engine) -> None:
    place, member = a_member(engine)
    enter(browser, member.email)
    answer = browser.post(f"/account/organisations/{place.id}/leave?lang=en")
    assert answer.headers["location"] == "/account?lang=en&done=left"
    assert held(engine) == []
    assert browser.post(f"/account/organisations/{place.id}/leave").status_code == 404


def test_member_elsewhere_decides_nothing_here(
    open_browser: Browser, engine: Engine, ines: Person
) -> None:
    place, member = a_member(engine)
    with writing(engine) as session:
        stranger = make_person(session, password_hash=ines.password_hash)
    browser = open_browser()
    enter(browser, stranger.email)
    whom = {"person": member.id, "role": "authority_staff"}
    for verb in ("accept", "remove"):
        assert (
            browser.post(f"/account/organisations/{place.id}/{verb}", data=whom).status_code == 403
        )
    assert browser.post("/account/organisations/none/accept", data=whom).status_code == 404
    assert held(engine) == [("authority_staff", "active")]
