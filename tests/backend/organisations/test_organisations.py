"""Registering and finding organisations."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from backend.database import writing
from tests.backend.conftest import SignIn
from tests.factories import make_person, organisation_payload

URL = "/v1/organisations"


def test_create_answers_with_the_record(client: TestClient) -> None:
    answer = client.post(URL, json=organisation_payload(siren="243 400 017"))
    body = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == f"/api/v1/organisations/{body['id']}"
    assert body["siren"] == "243400017"
    assert body == client.get(f"{URL}/{body['id']}").json()


def test_create_refuses_a_siren_that_is_known(client: TestClient) -> None:
    client.post(URL, json=organisation_payload())
    answer = client.post(URL, json=organisation_payload(name="Again"))
    assert answer.status_code == 409
    assert answer.json()["detail"] == "A record with the same SIREN exists already: '243400017'."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"siren": "243400018"}, "siren"),
        ({"siren": "٢٤٣٤٠٠٠١٧"}, "siren"),
        ({"kind": "town"}, "kind"),
        ({"name": " "}, "name"),
        ({"territory": "epci:0"}, "territory"),
        ({"website": "ftp://x.example"}, "website"),
        ({"website": "http://[x"}, "website"),
    ],
)
def test_create_names_the_field_that_is_wrong(
    client: TestClient, change: dict[str, str], field: str
) -> None:
    answer = client.post(URL, json=organisation_payload(**change))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_list_is_by_name_a_page_at_a_time(client: TestClient) -> None:
    for name in ("Zoé", "éole", "Alès"):
        client.post(URL, json={"name": name, "kind": "association"})
    first = client.get(URL, params={"limit": 2}).json()
    second = client.get(URL, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["name"] for item in first["items"] + second["items"]] == ["Alès", "éole", "Zoé"]
    assert (first["total"], second["next_cursor"]) == (3, None)


def test_list_finds_by_part_of_the_name_and_kind(client: TestClient) -> None:
    client.post(URL, json={"name": "Éole", "kind": "association"})
    client.post(URL, json={"name": "Eolien", "kind": "company"})
    assert client.get(URL, params={"q": "EOL"}).json()["total"] == 2
    assert client.get(URL, params={"q": "eol", "kind": "company"}).json()["total"] == 1


def test_get_of_an_unknown_id_is_not_found(client: TestClient) -> None:
    assert client.get(f"{URL}/42").status_code == 404


def test_create_refuses_a_name_that_no_siren_tells_apart(client: TestClient) -> None:
    client.post(URL, json={"name": "Éole Énergies", "kind": "startup"})
    answer = client.post(
        URL, json={"name": "eole  energies", "kind": "company", "siren": "243400017"}
    )
    assert answer.status_code == 409
    assert answer.json()["detail"] == (
        "An organisation of this name is registered already: Éole Énergies. Ask to join it, or "
        "give the SIREN numbers that tell the two apart."
    )


def test_namesakes_with_their_own_siren_are_two(client: TestClient) -> None:
    first = client.post(URL, json={"name": "Saint-Martin", "kind": "commune", "siren": "243400017"})
    second = client.post(
        URL, json={"name": "Saint-Martin", "kind": "commune", "siren": "243400520"}
    )
    assert (first.status_code, second.status_code) == (201, 201)


def test_list_finds_by_siren(client: TestClient) -> None:
    client.post(URL, json=organisation_payload())
    client.post(URL, json={"name": "Éole", "kind": "association"})
    found = client.get(URL, params={"q": "243 400 017"}).json()
    assert [item["siren"] for item in found["items"]] == ["243400017"]


def test_whoever_registers_an_organisation_holds_the_role_named(
    engine: Engine, sign_in: SignIn
) -> None:
    with writing(engine) as session:
        person = make_person(session)
    newcomer = sign_in(person)
    made = newcomer.post(
        URL, json={"name": "Éole", "kind": "startup", "role": "project_leader"}
    ).json()
    assert newcomer.get("/v1/me").json()["belongings"] == [
        {
            "organisation_id": made["id"],
            "organisation_name": "Éole",
            "role": "project_leader",
            "status": "active",
        }
    ]
