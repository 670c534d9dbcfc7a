"""Saved searches: kept once, one's own, and counting what is new."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Person, SavedSearch
from backend.searches.service import new_results
from tests.backend.conftest import SignIn, Statements
from tests.factories import make_need, make_person, make_search, make_solution
from tests.fakes import FakeMatcher

URL = "/v1/me/searches"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
EARLIER = NOON - timedelta(days=1)


@dataclass(frozen=True)
class Seeker:
    """A person who keeps searches."""

    person: Person
    client: TestClient

    def keep(self, **data: Any) -> dict[str, Any]:
        answer = self.client.post(URL, json={"name": "Fuites", **data})
        assert answer.status_code == 201, answer.text
        kept: dict[str, Any] = answer.json()
        return kept

    def listed(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(URL).json()["items"]
        return found


@pytest.fixture
def seeker(session: Session, sign_in: SignIn) -> Seeker:
    person = make_person(session)
    session.commit()
    return Seeker(person, sign_in(person))


def test_search_is_kept_with_its_text_and_filters(seeker: Seeker) -> None:
    filters = {"theme": ["water"], "perimeter": ["departement:34"], "maturity_min": 6}
    kept = seeker.keep(text="trouver les fuites", filters=filters, frequency="weekly")
    (listed,) = seeker.listed()
    assert listed == kept
    assert (kept["name"], kept["kind"], kept["text"]) == (
        "Fuites",
        "solutions",
        "trouver les fuites",
    )
    assert {name: value for name, value in kept["filters"].items() if value} == filters
    assert (kept["frequency"], kept["new"]) == ("weekly", 0)


def test_same_search_is_kept_once(seeker: Seeker) -> None:
    first = seeker.keep(text="eau", filters={"theme": ["water"]})
    again = seeker.keep(text="eau", filters={"theme": ["water"]}, name="Autre nom")
    assert again == first
    seeker.keep(text="eau")
    assert len(seeker.listed()) == 2


def test_newest_comes_first(seeker: Seeker) -> None:
    for text in ("un", "deux"):
        seeker.keep(text=text, name=text)
    assert [one["name"] for one in seeker.listed()] == ["deux", "un"]


def test_name_and_frequency_change(seeker: Seeker) -> None:
    kept = seeker.keep(text="eau", frequency="daily")
    url = f"{URL}/{kept['id']}"
    assert seeker.client.patch(url, json={"name": "L'eau"}).json()["frequency"] == "daily"
    assert seeker.client.patch(url, json={"frequency": "none"}).json()["name"] == "L'eau"
    assert seeker.client.patch(url, json={"name": " "}).status_code == 422
    assert seeker.client.patch(url, json={"frequency": "hourly"}).status_code == 422


def test_forgotten_search_is_gone(seeker: Seeker) -> None:
    kept = seeker.keep(text="eau")
    assert seeker.client.delete(f"{URL}/{kept['id']}").status_code == 204
    assert seeker.listed() == []
    assert seeker.client.delete(f"{URL}/{kept['id']}").status_code == 404


def test_unknown_territory_is_refused(seeker: Seeker) -> None:
    data = {"name": "x", "filters": {"perimeter": ["commune:99999"]}}
    answer = seeker.client.post(URL, json=data)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "filters.perimeter")


def test_searches_of_others_do_not_exist(
    seeker: Seeker, client: TestClient, session: Session, visitor: TestClient
) -> None:
    kept = seeker.keep(text="eau")
    url = f"{URL}/{kept['id']}"
    assert client.get(URL).json()["items"] == []
    assert client.patch(url, json={"name": "x"}).status_code == 404
    assert client.delete(url).status_code == 404
    assert client.post(f"{url}/seen").status_code == 404
    assert visitor.get(URL).status_code == 401
    assert session.scalars(select(SavedSearch.name)).all() == ["Fuites"]


def test_new_results_pass_the_filters_and_were_published_since(
    session: Session, matcher: FakeMatcher
) -> None:
    made = {
        title: make_solution(session, title=title, published_at=at, **values).id
        for title, at, values in (
            ("recent", LATER, {"themes": ["water.leak-detection"]}),
            ("newest", LATER + timedelta(hours=1), {"themes": ["water"]}),
            ("former", EARLIER, {"themes": ["water"]}),
            ("another", LATER, {"themes": ["culture"]}),
            ("draft", LATER, {"themes": ["water"], "status": "draft"}),
        )
    }
    search = make_search(session, make_person(session), filters={"theme": ["water"]})
    session.commit()
    found = new_results(session, matcher, search, NOON)  # type: ignore[arg-type]
    assert found == [made["newest"], made["recent"]]


def test_with_a_text_only_what_answers_is_new(session: Session, matcher: FakeMatcher) -> None:
    close = make_solution(session, title="fuites d'eau", published_at=LATER)
    make_solution(session, title="bibliothèque", published_at=LATER)
    make_solution(session, title="fuites d'eau aussi", published_at=EARLIER)
    search = make_search(session, make_person(session), text="fuites d'eau")
    session.commit()
    assert new_results(session, matcher, search, NOON) == [close.id]  # type: ignore[arg-type]


def test_code_that_left_a_vocabulary_finds_nothing_and_hides_nothing(
    seeker: Seeker, session: Session
) -> None:
    make_solution(session, themes=["water"], published_at=LATER)
    make_search(session, seeker.person, filters={"theme": ["gone"]}, last_seen_at=NOON)
    make_search(session, seeker.person, filters={"theme": ["water"]}, last_seen_at=NOON)
    session.commit()
    assert [one["new"] for one in seeker.listed()] == [1, 0]


def test_needs_are_found_too(seeker: Seeker, session: Session) -> None:
    make_need(session, budget_band="free", published_at=LATER)
    make_search(
        session, seeker.person, kind="needs", filters={"price_band": ["free"]}, last_seen_at=NOON
    )
    session.commit()
    assert [one["new"] for one in seeker.listed()] == [1]


def test_what_was_seen_is_no_longer_new(seeker: Seeker, session: Session) -> None:
    make_solution(session, published_at=LATER)
    kept = make_search(session, seeker.person, last_seen_at=NOON)
    session.commit()
    assert [one["new"] for one in seeker.listed()] == [1]
    assert seeker.client.post(f"{URL}/{kept.id}/seen").status_code == 204
    assert [one["new"] for one in seeker.listed()] == [0]


def test_one_search_too_many_is_refused(seeker: Seeker, session: Session) -> None:
    with writing(session.get_bind()) as filling:  # type: ignore[arg-type]
        for _ in range(50):
            make_search(filling, seeker.person)
    answer = seeker.client.post(URL, json={"name": "x", "text": "une de plus"})
    assert (answer.status_code, "50" in answer.json()["detail"]) == (409, True)


def test_statements_do_not_grow_with_searches_nor_results(
    seeker: Seeker, session: Session, statements: Statements
) -> None:
    numbers = []
    for more in (1, 4):
        for _ in range(more):
            make_solution(session, themes=["water"], published_at=LATER)
            filters = {"theme": ["water"], "perimeter": ["departement:34"]}
            make_search(session, seeker.person, filters=filters, last_seen_at=NOON)
        session.commit()
        statements.texts.clear()
        with statements:
            seeker.listed()
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]
    assert [one["new"] for one in seeker.listed()] == [5] * 5
