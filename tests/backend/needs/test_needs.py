"""Registering, reading, changing and archiving needs, and what anonymous ones hide."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.models import Embedding, Need
from tests.factories import need_payload, organisation_payload, solution_payload
from tests.fakes import FakeMatcher

URL = "/v1/needs"
SECRETS = (
    "Montpellier",
    "34172",
    "243400017",
    "departement:34",
    "Hérault",
    "marches-publics",
    "AVIS-2026-17",
)


def created(client: TestClient, **changes: object) -> dict[str, Any]:
    """A need registered through the API."""
    answer = client.post(URL, json=need_payload(**changes))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def anonymous(client: TestClient, **changes: object) -> dict[str, Any]:
    """An anonymous need whose author, origin and place are all known."""
    known = {
        "anonymous": True,
        "organisation": organisation_payload(),
        "source": "marches-publics",
        "external_id": "AVIS-2026-17",
        "perimeters": ["commune:34172", "epci:243400017", "departement:34"],
    }
    return created(client, **{**known, **changes})


def test_create_answers_with_the_record(client: TestClient) -> None:
    answer = client.post(URL, json=need_payload(organisation=organisation_payload()))
    body = answer.json()
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert answer.headers["location"] == f"/api/v1/needs/{body['id']}"
    assert body["perimeter_names"] == {"commune:34172": "Montpellier"}
    assert body["organisation"]["name"] == "Montpellier Méditerranée Métropole"
    assert body["essential_criteria"] == ["Sans coupure d'eau"]
    assert body == client.get(f"{URL}/{body['id']}").json()


def test_create_encodes_all_the_texts(client: TestClient, matcher: FakeMatcher) -> None:
    created(client, desirable_criteria=["Données ouvertes"])
    text = (
        "Réduire les fuites du réseau d'eau. Le rendement est de 68 %.\n"
        "Trouver les fuites sans ouvrir la chaussée.\n"
        "Un rendement de 80 %.\n"
        "Sans coupure d'eau\n"
        "Données ouvertes"
    )
    assert matcher.encoded == [text]


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"response_deadline": "31/12/2030"}, "response_deadline", "must be a date such as"),
        ({"response_deadline": "2030-02-30"}, "response_deadline", "must be a date such as"),
        ({"budget_band": "lots"}, "budget_band", "'lots' is not in the list price_bands"),
        ({"budget_why_blank": "secret"}, "budget_why_blank", "is not in the list why_blank"),
        ({"project_stage": "on-going"}, "project_stage", "did you mean ongoing?"),
        ({"essential_criteria": ["ok", " "]}, "essential_criteria[1]", "must not be empty"),
        ({"essential_criteria": "one"}, "essential_criteria", "must be a list"),
        ({"essential_criteria": ["x"] * 51}, "essential_criteria", "has 51 entries, 50 at most"),
        ({"anonymous": "perhaps"}, "anonymous", "must be true or false"),
        ({"budget_why_blank": "not_decided"}, "body", "give either a budget band or the reason"),
    ],
)
def test_create_names_the_field_that_is_wrong(
    client: TestClient, change: dict[str, object], field: str, message: str
) -> None:
    answer = client.post(URL, json=need_payload(**change))
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["field"] == field
    assert message in error["message"]


def test_errors_are_in_french_for_who_reads_french(client: TestClient) -> None:
    answer = client.post(
        URL, json=need_payload(title=""), headers={"Accept-Language": "fr-FR,fr;q=0.9"}
    )
    assert answer.headers["content-language"] == "fr"
    assert answer.json() == {
        "type": "urn:passerelle:problem:validation",
        "title": "La requête n'est pas valide",
        "status": 422,
        "detail": "Des champs sont à corriger ; voir la liste des erreurs.",
        "errors": [{"field": "title", "message": "ne doit pas être vide"}],
    }


def test_blank_optional_fields_are_unknown(client: TestClient) -> None:
    body = created(client, budget_band="", response_deadline="", project_stage=" ")
    assert (body["budget_band"], body["response_deadline"], body["project_stage"]) == (None,) * 3


def test_update_keeps_either_budget_or_reason(client: TestClient) -> None:
    body = created(client)
    url = f"{URL}/{body['id']}"
    why = {"budget_why_blank": "confidential"}
    after = client.patch(url, json=why, headers={"If-Match": '"1"'}).json()
    assert (after["budget_band"], after["budget_why_blank"]) == (None, "confidential")
    back = {"budget_band": "under_10k"}
    after = client.patch(url, json=back, headers={"If-Match": '"2"'}).json()
    assert (after["budget_band"], after["budget_why_blank"]) == ("under_10k", None)


def test_update_of_a_criterion_encodes_again(
    client: TestClient, matcher: FakeMatcher, session: Session
) -> None:
    body = created(client)
    before = session.get_one(Embedding, ("need", body["id"])).text_hash
    matcher.encoded.clear()
    change = {"essential_criteria": ["Sans tranchée"]}
    client.patch(f"{URL}/{body['id']}", json=change, headers={"If-Match": '"1"'})
    session.rollback()
    assert len(matcher.encoded) == 1
    assert session.get_one(Embedding, ("need", body["id"])).text_hash != before
    assert session.get_one(Need, body["id"]).revision == 2


def test_archive_takes_it_out_of_the_list(client: TestClient) -> None:
    body = created(client)
    answer = client.post(f"{URL}/{body['id']}/archive", headers={"If-Match": '"1"'})
    assert answer.json()["status"] == "archived"
    assert client.get(URL).json()["total"] == 0
    assert client.get(URL, params={"status": "archived"}).json()["total"] == 1


def test_anonymous_need_shows_its_region_only(visitor: TestClient, client: TestClient) -> None:
    body = visitor.get(f"{URL}/{anonymous(client)['id']}").json()
    assert body["organisation"] is None
    assert body["perimeters"] == ["region:76"]
    assert body["perimeter_names"] == {"region:76": "Occitanie"}
    assert (body["source"], body["external_id"]) == (None, None)


def test_anonymous_need_across_two_regions_shows_both(
    visitor: TestClient, client: TestClient
) -> None:
    need = anonymous(client, perimeters=["epci:243400520", "commune:38185"])
    body = visitor.get(f"{URL}/{need['id']}").json()
    assert body["perimeters"] == ["region:76", "region:84"]


def test_anonymous_need_of_the_whole_country_shows_it(client: TestClient) -> None:
    assert anonymous(client, perimeters=["country:FR"])["perimeters"] == ["country:FR"]


def test_anonymous_need_without_a_place_shows_none(client: TestClient) -> None:
    assert anonymous(client, perimeters=[])["perimeters"] == []


def test_anonymous_need_leaks_nothing_anywhere(visitor: TestClient, client: TestClient) -> None:
    need = anonymous(client)
    solution = client.post("/v1/solutions", json=solution_payload(perimeters=[])).json()
    matches = visitor.get(f"/v1/needs/{need['id']}/matches")
    answered = visitor.get(f"/v1/solutions/{solution['id']}/matches")
    snapshots = [
        visitor.get(f"/v1/snapshots/{answer.json()['snapshot_id']}")
        for answer in (matches, answered)
    ]
    texts = [
        visitor.get(f"{URL}/{need['id']}").text,
        visitor.get(URL).text,
        visitor.post("/v1/search", json={"text": "fuites", "kind": "needs"}).text,
        matches.text,
        answered.text,
        *(snapshot.text for snapshot in snapshots),
    ]
    assert all(answer.status_code == 200 for answer in (matches, answered, *snapshots))
    for secret in SECRETS:
        assert [text for text in texts if secret in text] == []


def test_anonymous_need_is_not_found_by_its_author(visitor: TestClient, client: TestClient) -> None:
    anonymous(client)
    named = created(client, organisation=organisation_payload())
    query = {"organisation_id": named["organisation"]["id"]}
    assert [item["id"] for item in visitor.get(URL, params=query).json()["items"]] == [named["id"]]


@pytest.mark.parametrize("place", ["commune:34172", "commune:30007", "departement:30", "region:76"])
def test_anonymous_need_is_found_alike_from_its_whole_region(
    client: TestClient, place: str
) -> None:
    need = anonymous(client)
    found = client.get(URL, params={"perimeter": place}).json()["items"]
    assert [item["id"] for item in found] == [need["id"]]


def test_anonymous_need_is_not_found_from_another_region(client: TestClient) -> None:
    anonymous(client)
    assert client.get(URL, params={"perimeter": "commune:38185"}).json()["total"] == 0
