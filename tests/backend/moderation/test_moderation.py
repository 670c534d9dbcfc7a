"""The queue, decisions, what authors read of them."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import Activity, Mail, ModerationRemark, Organisation, Person, Solution
from tests.backend.conftest import SignIn, Statements
from tests.factories import (
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_solution,
    solution_payload,
)

ASKED = "Précisez le périmètre : où pouvez-vous intervenir ?"


@pytest.fixture
def place(engine: Engine) -> Organisation:
    with writing(engine) as session:
        return make_organisation(session, name="Coopérative", kind="startup")


@pytest.fixture
def author(engine: Engine, place: Organisation) -> Person:
    with writing(engine) as session:
        return make_member(session, place, "project_leader", lang="en")


@pytest.fixture
def waiting(engine: Engine, place: Organisation) -> Solution:
    with writing(engine) as session:
        return make_solution(
            session, status="submitted", organisation_id=place.id, title="Capteurs"
        )


def decide(client: TestClient, record_id: str, version: int, **data: str) -> tuple[int, dict]:
    answer = client.post(
        f"/v1/moderation/solutions/{record_id}", json=data, headers={"If-Match": f'"{version}"'}
    )
    return answer.status_code, answer.json()


def test_queue_holds_what_was_submitted_the_longest_waiting_first(
    client: TestClient, engine: Engine
) -> None:
    with writing(engine) as session:
        first = make_solution(session, status="submitted", title="Un")
        second = make_need(session, status="submitted", title="Deux")
        third = make_solution(session, status="submitted", title="Un")
        make_solution(session, title="Publié")
    one = client.get("/v1/moderation", params={"limit": 2}).json()
    assert [(item["kind"], item["id"]) for item in one["items"]] == [
        ("solutions", first.id),
        ("needs", second.id),
    ]
    assert (one["total"], one["items"][0]["same_title"]) == (3, 1)
    assert one["counts"] == {
        "submitted": {"solutions": 2, "needs": 1},
        "published": {"solutions": 1},
    }
    rest = client.get("/v1/moderation", params={"limit": 2, "cursor": one["next_cursor"]}).json()
    assert [item["id"] for item in rest["items"]] == [third.id]
    only = client.get("/v1/moderation", params={"kind": "needs"}).json()
    assert [item["id"] for item in only["items"]] == [second.id]
    assert client.get("/v1/moderation", params={"status": "rejected"}).json()["items"] == []


def test_queue_takes_as_many_statements_for_twenty_as_for_one(
    client: TestClient, engine: Engine, statements: Statements
) -> None:
    counts = []
    for size in (1, 19):
        with writing(engine) as session:
            for number in range(size):
                place = make_organisation(session, name=f"Lieu {size} {number}")
                make_solution(session, status="submitted", organisation_id=place.id)
        with statements:
            assert client.get("/v1/moderation").status_code == 200
        counts.append(len(statements))
        statements.texts.clear()
    assert counts[0] == counts[1]


def test_operator_asks_for_edits_then_publishes_and_authors_are_told(
    client: TestClient, sign_in: SignIn, author: Person, waiting: Solution, session: Session
) -> None:
    leader = sign_in(author)
    status, shown = decide(client, waiting.id, 1, decision="request_edits", remark=ASKED)
    assert (status, shown["status"], shown["version"]) == (200, "edits_requested", 2)
    (remark,) = leader.get(f"/v1/solutions/{waiting.id}/remarks").json()
    assert (remark["decision"], remark["remark"], remark["by"]) == ("request_edits", ASKED, None)
    (told,) = client.get(f"/v1/solutions/{waiting.id}/remarks").json()
    assert (told["by"], told["version"]) == ("Opératrice", 1)

    change = {"perimeters": ["region:76"], "status": "submitted"}
    path = f"/v1/solutions/{waiting.id}"
    again = leader.patch(path, json=change, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json()["status"]) == (200, "submitted")
    status, shown = decide(client, waiting.id, 3, decision="publish")
    assert (status, shown["status"]) == (200, "published")
    assert shown["published_at"] is not None

    letters = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(one.person_id, one.kind, one.subject) for one in letters] == [
        (author.id, "moderation", "Changes asked for: Capteurs"),
        (author.id, "moderation", "Published: Capteurs"),
    ]
    assert ASKED in letters[0].body
    assert f"http://127.0.0.1:8000/solution?id={waiting.id}&lang=en" in letters[0].body
    lines = session.scalars(select(Activity).order_by(Activity.id)).all()
    assert [(line.action, line.detail["changed"]["status"]) for line in lines] == [
        ("request_edits", ["submitted", "edits_requested"]),
        ("update", ["edits_requested", "submitted"]),
        ("publish", ["submitted", "published"]),
    ]


@pytest.mark.parametrize("decision", ["request_edits", "reject"])
def test_decision_that_sends_back_without_a_remark_is_refused(
    client: TestClient, waiting: Solution, decision: str
) -> None:
    status, problem = decide(client, waiting.id, 1, decision=decision, remark="  ")
    assert (status, problem["errors"][0]["field"]) == (422, "remark")


def test_author_who_saves_what_was_rejected_meanwhile_is_told_and_nothing_is_lost(
    client: TestClient, sign_in: SignIn, author: Person, waiting: Solution, session: Session
) -> None:
    leader = sign_in(author)
    assert decide(client, waiting.id, 1, decision="reject", remark="Hors sujet.")[0] == 200
    typed = {"title": "Capteurs de crue", "status": "submitted"}
    path = f"/v1/solutions/{waiting.id}"
    late = leader.patch(path, json=typed, headers={"If-Match": '"1"'})
    assert (late.status_code, late.headers["ETag"]) == (412, '"2"')
    assert session.get_one(Solution, waiting.id).title == "Capteurs"
    saved = leader.patch(path, json=typed, headers={"If-Match": '"2"'})
    assert (saved.json()["title"], saved.json()["status"]) == ("Capteurs de crue", "submitted")


def test_operator_who_judges_what_the_author_changed_meanwhile_is_told(
    client: TestClient, sign_in: SignIn, author: Person, waiting: Solution, session: Session
) -> None:
    path = f"/v1/solutions/{waiting.id}"
    sign_in(author).patch(path, json={"title": "Autre"}, headers={"If-Match": '"1"'})
    assert decide(client, waiting.id, 1, decision="publish")[0] == 412
    assert session.scalars(select(ModerationRemark)).all() == []


def test_decision_sent_twice_counts_once(
    client: TestClient, author: Person, waiting: Solution, session: Session
) -> None:
    answers = [decide(client, waiting.id, 1, decision="publish") for _ in range(2)]
    assert [(status, shown["version"]) for status, shown in answers] == [(200, 2), (200, 2)]
    assert len(session.scalars(select(ModerationRemark)).all()) == 1
    assert len(session.scalars(select(Mail)).all()) == 1


def test_decision_that_a_state_does_not_allow_is_refused(
    client: TestClient, waiting: Solution
) -> None:
    assert decide(client, waiting.id, 1, decision="archive")[0] == 200
    status, problem = decide(client, waiting.id, 2, decision="publish")
    assert (status, problem["type"]) == (409, "urn:passerelle:problem:conflict")
    assert "archived" in problem["detail"]


def test_copy_is_archived_as_a_copy_of_the_other(
    client: TestClient, engine: Engine, waiting: Solution, session: Session
) -> None:
    with writing(engine) as writer:
        original = make_solution(writer, title="Capteurs")
    wrong = decide(client, waiting.id, 1, decision="archive", duplicate_of=waiting.id)
    assert (wrong[0], wrong[1]["errors"][0]["field"]) == (422, "duplicate_of")
    refused = decide(client, waiting.id, 1, decision="publish", duplicate_of=original.id)
    assert refused[0] == 422
    status, shown = decide(client, waiting.id, 1, decision="archive", duplicate_of=original.id)
    assert (status, shown["status"]) == (200, "archived")
    kept = session.scalars(select(ModerationRemark)).one()
    assert (kept.duplicate_of, kept.record_id) == (original.id, waiting.id)


def test_case_shows_copies_by_title_and_by_text(
    client: TestClient, engine: Engine, place: Organisation, waiting: Solution
) -> None:
    long = "Chaque nuit, les capteurs écoutent les conduites et situent la fuite à un mètre près."
    with writing(engine) as session:
        judged = make_solution(
            session, title="Écoute", description=long, organisation_id=place.id, status="submitted"
        )
        copy = make_solution(session, title="Ecoute  nocturne", description=long)
        twin = make_solution(session, title="ÉCOUTE", description="Autre chose.")
        make_solution(session, title="Compostage", description="Des bacs pour les écoles.")
    case = client.get(f"/v1/moderation/solutions/{judged.id}").json()
    assert case["decisions"] == ["publish", "request_edits", "reject", "archive"]
    found = {one["id"]: one["same_title"] for one in case["duplicates"]}
    assert found == {copy.id: False, twin.id: True}
    need_case = client.get(f"/v1/moderation/needs/{waiting.id}")
    assert need_case.status_code == 404


def test_need_has_no_copies(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        make_need(session, title="Pareil")
        judged = make_need(session, title="Pareil", status="submitted")
    case = client.get(f"/v1/moderation/needs/{judged.id}").json()
    assert (case["duplicates"], case["record"]["title"]) == ([], "Pareil")


def test_moderation_is_for_operators_only(
    visitor: TestClient, sign_in: SignIn, author: Person, waiting: Solution
) -> None:
    leader = sign_in(author)
    assert visitor.get("/v1/moderation").status_code == 401
    assert leader.get("/v1/moderation").status_code == 403
    assert decide(leader, waiting.id, 1, decision="publish")[0] == 403


def test_remarks_are_hidden_from_everybody_else(
    visitor: TestClient, sign_in: SignIn, engine: Engine, waiting: Solution
) -> None:
    with writing(engine) as session:
        stranger = make_person(session)
    for somebody in (visitor, sign_in(stranger)):
        assert somebody.get(f"/v1/solutions/{waiting.id}/remarks").status_code == 404


@pytest.mark.parametrize("wanted", ["edits_requested", "rejected", "archived"])
def test_author_cannot_put_a_record_in_a_state_that_is_an_operators(
    sign_in: SignIn, author: Person, waiting: Solution, wanted: str
) -> None:
    path = f"/v1/solutions/{waiting.id}"
    answer = sign_in(author).patch(path, json={"status": wanted}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422


def test_author_withdraws_to_a_draft_and_cannot_publish(
    sign_in: SignIn, author: Person, waiting: Solution
) -> None:
    leader, path = sign_in(author), f"/v1/solutions/{waiting.id}"
    draft = leader.patch(path, json={"status": "draft"}, headers={"If-Match": '"1"'})
    assert draft.json()["status"] == "draft"
    refused = leader.patch(path, json={"status": "published"}, headers={"If-Match": '"2"'})
    assert refused.status_code == 403
    made = leader.post("/v1/solutions", json=solution_payload(status="published"))
    assert made.status_code == 403
