"""Live counts: what each value of a filter would leave, the other filters as they are."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.backend.conftest import Statements
from tests.factories import make_need, make_organisation, make_solution

LEAF, OTHER = "water.leak-detection", "water.flood-risk"


def counts(client: TestClient, url: str = "/v1/solutions", **query: Any) -> dict[str, Any]:
    answer = client.get(url, params={"counts": True, "limit": 1, **query})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["counts"]
    return found


@pytest.fixture
def three(session: Session) -> None:
    make_solution(
        session,
        themes=[LEAF, OTHER],
        labels=["open_source"],
        maturity=9,
        price_band="free",
        perimeters=["commune:34172"],
    )
    make_solution(session, themes=["water"], maturity=5, perimeters=["region:84"])
    make_solution(session, themes=["culture"], beneficiaries=["residents"], price_band="free")
    session.commit()


@pytest.mark.usefixtures("three")
def test_counts_are_left_out_unless_asked_for(visitor: TestClient) -> None:
    assert visitor.get("/v1/solutions").json()["counts"] is None


@pytest.mark.usefixtures("three")
def test_group_of_themes_counts_a_record_in_two_leaves_once(visitor: TestClient) -> None:
    assert counts(visitor)["theme"] == {"culture": 1, "water": 2, LEAF: 1, OTHER: 1}


@pytest.mark.usefixtures("three")
def test_filter_is_counted_without_itself_and_with_the_others(visitor: TestClient) -> None:
    found = counts(visitor, theme="water", price_band="free")
    assert found["theme"] == {"culture": 1, "water": 1, LEAF: 1, OTHER: 1}
    assert found["price_band"] == {"free": 1}
    assert found["label"] == {"open_source": 1}
    assert found["beneficiary"] == {}


@pytest.mark.usefixtures("three")
def test_maturity_counts_all_above_the_level(visitor: TestClient) -> None:
    assert counts(visitor)["maturity_min"] == {
        **{str(level): 2 for level in range(1, 6)},
        **{str(level): 1 for level in range(6, 10)},
    }


@pytest.mark.usefixtures("three")
def test_region_counts_what_touches_it_and_what_does_not_say_where(visitor: TestClient) -> None:
    found = counts(visitor)["perimeter"]
    assert (found["region:76"], found["region:84"], found["region:11"]) == (2, 2, 1)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "water"),
        ("theme", LEAF),
        ("price_band", "free"),
        ("maturity_min", "6"),
        ("perimeter", "region:76"),
        ("perimeter", "region:84"),
        ("label", "open_source"),
        ("beneficiary", "residents"),
    ],
)
def test_count_is_the_total_of_the_list_with_that_value(
    visitor: TestClient, name: str, value: str
) -> None:
    others = {"price_band": "free"} if name != "price_band" else {"theme": "water"}
    told = counts(visitor, **others)[name].get(value, 0)
    answer = visitor.get("/v1/solutions", params={**others, name: value})
    assert told == answer.json()["total"]


def test_place_of_an_anonymous_need_is_counted_as_it_is_found(
    visitor: TestClient, session: Session
) -> None:
    make_need(session, perimeters=["commune:34172"], anonymous=True, budget_band="free")
    make_need(session, perimeters=["country:FR"], anonymous=True)
    session.commit()
    found = counts(visitor, "/v1/needs")
    assert (found["perimeter"]["region:76"], found["perimeter"]["region:84"]) == (2, 1)
    assert found["price_band"] == {"free": 1}
    assert "maturity_min" not in found


def test_counts_hold_what_the_viewer_may_see_only(
    visitor: TestClient, client: TestClient, session: Session
) -> None:
    make_solution(
        session, themes=["water"], status="draft", organisation=make_organisation(session)
    )
    session.commit()
    both = {"status": ["draft", "published"]}
    assert counts(visitor, **both)["theme"] == {}
    assert counts(client, **both)["theme"] == {"water": 1}


def test_statements_do_not_grow_with_records(
    visitor: TestClient, session: Session, statements: Statements
) -> None:
    numbers = []
    for more in (1, 5):
        for _ in range(more):
            make_solution(session, themes=[LEAF], perimeters=["region:76"])
        session.commit()
        statements.texts.clear()
        with statements:
            counts(visitor, theme="water", limit=100)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


@pytest.mark.usefixtures("three")
def test_search_counts_what_its_filters_leave(visitor: TestClient) -> None:
    query = {"text": "eau", "filters": {"theme": ["water"]}, "counts": True}
    found = visitor.post("/v1/search", json=query).json()["counts"]
    assert found["theme"] == {"culture": 1, "water": 2, LEAF: 1, OTHER: 1}
    assert found["label"] == {"open_source": 1}
    relaxed = visitor.post("/v1/search", json={**query, "relax": ["theme"]}).json()["counts"]
    assert relaxed["price_band"] == {"free": 2}


def test_search_counts_no_need_whose_answers_are_closed(
    visitor: TestClient, session: Session
) -> None:
    make_need(session, themes=["water"], response_deadline=date(2020, 1, 1))
    make_need(session, themes=["water"], response_deadline=date(2099, 1, 1))
    make_need(session, themes=["water"])
    session.commit()
    query = {"text": "eau", "kind": "needs", "counts": True}
    assert visitor.post("/v1/search", json=query).json()["counts"]["theme"] == {"water": 2}
    query |= {"relax": ["deadline"]}
    assert visitor.post("/v1/search", json=query).json()["counts"]["theme"] == {"water": 3}
