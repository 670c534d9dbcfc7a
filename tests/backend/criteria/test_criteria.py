"""What project leaders say of criteria: kept by the text, hidden by, shown as a reason."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.app import create_api
from backend.criteria.keys import criteria_of, criterion_key
from backend.matches.matcher import Matcher
from backend.models import Activity, CriterionAnswer, Need
from backend.revisions import last_revision
from tests.backend.matches.test_matcher import a_matcher, post
from tests.factories import operator_headers

DRY = "Sans coupure d'eau"
OPEN = "Données ouvertes"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    return a_matcher(tmp_path_factory.mktemp("data"))


@pytest.fixture
def client(engine: Engine, real: Matcher) -> Iterator[TestClient]:
    with TestClient(create_api(engine, real), headers=operator_headers(engine)) as opened:
        yield opened


@pytest.fixture
def need(client: TestClient) -> dict[str, Any]:
    return post(client, "needs", essential_criteria=[DRY], desirable_criteria=[OPEN])


@pytest.fixture
def solution(client: TestClient) -> dict[str, Any]:
    return post(client, "solutions")


def say(
    client: TestClient,
    solution: dict[str, Any],
    need: dict[str, Any],
    answer: str | None,
    criterion: str = DRY,
    **more: Any,
) -> dict[str, Any]:
    given = {"criterion": criterion, "answer": answer, **more}
    found = client.put(address(solution, need), json={"answers": [given]})
    assert found.status_code == 200, found.text
    return dict(found.json())


def address(solution: dict[str, Any], need: dict[str, Any]) -> str:
    return f"/v1/solutions/{solution['id']}/answers/{need['id']}"


def listed(client: TestClient, kind: str, record: dict[str, Any], **query: Any) -> dict[str, Any]:
    return dict(client.get(f"/v1/{kind}/{record['id']}/matches", params=query).json())


def shown(found: dict[str, Any]) -> list[str]:
    return [item["id"] for item in found["items"]]


def test_criterion_key_overlooks_spaces_and_capitals_only() -> None:
    assert criterion_key(" Sans  coupure D'EAU ") == criterion_key(DRY)
    assert criterion_key("Avec coupure d'eau") != criterion_key(DRY)


def test_criterion_named_twice_is_essential() -> None:
    need = Need(essential_criteria=[DRY], desirable_criteria=[DRY.upper(), OPEN])
    assert [(one.text, one.essential) for one in criteria_of(need).values()] == [
        (DRY, True),
        (OPEN, False),
    ]


def test_answers_are_read_beside_every_criterion(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    say(client, solution, need, "partly", OPEN, note="Sur demande.")
    found = client.get(address(solution, need)).json()
    assert (found["solution_id"], found["need_id"]) == (solution["id"], need["id"])
    told = [
        (item["criterion"], item["essential"], item["answer"], item["note"])
        for item in found["items"]
    ]
    assert told == [(DRY, True, None, None), (OPEN, False, "partly", "Sur demande.")]
    assert found["items"][0]["updated_at"] is None
    assert found["items"][1]["updated_at"] is not None


def test_no_to_an_essential_criterion_hides_each_from_the_other(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    other = post(client, "solutions", title="Une autre recherche de fuites")
    say(client, solution, need, "no")
    hidden = [{"filter": "criterion", "count": 1, "gain": 1}]
    found = listed(client, "needs", need)
    assert (shown(found), found["hidden"], found["eligible"]) == ([other["id"]], hidden, 1)
    found = listed(client, "solutions", solution)
    assert (shown(found), found["hidden"]) == ([], hidden)
    assert shown(listed(client, "solutions", other)) == [need["id"]]
    relaxed = listed(client, "needs", need, relax="criterion")
    assert set(shown(relaxed)) == {solution["id"], other["id"]}
    assert relaxed["hidden"] == []
    assert shown(listed(client, "solutions", solution, relax="criterion")) == [need["id"]]


@pytest.mark.parametrize(("answer", "criterion"), [("partly", DRY), ("yes", DRY), ("no", OPEN)])
def test_other_answers_hide_nothing(
    client: TestClient,
    solution: dict[str, Any],
    need: dict[str, Any],
    answer: str,
    criterion: str,
) -> None:
    say(client, solution, need, answer, criterion)
    found = listed(client, "needs", need)
    assert (shown(found), found["hidden"]) == ([solution["id"]], [])


def test_answers_are_reasons_in_both_directions_and_languages(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    say(client, solution, need, "no", OPEN)
    say(client, solution, need, "yes", note="Pose à chaud")

    def reasons(kind: str, record: dict[str, Any], lang: str) -> list[tuple[str, str]]:
        (item,) = listed(client, kind, record, lang=lang)["items"]
        told = [reason for reason in item["reasons"] if reason["kind"] == "declared"]
        return [(reason["polarity"], reason["text"]) for reason in told]

    note = "déclaré satisfait par le porteur de projet (Pose à chaud)."
    french = [
        ("fits", f"Critère essentiel « {DRY} » : {note}"),
        (
            "misses",
            f"Critère souhaité « {OPEN} » : déclaré non satisfait par le porteur de projet.",
        ),
    ]
    assert reasons("needs", need, "fr") == french
    assert reasons("solutions", solution, "fr") == french
    assert reasons("needs", need, "en")[1] == (
        "misses",
        "Desirable criterion “Données ouvertes”: declared unmet by the project leader.",
    )


def test_answer_counts_for_the_text_it_was_given_to(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    say(client, solution, need, "no")

    def rewrite(version: int, *criteria: str) -> None:
        client.patch(
            f"/v1/needs/{need['id']}",
            json={"essential_criteria": list(criteria)},
            headers={"If-Match": f'"{version}"'},
        )

    rewrite(1, "Avec une coupure de deux heures au plus")
    assert shown(listed(client, "needs", need)) == [solution["id"]]
    answers = client.get(address(solution, need)).json()["items"]
    assert [item["answer"] for item in answers] == [None, None]
    rewrite(2, DRY)
    assert shown(listed(client, "needs", need)) == []


def test_answer_is_changed_and_taken_back(
    client: TestClient, session: Session, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    say(client, solution, need, "no")
    say(client, solution, need, "yes")
    assert shown(listed(client, "needs", need)) == [solution["id"]]
    say(client, solution, need, None)
    assert session.scalars(select(CriterionAnswer)).all() == []
    lines = session.scalars(select(Activity).where(Activity.action == "answer")).all()
    told = [str(line.detail["changed"]) for line in lines]
    assert sorted(told) == sorted(
        [str([[DRY, None, "no"]]), str([[DRY, "no", "yes"]]), str([[DRY, "yes", None]])]
    )
    assert {(line.object_kind, line.object_id) for line in lines} == {("solution", solution["id"])}


def test_same_answer_again_writes_nothing(
    client: TestClient, session: Session, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    first = say(client, solution, need, "yes", note="La nuit.")
    reached = last_revision(session)
    assert say(client, solution, need, "yes", note="La nuit.") == first
    assert say(client, solution, need, None, OPEN) == first
    session.rollback()
    assert last_revision(session) == reached
    assert len(session.scalars(select(Activity).where(Activity.action == "answer")).all()) == 1


def test_answer_moves_the_index_revision_that_lists_are_kept_under(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    before = listed(client, "needs", need)
    say(client, solution, need, "yes")
    after = listed(client, "needs", need)
    assert after["index_revision"] == before["index_revision"] + 1
    assert after["snapshot_id"] != before["snapshot_id"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ([{"criterion": "Un autre", "answer": "no"}], "answers[0].criterion"),
        (
            [{"criterion": DRY, "answer": "no"}, {"criterion": DRY.upper(), "answer": "yes"}],
            "answers[1].criterion",
        ),
        ([{"criterion": DRY, "answer": "maybe"}], "answers[0].answer"),
        ([{"criterion": DRY}], "answers[0].answer"),
        ([{"criterion": DRY, "answer": "no", "note": "x" * 501}], "answers[0].note"),
    ],
)
def test_answer_that_cannot_be_taken_is_refused_with_the_field(
    client: TestClient,
    solution: dict[str, Any],
    need: dict[str, Any],
    answers: list[dict[str, Any]],
    field: str,
) -> None:
    found = client.put(address(solution, need), json={"answers": answers})
    assert found.status_code == 422
    assert [error["field"] for error in found.json()["errors"]] == [field]
    assert client.get(address(solution, need)).json()["items"][0]["answer"] is None


def test_answers_of_what_is_unknown_or_archived_are_refused(
    client: TestClient, solution: dict[str, Any], need: dict[str, Any]
) -> None:
    nothing = {"id": "0" * 36}
    for pair in ((nothing, need), (solution, nothing)):
        assert client.get(address(*pair)).status_code == 404
        assert client.put(address(*pair), json={"answers": []}).status_code == 404
    client.post(f"/v1/needs/{need['id']}/archive", headers={"If-Match": '"1"'})
    refused = client.put(address(solution, need), json={"answers": []})
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:passerelle:problem:conflict",
    )
