"""Solutions side by side on what a need asks for, and needs elsewhere that ask for the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.app import create_api
from backend.matches.matcher import Matcher
from backend.settings import Settings
from matching.background import Background, Calibration
from tests.backend.conftest import Statements
from tests.backend.matches.test_criteria import POSE, SUITED, WISHES, fill, post
from tests.factories import make_member, make_organisation, operator_headers
from tests.matching.fakes import FakeEmbedder

FORMATION, EUROPE, QUICK = (*WISHES["essential_criteria"], *WISHES["desirable_criteria"])


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    background = Background(calibration=Calibration(intercept=-1.0, excess=6.0))
    matcher = Matcher(Settings(data_dir=tmp_path), FakeEmbedder(), background)
    api = create_api(engine, matcher)
    with TestClient(api, headers=operator_headers(engine)) as opened:
        yield opened


@pytest.fixture
def need(client: TestClient) -> dict[str, Any]:
    fill(client)
    return post(client, "needs", **WISHES)


def compared(client: TestClient, need: dict[str, Any], *ids: str, **query: str) -> dict[str, Any]:
    url = f"/v1/needs/{need['id']}/compare"
    answer = client.get(url, params={"solution": list(ids), **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def states(found: dict[str, Any], place: int = 0) -> list[str]:
    return [answer["state"] for answer in found["solutions"][place]["answers"]]


def test_criteria_stand_in_the_need_s_order_essential_first(
    client: TestClient, need: dict[str, Any]
) -> None:
    solution = post(client, "solutions", **SUITED)
    found = compared(client, need, solution["id"])
    assert [(c["text"], c["essential"]) for c in found["criteria"]] == [
        (FORMATION, True),
        (EUROPE, True),
        (QUICK, False),
    ]
    assert (found["need_title"], found["need_lang"]) == (WISHES["title"], "fr")


def test_criterion_is_answered_by_a_sentence_or_not_known(
    client: TestClient, need: dict[str, Any]
) -> None:
    solution = post(client, "solutions", **SUITED)
    found = compared(client, need, solution["id"])
    answers = found["solutions"][0]["answers"]
    assert answers[1] == {
        "state": "unknown",
        "note": None,
        "quote": None,
        "quote_lang": None,
        "strength": None,
    }
    assert answers[2]["quote"] == POSE
    assert answers[2]["state"] in {"answered", "to_check"}
    assert 0 < answers[2]["strength"] <= 1


def test_declared_answers_come_before_what_was_found(
    client: TestClient, need: dict[str, Any]
) -> None:
    solution = post(client, "solutions", **SUITED)
    said = [
        {"criterion": FORMATION, "answer": "yes", "note": "Une journée"},
        {"criterion": EUROPE, "answer": "no"},
        {"criterion": QUICK, "answer": "partly"},
    ]
    url = f"/v1/solutions/{solution['id']}/answers/{need['id']}"
    assert client.put(url, json={"answers": said}).status_code == 200
    found = compared(client, need, solution["id"])
    assert states(found) == ["declared_yes", "declared_no", "declared_partly"]
    answers = found["solutions"][0]["answers"]
    assert (answers[0]["note"], answers[2]["quote"]) == ("Une journée", POSE)


def test_bands_are_those_of_the_need_s_own_list(client: TestClient, need: dict[str, Any]) -> None:
    post(client, "solutions", **SUITED)
    listed = client.get(f"/v1/needs/{need['id']}/matches").json()["items"][:4]
    found = compared(client, need, *(item["id"] for item in reversed(listed)))
    assert [(s["record"]["id"], s["band"]) for s in found["solutions"]] == [
        (item["id"], item["band"]) for item in reversed(listed)
    ]


def test_solution_that_a_filter_hides_is_compared_without_a_band(
    client: TestClient, need: dict[str, Any]
) -> None:
    far = post(client, "solutions", **SUITED, perimeters=["departement:38"])
    found = compared(client, need, far["id"])
    assert found["solutions"][0]["band"] is None
    assert found["solutions"][0]["answers"][2]["quote"] == POSE


def test_reasons_are_in_the_reader_s_language(client: TestClient, need: dict[str, Any]) -> None:
    solution = post(client, "solutions", **SUITED)
    told = {}
    for lang in ("fr", "en"):
        reasons = compared(client, need, solution["id"], lang=lang)["solutions"][0]["reasons"]
        told[lang] = [reason["text"] for reason in reasons if reason["kind"] == "themes"]
    assert told["fr"][0].startswith("Thèmes en commun")
    assert told["en"][0].startswith("Themes in common")


def test_one_to_four_solutions_that_the_viewer_sees_are_compared(
    client: TestClient, need: dict[str, Any]
) -> None:
    made = [post(client, "solutions", title=f"S{number}")["id"] for number in range(5)]
    draft = post(client, "solutions", status="draft")["id"]
    url = f"/v1/needs/{need['id']}/compare"
    assert client.get(url, params={"solution": made}).status_code == 422
    assert client.get(url).status_code == 422
    twice = compared(client, need, made[0], made[0])
    assert len(twice["solutions"]) == 1
    client.headers.pop("Authorization")
    assert client.get(url, params={"solution": [made[0], draft]}).status_code == 404
    assert client.get(url, params={"solution": made[:4]}).status_code == 200


def test_place_of_an_anonymous_need_is_not_told(client: TestClient) -> None:
    fill(client)
    need = post(client, "needs", **WISHES, anonymous=True)
    solution = post(client, "solutions", **SUITED)
    found = compared(client, need, solution["id"])
    told = [r for r in found["solutions"][0]["reasons"] if r["kind"] == "perimeter"]
    assert [(r["codes"], "%" in r["text"]) for r in told] == [([], False)]


def test_statements_do_not_grow_with_criteria(
    client: TestClient, need: dict[str, Any], statements: Statements
) -> None:
    made = [post(client, "solutions", title=f"S{number}")["id"] for number in range(2)]
    short = post(client, "needs", **{**WISHES, "essential_criteria": [FORMATION]})
    numbers = []
    for one in (short, need):
        compared(client, one, *made)
        statements.texts.clear()
        with statements:
            compared(client, one, *made)
        numbers.append(len(statements))
    assert numbers[0] == numbers[1]


def similar(client: TestClient, need: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.get(f"/v1/needs/{need['id']}/similar")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_similar_needs_of_others_are_found_and_anonymous_ones_stay_so(
    client: TestClient, need: dict[str, Any], session: Session
) -> None:
    place = make_organisation(session, name="Ailleurs")
    make_member(session, place, "authority_staff")
    session.commit()
    twin = {**WISHES, "title": "Trouver les fuites du réseau d'eau potable"}
    hidden = post(client, "needs", **twin, organisation_id=place.id, anonymous=True)
    client.headers.pop("Authorization")
    found = similar(client, need)
    assert [item["record"]["id"] for item in found] == [hidden["id"]]
    assert found[0]["record"]["organisation"] is None
    assert found[0]["record"]["perimeters"] == ["region:76"]
    assert found[0]["band"] in {"strong", "good"}


def test_nothing_similar_gives_an_empty_list(client: TestClient, need: dict[str, Any]) -> None:
    assert similar(client, need) == []


def test_own_needs_and_drafts_are_not_similar_ones(client: TestClient, session: Session) -> None:
    fill(client)
    place = make_organisation(session, name="La nôtre")
    session.commit()
    first = post(client, "needs", **WISHES, organisation_id=place.id)
    post(client, "needs", **WISHES, organisation_id=place.id)
    post(client, "needs", **WISHES, status="draft")
    assert similar(client, first) == []
