"""The figures of the dashboard."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import writing
from backend.models import (
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    Mail,
    Membership,
    NeedStanding,
)
from backend.models.base import now
from tests.backend.conftest import SignIn, Statements
from tests.factories import (
    make_exposure,
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_solution,
)


def figures(client: TestClient) -> Any:
    answer = client.get("/v1/statistics")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_themes_count_a_record_once_a_group_whatever_its_leaves(
    client: TestClient, engine: Engine
) -> None:
    with writing(engine) as session:
        make_solution(session, themes=["water.leak-detection", "water.sanitation", "culture"])
        make_solution(session, themes=["water"], status="draft")
        make_need(session, themes=["water.leak-detection"])
        make_need(session, themes=[])
    told = {one["theme"]: (one["solutions"], one["needs"]) for one in figures(client)["themes"]}
    assert len(told) == 9
    assert {theme: pair for theme, pair in told.items() if any(pair)} == {
        "water": (1, 1),
        "culture": (1, 0),
    }


def test_departements_count_what_touches_them_once(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        make_solution(session, perimeters=["region:76"])
        make_solution(session, perimeters=["commune:34172", "departement:34"])
        make_solution(session, perimeters=["country:FR"])
        make_need(session, perimeters=["epci:243400520"])
        make_need(session, perimeters=[])
    found = figures(client)
    told = {one["name"]: (one["solutions"], one["needs"]) for one in found["departements"]}
    # A region is in each of its départements; the whole country is told apart.
    assert told == {"Gard": (1, 0), "Hérault": (2, 1), "Isère": (0, 0)}
    assert found["solutions_anywhere"] == {"whole_country": 1, "unsaid": 0}
    assert found["needs_anywhere"] == {"whole_country": 0, "unsaid": 1}


def test_needs_are_looked_at_a_few_at_a_time_and_the_unmet_are_counted(
    client: TestClient, engine: Engine, session: Session
) -> None:
    with writing(engine) as writer:
        make_solution(writer, title="Capteurs de crue")
        met = make_need(writer, title="Capteurs de crue", themes=["water"])
        unmet = make_need(writer, title="Tout autre", themes=["water"])
        make_need(writer, title="Brouillon", status="draft")
    before = figures(client)
    assert (before["needs_published"], before["needs_looked_at"]) == (2, 0)
    assert before["looked_at_since"] is None
    first = client.post("/v1/statistics/needs", params={"most": 1}).json()
    assert first == {"looked_at": 1, "waiting": 1}
    assert client.post("/v1/statistics/needs").json() == {"looked_at": 2, "waiting": 0}
    bands = dict(session.execute(select(NeedStanding.need_id, NeedStanding.band)).all())
    assert bands == {met.id: "good", unmet.id: "uncertain"}
    (water,) = (one for one in figures(client)["themes"] if one["theme"] == "water")
    assert (water["needs"], water["looked_at"], water["without_match"]) == (2, 2, 1)


def test_need_without_any_solution_has_no_match(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        make_need(session, themes=["culture"])
    client.post("/v1/statistics/needs")
    (culture,) = (one for one in figures(client)["themes"] if one["theme"] == "culture")
    assert culture["without_match"] == 1


def test_solutions_most_shown_come_first(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        place = make_organisation(session, name="Coopérative")
        once = make_solution(session, title="Une fois")
        twice = make_solution(session, title="Deux fois", organisation_id=place.id)
        make_solution(session, title="Jamais")
        make_exposure(session, once, "a")
        for subject in ("a", "b"):
            make_exposure(session, twice, subject)
    found = figures(client)
    assert [(one["title"], one["lists"]) for one in found["most_shown"]] == [
        ("Deux fois", 2),
        ("Une fois", 1),
    ]
    assert found["most_shown"][0]["organisation"] == "Coopérative"
    assert (found["exposure"]["published"], found["exposure"]["never_shown"]) == (3, 1)


def test_funnel_counts_how_far_each_introduction_went(client: TestClient, engine: Engine) -> None:
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    with writing(engine) as session:
        solution, need = make_solution(session), make_need(session)
        make_exposure(session, solution, need.id)
        ways: list[tuple[list[tuple[str, str, int]], str | None]] = [
            (
                [("seen", "leader", 1), ("interested", "leader", 4), ("met", "authority", 9)],
                "0" * 64,
            ),
            ([("in_progress", "leader", 10), ("deal", "leader", 99)], None),
            ([("seen", "leader", 2), ("expired", "authority", 50)], None),
        ]
        for moves, snapshot in ways:
            made = Introduction(
                need_id=need.id,
                solution_id=solution.id,
                status=moves[-1][0],
                started_by="authority",
                snapshot_id=snapshot,
                created_at=start,
                ended_at=start,
            )
            session.add(made)
            session.flush()
            for status, side, hours in moves:
                at = start + timedelta(hours=hours)
                event = IntroductionEvent(introduction_id=made.id, to_status=status, side=side)
                event.at = at
                session.add(event)
        session.add(
            IntroductionMessage(
                introduction_id=made.id, side="authority", text="Bonjour", created_at=start
            )
        )
    assert figures(client)["funnel"] == {
        "shown": 1,
        "introductions": 3,
        "from_lists": 1,
        "answered": 2,
        "met": 2,
        "pilots": 1,
        "deals": 1,
        "median_hours": 7.0,
    }


def test_message_of_the_other_side_is_an_answer(client: TestClient, engine: Engine) -> None:
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    with writing(engine) as session:
        solution, need = make_solution(session), make_need(session)
        made = Introduction(
            need_id=need.id,
            solution_id=solution.id,
            status="contacted",
            started_by="leader",
            created_at=start,
        )
        session.add(made)
        session.flush()
        for side, hours in (("leader", 1), ("authority", 3), ("authority", 9)):
            at = start + timedelta(hours=hours)
            message = IntroductionMessage(introduction_id=made.id, side=side, text="x")
            message.created_at = at
            session.add(message)
    funnel = figures(client)["funnel"]
    assert (funnel["answered"], funnel["median_hours"]) == (1, 3.0)


def test_figures_take_as_many_statements_for_many_records_as_for_one(
    client: TestClient, engine: Engine, statements: Statements
) -> None:
    counts = []
    for size in (1, 15):
        with writing(engine) as session:
            for _ in range(size):
                make_solution(session, themes=["water"], perimeters=["departement:34"])
                make_need(session, themes=["water"], perimeters=["commune:34172"])
        with statements:
            figures(client)
        counts.append(len(statements))
        statements.texts.clear()
    assert counts[0] == counts[1]


def test_overview_counts_what_waits(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        place = make_organisation(session)
        person = make_member(session, place, "project_leader")
        session.add(
            Membership(person_id=person.id, organisation_id=place.id, role="authority_staff")
        )
        make_solution(session, status="submitted")
        make_need(session, status="submitted")
        need = make_need(session, unanswered_at=now(), unanswered_reason="nothing_close")
        session.add(NeedStanding(need_id=need.id, band="none"))
        for given_up in (None, now()):
            letter = {"address": "a@b.example", "kind": "account", "lang": "fr"}
            session.add(Mail(**letter, subject="x", body="x", given_up_at=given_up))
    assert client.get("/v1/statistics/overview").json() == {
        "solutions_submitted": 1,
        "needs_submitted": 1,
        "membership_requests": 1,
        "needs_without_match": 1,
        "needs_unanswered": 1,
        "letters_failed": 1,
        "letters_waiting": 1,
        "solutions_published": 0,
        "needs_published": 1,
        "people": 2,
        "organisations": 1,
    }


def test_figures_are_for_operators_only(
    visitor: TestClient, sign_in: SignIn, engine: Engine
) -> None:
    with writing(engine) as session:
        somebody = make_person(session)
    for path in ("/v1/statistics", "/v1/statistics/overview"):
        assert visitor.get(path).status_code == 401
        assert sign_in(somebody).get(path).status_code == 403
