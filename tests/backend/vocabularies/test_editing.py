"""Operators change the words of the closed lists."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import reading
from backend.models import Activity, VocabularyEntry
from backend.vocabularies.service import ask_again, entries, forget, label, read_changes, refresh
from tests.backend.conftest import SignIn
from tests.factories import make_person, solution_payload

NEW = {"fr": "Compteurs connectés", "en": "Smart meters", "parent": "water"}


def put(client: TestClient, name: str, code: str, **data: Any) -> tuple[int, Any]:
    answer = client.put(f"/v1/vocabularies/{name}/{code}", json=data)
    return answer.status_code, answer.json()


def listed(client: TestClient, name: str) -> dict[str, Any]:
    return {entry["code"]: entry for entry in client.get("/v1/vocabularies").json()[name]}


def test_words_are_changed_for_everybody_and_the_trace_says_from_what(
    client: TestClient, session: Session
) -> None:
    former = listed(client, "labels")["open_source"]
    status, term = put(client, "labels", "open_source", fr="Code ouvert", en=former["en"])
    assert (status, term["fr"]) == (200, "Code ouvert")
    assert listed(client, "labels")["open_source"]["fr"] == "Code ouvert"
    line = session.scalars(select(Activity)).one()
    assert (line.object_kind, line.object_id) == ("vocabulary", "labels/open_source")
    assert line.detail == {"changed": {"fr": [former["fr"], "Code ouvert"]}}


def test_same_words_again_write_nothing(client: TestClient, session: Session) -> None:
    for _ in range(2):
        assert put(client, "themes", "water.smart-meters", **NEW)[0] == 200
    assert len(session.scalars(select(Activity)).all()) == 1
    former = entries("labels")["open_source"]
    assert put(client, "labels", "open_source", fr=former["fr"], en=former["en"])[0] == 200
    assert len(session.scalars(select(VocabularyEntry)).all()) == 1


def test_new_theme_can_be_chosen_and_is_found_by_its_group(client: TestClient) -> None:
    assert put(client, "themes", "water.smart-meters", **NEW)[0] == 200
    group = next(one for one in client.get("/v1/themes").json() if one["code"] == "water")
    assert group["leaves"][-1]["en"] == "Smart meters"
    made = client.post("/v1/solutions", json=solution_payload(themes=["water.smart-meters"]))
    assert made.status_code == 201
    found = client.get("/v1/solutions", params={"theme": "water"}).json()
    assert [item["id"] for item in found["items"]] == [made.json()["id"]]


def test_retired_code_stays_where_it_was_chosen_and_cannot_be_chosen(client: TestClient) -> None:
    old = client.post("/v1/solutions", json=solution_payload(labels=["open_source"])).json()
    former = listed(client, "labels")["open_source"]
    words = {"fr": former["fr"], "en": former["en"]}
    assert put(client, "labels", "open_source", **words, retired=True)[1]["retired"] is True
    assert listed(client, "labels")["open_source"]["retired"] is True

    path, headers = f"/v1/solutions/{old['id']}", {"If-Match": '"1"'}
    change = {"labels": ["open_source"], "maturity": 7}
    assert client.patch(path, json=change, headers=headers).json()["labels"] == ["open_source"]
    refused = client.post("/v1/solutions", json=solution_payload(labels=["open_source"]))
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "labels")
    found = client.get("/v1/solutions", params={"label": "open_source"}).json()
    assert found["total"] == 1

    assert put(client, "labels", "open_source", **words)[1]["retired"] is False
    again = client.post("/v1/solutions", json=solution_payload(labels=["open_source"]))
    assert again.status_code == 201


def test_entries_with_a_position_come_first_in_that_order(client: TestClient) -> None:
    codes = list(listed(client, "beneficiaries"))
    for position, code in enumerate((codes[3], codes[1])):
        former = entries("beneficiaries")[code]
        words = {"fr": former["fr"], "en": former["en"]}
        assert put(client, "beneficiaries", code, **words, position=position)[0] == 200
    rest = [code for code in codes if code not in {codes[3], codes[1]}]
    assert list(listed(client, "beneficiaries")) == [codes[3], codes[1], *rest]


@pytest.mark.parametrize(
    ("name", "code", "data", "status"),
    [
        ("labels", "Not A Code", {}, 422),
        ("themes", "water.new", {"parent": "energy"}, 422),
        ("themes", "newgroup", {"parent": "newgroup"}, 422),
        ("themes", "water", {"retired": True}, 409),
        ("price_bands", "new_band", {}, 409),
        ("statuses", "draft", {"retired": True}, 409),
        ("statuses", "draft", {"position": 1}, 409),
        ("unheard-of", "x", {}, 404),
        ("labels", "open_source", {"fr": " "}, 422),
    ],
)
def test_what_a_list_cannot_hold_is_refused(
    client: TestClient, session: Session, name: str, code: str, data: dict[str, Any], status: int
) -> None:
    assert put(client, name, code, **{"fr": "Mot", "en": "Word", **data})[0] == status
    assert session.scalars(select(VocabularyEntry)).all() == []


def test_words_of_a_closed_list_can_be_changed(client: TestClient) -> None:
    assert put(client, "statuses", "draft", fr="Ébauche", en="Draft")[0] == 200
    assert listed(client, "statuses")["draft"]["fr"] == "Ébauche"


def test_another_process_reads_the_change_when_it_next_asks(
    client: TestClient, engine: Engine
) -> None:
    former = entries("labels")["open_source"]["fr"]
    put(client, "labels", "open_source", fr="Code ouvert", en="Open")
    forget()
    assert label("labels", "open_source", "fr") == former
    with reading(engine) as session:
        read_changes(session)
    assert label("labels", "open_source", "fr") == "Code ouvert"


def test_words_known_so_far_serve_while_the_database_does_not_answer(
    empty_sqlite: Engine,
) -> None:
    former = label("labels", "open_source", "fr")
    ask_again()
    refresh(empty_sqlite)
    assert label("labels", "open_source", "fr") == former


def test_only_operators_change_words(
    visitor: TestClient, sign_in: SignIn, engine: Engine, session: Session
) -> None:
    somebody = make_person(session)
    session.commit()
    assert put(visitor, "labels", "open_source", fr="Mot", en="Word")[0] == 401
    assert put(sign_in(somebody), "labels", "open_source", fr="Mot", en="Word")[0] == 403
