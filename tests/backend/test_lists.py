"""Filters, orders and pages of lists."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.backend.conftest import Statements
from tests.factories import make_need, make_organisation, make_solution

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def titles(client: TestClient, url: str = "/v1/solutions", **query: Any) -> list[str]:
    """The titles of one page."""
    answer = client.get(url, params=query)
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


def all_pages(client: TestClient, **query: Any) -> list[str]:
    """The titles of all pages, two a page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        params = {**query, "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = client.get("/v1/solutions", params=params).json()
        found += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


@pytest.fixture
def five(session: Session) -> None:
    """Five solutions; the second and third were created at the same instant."""
    for name, hours in zip("éCbDa", (0, 1, 1, 2, 3), strict=True):
        at = NOON + timedelta(hours=hours)
        make_solution(session, title=name, created_at=at, updated_at=NOON - timedelta(hours=hours))
    session.commit()


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-created_at", "aDbCé"),
        ("created_at", "éCbDa"),
        ("-updated_at", "ébCDa"),
        ("updated_at", "aDCbé"),
        ("title", "abCDé"),
        ("-title", "éDCba"),
    ],
)
def test_pages_together_are_the_whole_list(client: TestClient, sort: str, order: str) -> None:
    assert all_pages(client, sort=sort) == list(order)


@pytest.mark.usefixtures("five")
def test_pages_stay_right_while_rows_are_added(client: TestClient, session: Session) -> None:
    first = client.get("/v1/solutions", params={"limit": 2}).json()
    make_solution(session, title="new", created_at=NOON + timedelta(days=1))
    session.commit()
    second = client.get("/v1/solutions", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["title"] for item in first["items"] + second["items"]] == ["a", "D", "b", "C"]
    assert (first["total"], second["total"]) == (5, 6)


@pytest.mark.usefixtures("five")
def test_cursor_that_was_tampered_with_is_refused(client: TestClient) -> None:
    cursor = client.get("/v1/solutions", params={"limit": 2}).json()["next_cursor"]
    other = "A" if cursor[20] != "A" else "B"
    damaged = [cursor[:20] + other + cursor[21:], cursor[:-3], "x", "é", "AAAA" * 20]
    for value in damaged:
        answer = client.get("/v1/solutions", params={"cursor": value})
        assert answer.status_code == 422, value
        assert answer.json()["errors"][0]["field"] == "cursor"


@pytest.mark.usefixtures("five")
def test_cursor_of_another_order_is_refused(client: TestClient) -> None:
    cursor = client.get("/v1/solutions", params={"limit": 2}).json()["next_cursor"]
    answer = client.get("/v1/solutions", params={"cursor": cursor, "sort": "title"})
    assert answer.status_code == 422


def test_list_shows_published_records_unless_asked(client: TestClient, session: Session) -> None:
    for status in ("draft", "published", "archived"):
        make_solution(session, title=status, status=status)
    session.commit()
    assert titles(client) == ["published"]
    assert sorted(titles(client, status=["draft", "archived"])) == ["archived", "draft"]


def test_q_ignores_case_and_accents(client: TestClient, session: Session) -> None:
    make_solution(session, title="Éclairage public", summary="Des lampes sobres")
    make_solution(session, title="Compost", summary="100 % local")
    session.commit()
    assert titles(client, q="eclairage PUBLIC") == ["Éclairage public"]
    assert titles(client, q="sobres") == ["Éclairage public"]
    assert titles(client, q="%") == ["Compost"]
    assert titles(client, q="_") == []


def test_q_searches_the_description_of_needs(client: TestClient, session: Session) -> None:
    make_need(session, title="Un besoin", description="Des vélos partagés")
    session.commit()
    assert titles(client, "/v1/needs", q="velos") == ["Un besoin"]


def test_theme_group_finds_its_leaves_and_a_leaf_only_itself(
    client: TestClient, session: Session
) -> None:
    make_solution(session, title="group", themes=["water"])
    make_solution(session, title="leaf", themes=["water.flood-risk"])
    make_solution(session, title="other", themes=["mobility"])
    session.commit()
    assert sorted(titles(client, theme="water")) == ["group", "leaf"]
    assert titles(client, theme="water.flood-risk") == ["leaf"]
    assert sorted(titles(client, theme=["water.flood-risk", "mobility"])) == ["leaf", "other"]


def test_filters_are_all_met(client: TestClient, session: Session) -> None:
    wanted = {
        "themes": ["water"],
        "beneficiaries": ["youth"],
        "labels": ["rgaa"],
        "languages": ["en"],
        "maturity": 7,
        "price_band": "free",
    }
    query = {
        "theme": "water",
        "beneficiary": "youth",
        "label": "rgaa",
        "language": "en",
        "maturity_min": 7,
        "price_band": "free",
    }
    make_solution(session, title="all", **wanted)
    for name, other in [
        ("themes", ["mobility"]),
        ("beneficiaries", []),
        ("labels", ["hds"]),
        ("languages", ["fr"]),
        ("maturity", 6),
        ("maturity", None),
        ("price_band", None),
    ]:
        make_solution(session, title=f"not {name}", **{**wanted, name: other})
    session.commit()
    assert titles(client, **query) == ["all"]


def test_filter_that_matches_nothing_returns_nothing(client: TestClient, session: Session) -> None:
    make_solution(session, themes=["water"])
    session.commit()
    answer = client.get("/v1/solutions", params={"theme": "mobility"}).json()
    assert answer == {"items": [], "next_cursor": None, "total": 0, "counts": None}


def test_budget_of_needs_is_filtered_as_price_band(client: TestClient, session: Session) -> None:
    make_need(session, title="free", budget_band="free")
    make_need(session, title="blank")
    session.commit()
    assert titles(client, "/v1/needs", price_band="free") == ["free"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("commune:34172", ["country", "dept 34", "epci 34", "region", "silent"]),
        ("commune:34145", ["country", "dept 34", "lunel", "region", "silent"]),
        ("commune:30123", ["country", "lunel", "region", "silent"]),
        ("epci:243400520", ["country", "dept 34", "lunel", "region", "silent"]),
        ("departement:30", ["country", "lunel", "region", "silent"]),
        ("region:84", ["country", "silent"]),
        ("country:FR", ["country", "dept 34", "epci 34", "lunel", "region", "silent"]),
    ],
)
def test_perimeter_finds_what_touches_it_or_does_not_say(
    client: TestClient, session: Session, asked: str, found: list[str]
) -> None:
    places = {
        "country": ["country:FR"],
        "dept 34": ["departement:34"],
        "epci 34": ["epci:243400017"],
        "lunel": ["epci:243400520"],
        "region": ["region:76"],
        "silent": [],
    }
    for title, perimeters in places.items():
        make_solution(session, title=title, perimeters=perimeters)
    session.commit()
    assert titles(client, perimeter=asked, sort="title") == found


def test_perimeter_that_does_not_exist_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/solutions", params={"perimeter": "commune:00000"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "perimeter"


def test_organisation_finds_its_records(client: TestClient, session: Session) -> None:
    lunel = make_organisation(session)
    make_solution(session, title="theirs", organisation_id=lunel.id)
    make_solution(session, title="another's")
    session.commit()
    assert titles(client, organisation_id=lunel.id) == ["theirs"]
    assert titles(client, organisation_id="nobody") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"sort": "price"}, "sort"),
        ({"themes": "water"}, "themes"),
        ({"theme": "wet"}, "theme[0]"),
        ({"status": "hidden"}, "status[0]"),
        ({"q": "a\x00"}, "q"),
        ({"maturity_min": "high"}, "maturity_min"),
    ],
)
def test_query_that_is_wrong_is_refused_by_name(
    client: TestClient, query: dict[str, str], field: str
) -> None:
    answer = client.get("/v1/solutions", params=query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("kind", ["solutions", "needs"])
def test_number_of_statements_does_not_grow_with_the_rows(
    visitor: TestClient, session: Session, statements: Statements, kind: str
) -> None:
    make = make_solution if kind == "solutions" else make_need
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            place = make_organisation(session, territory="commune:34172")
            make(
                session,
                organisation_id=place.id,
                themes=["water"],
                perimeters=["commune:34172", "departement:30"],
                **({"anonymous": True} if kind == "needs" and rows == 2 else {}),
            )
        if kind == "needs" and rows == 1:
            make(session, anonymous=True, perimeters=["commune:34172"])
        session.commit()
        with statements:
            items = visitor.get(f"/v1/{kind}", params={"theme": "water"}).json()["items"]
        counts.append((len(items), len(statements)))
        statements.texts.clear()
    assert [count for count, _ in counts] == [1, 3]
    assert counts[0][1] <= 5
    assert counts[1][1] <= 5


def test_place_of_a_whole_region_is_asked_with_few_values(
    client: TestClient, session: Session, statements: Statements
) -> None:
    make_solution(session, perimeters=["region:76"])
    session.commit()
    with statements:
        client.get("/v1/solutions", params={"perimeter": ["region:76", "region:84"]})
    assert max(text.count("?") + text.count("%(") for text in statements.texts) < 60
