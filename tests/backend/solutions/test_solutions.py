"""Registering, reading, changing and archiving solutions."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.models import Activity, Embedding, Solution
from tests.factories import organisation_payload, solution_payload
from tests.fakes import FakeMatcher

URL = "/v1/solutions"


def created(client: TestClient, **changes: object) -> dict[str, object]:
    """A solution registered through the API."""
    answer = client.post(URL, json=solution_payload(**changes))
    assert answer.status_code == 201, answer.text
    body: dict[str, object] = answer.json()
    return body


def test_create_answers_with_the_record(client: TestClient) -> None:
    answer = client.post(URL, json=solution_payload())
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["location"] == f"/api/v1/solutions/{body['id']}"
    assert body["themes"] == ["water.leak-detection"]
    assert body["perimeters"] == ["departement:34"]
    assert body["perimeter_names"] == {"departement:34": "Hérault"}
    assert body["organisation"] is None
    assert body["has_contact"] is True
    assert body["published_at"] is not None
    assert body == client.get(f"{URL}/{body['id']}").json()


def test_contact_is_shown_to_its_own_organisation_only(
    visitor: TestClient, client: TestClient
) -> None:
    contact = {
        "contact_name": "Ada Exemple",
        "contact_email": "ada@exemple.example",
        "contact_phone": "0600000000",
    }
    body = created(client, **contact)
    assert body["contact"] == contact
    public = [
        visitor.get(f"{URL}/{body['id']}").text,
        visitor.get(URL).text,
        visitor.post("/v1/search", json={"text": "fuites"}).text,
    ]
    for value in contact.values():
        assert all(value not in text for text in public)


def test_create_stores_row_facets_vector_and_trace(
    client: TestClient, session: Session, matcher: FakeMatcher
) -> None:
    body = created(client)
    solution = session.get_one(Solution, body["id"])
    embedding = session.get_one(Embedding, ("solution", body["id"]))
    line = session.scalars(select(Activity)).one()
    assert solution.revision == 1
    assert embedding.model == "fake"
    assert embedding.dimension == 8
    text = (
        "Détection acoustique des fuites d'eau. Des capteurs repèrent les fuites du réseau.\n"
        "Chaque nuit, les capteurs écoutent les conduites."
    )
    assert matcher.encoded == [text]
    assert (line.action, line.object_kind, line.object_id) == ("create", "solution", body["id"])


def test_create_detects_the_language(client: TestClient) -> None:
    body = created(
        client,
        lang=None,
        title="Find water leaks at night",
        summary="Sensors listen to the pipes and tell where the leak is.",
        description="They are placed by hand and need no digging in the street.",
    )
    assert body["lang"] == "en"


def test_create_with_new_organisation_reuses_a_known_siren(client: TestClient) -> None:
    first = created(client, organisation=organisation_payload())
    second = created(client, organisation=organisation_payload(name="Another spelling"))
    assert first["organisation"] == second["organisation"]
    assert first["organisation"] == {
        "id": first["organisation"]["id"],  # type: ignore[index]
        "name": "Montpellier Méditerranée Métropole",
        "kind": "epci",
        "territory": "epci:243400017",
        "territory_name": "Montpellier Méditerranée Métropole",
    }


def test_create_refuses_a_second_with_the_same_origin(client: TestClient) -> None:
    created(client, source="catalogue", external_id="17")
    answer = client.post(URL, json=solution_payload(source="catalogue", external_id="17"))
    assert answer.status_code == 409
    assert answer.json()["detail"] == (
        "A record with the same external_id exists already: 'catalogue/17'."
    )


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"title": ""}, "title", "must not be empty"),
        ({"title": "x" * 201}, "title", "has 201 characters, 200 at most are kept"),
        ({"description": "x" * 1_000_000}, "description", "has 1000000 characters, 20000"),
        ({"summary": "a\x00b"}, "summary", "contains the control character U+0000 at position 1"),
        ({"summary": "a\x1b[31m"}, "summary", "contains the control character U+001B"),
        ({"themes": ["water.leakdetection"]}, "themes[0]", "did you mean water.leak-detection?"),
        ({"themes": ["Eau potable"]}, "themes[0]", "did you mean water.drinking-water?"),
        ({"perimeters": ["commune:99999"]}, "perimeters", "'commune:99999' is not a known"),
        ({"perimeters": ["34172"]}, "perimeters", "did you mean commune:34172?"),
        ({"perimeters": ["Montpellier"]}, "perimeters", "did you mean commune:34172?"),
        ({"maturity": 12}, "maturity", "must be at most 9"),
        ({"maturity": "high"}, "maturity", "must be a whole number"),
        ({"price_band": "cheap"}, "price_band", "'cheap' is not in the list price_bands"),
        ({"website": "javascript:alert(1)"}, "website", "must be an address starting with"),
        ({"website": "https://user:pass@x.example"}, "website", "must be an address starting"),
        ({"contact_email": "ada at example"}, "contact_email", "is not an e-mail address"),
        ({"colour": "blue"}, "colour", "is not a known field"),
        ({"lang": "french"}, "lang", "must be a two-letter language code"),
        ({"status": "archived"}, "status", "must be one of: 'draft', 'submitted' or 'published'"),
        ({"organisation_id": "nobody"}, "organisation_id", "there is no organisation"),
        ({"external_id": "17"}, "body", "source and external_id go together"),
        (
            {"organisation": {"name": "A", "kind": "epci", "siren": "123456789"}},
            "organisation.siren",
            "is not a SIREN",
        ),
        (
            {"client_references": [{"name": "A"}, {"name": ""}]},
            "client_references[1].name",
            "must not be empty",
        ),
        (
            {"client_references": [{"name": "A", "territory": "commune:0"}]},
            "client_references[0].territory",
            "'commune:0' is not a known territory",
        ),
    ],
)
def test_create_names_the_field_that_is_wrong(
    client: TestClient, session: Session, change: dict[str, object], field: str, message: str
) -> None:
    answer = client.post(URL, json=solution_payload(**change))
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert message in error["message"]
    assert session.scalars(select(Solution)).all() == []


def test_create_keeps_emoji_and_right_to_left_text(client: TestClient) -> None:
    body = created(client, title="💧 كشف تسرب المياه", description="ligne 1\r\nligne 2\tfin ")
    assert body["title"] == "💧 كشف تسرب المياه"
    assert body["description"] == "ligne 1\nligne 2\tfin"


def test_create_composes_accents(client: TestClient) -> None:
    assert created(client, title="Mobilite\u0301")["title"] == "Mobilité"


def test_update_changes_only_what_is_given(client: TestClient) -> None:
    before = created(client)
    answer = client.patch(
        f"{URL}/{before['id']}",
        json={"maturity": 7, "themes": ["water"]},
        headers={"If-Match": '"1"'},
    )
    after = answer.json()
    assert answer.headers["etag"] == '"2"'
    assert after["updated_at"] > before["updated_at"]  # type: ignore[operator]
    changed = {"maturity": 7, "themes": ["water"], "version": 2, "updated_at": after["updated_at"]}
    assert after == {**before, **changed}


def test_update_encodes_again_only_when_the_text_changes(
    client: TestClient, matcher: FakeMatcher
) -> None:
    body = created(client)
    matcher.encoded.clear()
    client.patch(f"{URL}/{body['id']}", json={"maturity": 7}, headers={"If-Match": '"1"'})
    assert matcher.encoded == []
    client.patch(f"{URL}/{body['id']}", json={"title": "Neuf"}, headers={"If-Match": '"2"'})
    assert [text.partition(".")[0] for text in matcher.encoded] == ["Neuf"]


def test_update_encodes_again_when_the_model_changes(
    client: TestClient, matcher: FakeMatcher, session: Session
) -> None:
    body = created(client)
    matcher.model = "another"
    matcher.encoded.clear()
    client.patch(f"{URL}/{body['id']}", json={"maturity": 7}, headers={"If-Match": '"1"'})
    assert len(matcher.encoded) == 1
    assert session.get_one(Embedding, ("solution", body["id"])).model == "another"


def test_update_without_a_difference_writes_nothing(client: TestClient, session: Session) -> None:
    body = created(client)
    answer = client.patch(
        f"{URL}/{body['id']}", json={"maturity": body["maturity"]}, headers={"If-Match": '"1"'}
    )
    assert answer.json() == body
    assert session.get_one(Solution, body["id"]).revision == 1


def test_update_notes_what_changed_but_not_the_contact(
    client: TestClient, session: Session
) -> None:
    body = created(client)
    client.patch(
        f"{URL}/{body['id']}",
        json={"maturity": 5, "contact_email": "secret@exemple.example"},
        headers={"If-Match": '"1"'},
    )
    line = session.scalars(select(Activity).where(Activity.action == "update")).one()
    assert line.detail == {"changed": {"maturity": [9, 5], "contact_email": []}}


def test_update_can_change_the_organisation(client: TestClient) -> None:
    body = created(client, organisation=organisation_payload())
    change = {"organisation": {"name": "Ville de Lunel", "kind": "commune"}}
    answer = client.patch(f"{URL}/{body['id']}", json=change, headers={"If-Match": '"1"'})
    assert answer.json()["organisation"]["name"] == "Ville de Lunel"
    answer = client.patch(
        f"{URL}/{body['id']}", json={"organisation_id": None}, headers={"If-Match": '"2"'}
    )
    assert answer.json()["organisation"] is None


def test_update_refuses_to_empty_a_required_field(client: TestClient) -> None:
    body = created(client)
    answer = client.patch(f"{URL}/{body['id']}", json={"title": None}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "title", "message": "must be text"}]


def test_update_without_a_version_is_refused(client: TestClient) -> None:
    body = created(client)
    answer = client.patch(f"{URL}/{body['id']}", json={"maturity": 5})
    assert answer.status_code == 428
    assert answer.json()["type"] == "urn:passerelle:problem:version-required"


@pytest.mark.parametrize("header", ["1", "*", 'W/"1"', '"one"', '"1", "2"'])
def test_update_refuses_what_is_not_one_version(client: TestClient, header: str) -> None:
    body = created(client)
    answer = client.patch(f"{URL}/{body['id']}", json={}, headers={"If-Match": header})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "If-Match"


def test_update_of_an_older_version_loses_nothing(client: TestClient) -> None:
    body = created(client)
    url = f"{URL}/{body['id']}"
    client.patch(url, json={"maturity": 5}, headers={"If-Match": '"1"'})
    answer = client.patch(url, json={"maturity": 6}, headers={"If-Match": '"1"'})
    assert answer.status_code == 412
    assert answer.headers["etag"] == '"2"'
    assert "The record is at version 2" in answer.json()["detail"]
    assert client.get(url).json()["maturity"] == 5


def test_archive_takes_it_out_of_the_list(client: TestClient) -> None:
    body = created(client)
    url = f"{URL}/{body['id']}/archive"
    answer = client.post(url, headers={"If-Match": '"1"'})
    assert (answer.json()["status"], answer.headers["etag"]) == ("archived", '"2"')
    assert client.get(URL).json()["items"] == []
    assert client.post(url, headers={"If-Match": '"1"'}).status_code == 412
    assert client.post(url, headers={"If-Match": '"2"'}).json() == answer.json()


def test_archived_solution_can_not_be_changed(client: TestClient) -> None:
    body = created(client)
    client.post(f"{URL}/{body['id']}/archive", headers={"If-Match": '"1"'})
    answer = client.patch(f"{URL}/{body['id']}", json={"maturity": 5}, headers={"If-Match": '"2"'})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "name", ["42", "%00", "é", "0" * 36, "01890000-0000-7000-8000-000000000000"]
)
def test_get_of_an_unknown_id_is_not_found(client: TestClient, name: str) -> None:
    answer = client.get(f"{URL}/{name}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:passerelle:problem:not-found"
