"""The bridge between the database and the ranking library, with a fake encoder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from backend.app import create_api
from backend.database import reading, writing
from backend.matches.matcher import Criteria, Matcher
from backend.models import Embedding, Need, Solution
from backend.revisions import next_revision
from backend.settings import Settings
from matching.background import Background
from tests.factories import need_payload, operator_headers, solution_payload
from tests.matching.fakes import FakeEmbedder


def a_matcher(folder: Path) -> Matcher:
    return Matcher(Settings(data_dir=folder), FakeEmbedder(), Background())


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return a_matcher(tmp_path_factory.mktemp("data"))


@pytest.fixture
def client(engine: Engine, real: Matcher) -> Iterator[TestClient]:
    with TestClient(create_api(engine, real), headers=operator_headers(engine)) as opened:
        yield opened


def post(client: TestClient, kind: str, **changes: Any) -> dict[str, Any]:
    payload = solution_payload(**changes) if kind == "solutions" else need_payload(**changes)
    answer = client.post(f"/v1/{kind}", json=payload)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def found(client: TestClient, kind: str, text: str, **more: Any) -> list[str]:
    answer = client.post("/v1/search", json={"text": text, "kind": kind, **more})
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_record_is_found_by_the_request_after_the_one_that_saved_it(client: TestClient) -> None:
    first = post(client, "solutions", title="Capteurs de fuites")
    assert found(client, "solutions", "fuites") == [first["id"]]
    second = post(client, "solutions", title="Fuites vues du ciel")
    assert set(found(client, "solutions", "fuites")) == {first["id"], second["id"]}


def test_draft_and_archived_records_are_never_found(client: TestClient) -> None:
    post(client, "solutions", status="draft")
    shown = post(client, "solutions")
    assert found(client, "solutions", "fuites") == [shown["id"]]
    client.post(f"/v1/solutions/{shown['id']}/archive", headers={"If-Match": '"1"'})
    assert found(client, "solutions", "fuites") == []


def test_changed_text_is_what_is_quoted(client: TestClient) -> None:
    solution = post(client, "solutions")
    change = {"title": "Vélos partagés", "summary": "", "description": "Des vélos à la gare."}
    client.patch(f"/v1/solutions/{solution['id']}", json=change, headers={"If-Match": '"1"'})
    (item,) = client.post("/v1/search", json={"text": "des vélos"}).json()["items"]
    quotes = [reason["quote"] for reason in item["reasons"] if reason["kind"] == "sentence"]
    assert quotes == ["Vélos partagés Des vélos à la gare."]


def test_record_without_its_vectors_is_not_found_until_it_has_them(
    client: TestClient, engine: Engine
) -> None:
    solution = post(client, "solutions")
    with writing(engine) as session:
        session.execute(update(Embedding).values(text_hash="of another text"))
        session.execute(update(Solution).values(revision=next_revision(session)))
    assert found(client, "solutions", "fuites") == []
    with writing(engine) as session:
        session.execute(delete(Embedding))
        session.execute(update(Solution).values(revision=next_revision(session)))
    assert found(client, "solutions", "fuites") == []
    change = {"title": "Des fuites, encore"}
    client.patch(f"/v1/solutions/{solution['id']}", json=change, headers={"If-Match": '"1"'})
    assert found(client, "solutions", "fuites") == [solution["id"]]


def test_matcher_started_later_gives_the_same_list(
    client: TestClient, engine: Engine, tmp_path: Path
) -> None:
    need = post(client, "needs")
    for number in range(12):
        post(client, "solutions", title=f"Fuites {number}", description="eau " * number or "air")
    address = f"/v1/needs/{need['id']}/matches?group=false"
    listed = client.get(address).json()
    with TestClient(
        create_api(engine, a_matcher(tmp_path)), headers=operator_headers(engine)
    ) as other:
        again = other.get(address).json()
    assert again == listed
    assert len(listed["items"]) == 10


def test_perimeter_of_the_need_hides_what_is_elsewhere_and_counts_it(client: TestClient) -> None:
    near = post(client, "solutions", perimeters=["departement:34"])
    silent = post(client, "solutions", perimeters=[])
    far = post(client, "solutions", perimeters=["region:84"])
    need = post(client, "needs", perimeters=["epci:243400520"])
    address = f"/v1/needs/{need['id']}/matches?group=false"
    listed = client.get(address).json()
    assert {item["id"] for item in listed["items"]} == {near["id"], silent["id"]}
    assert listed["hidden"] == [{"filter": "perimeter", "count": 1, "gain": 1}]
    relaxed = client.get(f"{address}&relax=perimeter").json()
    assert {item["id"] for item in relaxed["items"]} == {near["id"], silent["id"], far["id"]}
    assert relaxed["hidden"] == []


def test_closed_need_is_not_offered_to_a_solution(client: TestClient) -> None:
    solution = post(client, "solutions")
    post(client, "needs", response_deadline="2020-01-01")
    open_one = post(client, "needs", response_deadline="2999-01-01")
    listed = client.get(f"/v1/solutions/{solution['id']}/matches").json()
    assert [item["id"] for item in listed["items"]] == [open_one["id"]]
    assert listed["hidden"] == [{"filter": "deadline", "count": 1, "gain": 1}]


def test_anonymous_need_cannot_be_placed_closer_than_its_region(client: TestClient) -> None:
    need = post(client, "needs", anonymous=True, perimeters=["commune:34172"])

    def asked_in(place: str) -> list[str]:
        return found(client, "needs", "fuites", filters={"perimeter": [place]})

    # Every commune of the region gives the same answer, so none tells where the need is.
    for place in ("commune:34172", "commune:30007", "departement:30", "region:76"):
        assert asked_in(place) == [need["id"]]
    assert asked_in("commune:38185") == []


def test_anonymous_need_is_matched_on_its_exact_place(client: TestClient) -> None:
    post(client, "solutions", perimeters=["commune:30007"])
    need = post(client, "needs", anonymous=True, perimeters=["commune:34172"])
    listed = client.get(f"/v1/needs/{need['id']}/matches").json()
    assert listed["items"] == []
    assert listed["hidden"] == [{"filter": "perimeter", "count": 1, "gain": 1}]


def test_list_of_matches_asks_the_database_as_often_for_one_as_for_ten(
    client: TestClient, engine: Engine, real: Matcher, session: Session
) -> None:
    from tests.backend.conftest import Statements

    counts = []
    need_id = post(client, "needs")["id"]
    for wanted in (1, 10):
        for number in range(wanted):
            post(client, "solutions", title=f"Fuites {number}")
        with reading(engine) as reader:
            real.catch_up(reader)
        with reading(engine) as reader, Statements(engine) as statements:
            need = reader.get_one(Need, need_id)
            assert len(real.match_need(reader, need, Criteria(), 10).matches) >= wanted
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_other_database_is_read_from_the_start(
    client: TestClient, engine: Engine, tmp_path: Path
) -> None:
    matcher = a_matcher(tmp_path)
    post(client, "solutions")
    post(client, "solutions")
    with reading(engine) as session:
        assert matcher.catch_up(session) == 2
    with writing(engine) as session:
        session.execute(delete(Embedding))
        session.execute(delete(Solution))
        session.connection().exec_driver_sql("UPDATE counter SET value = 1")
    with reading(engine) as session:
        assert matcher.catch_up(session) == 1
        asked = matcher.search(session, "fuites", "fr", "solution", Criteria(), 10)
    assert asked.matches == []
