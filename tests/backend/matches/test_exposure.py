"""Who was shown to whom: noted once with the list, and reported without naming anybody."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import make_session, writing
from backend.matches.exposure import gini, never_shown, note, report, top_share
from backend.models import Exposure
from tests.backend.conftest import Statements
from tests.factories import make_exposure, make_need, make_solution

HISTOGRAMS = st.dictionaries(st.integers(0, 50), st.integers(1, 20), max_size=6)


def pairs(session: Session) -> list[tuple[str, str, str]]:
    wanted = select(Exposure.record_kind, Exposure.record_id, Exposure.subject_id)
    return [tuple(row) for row in session.execute(wanted.order_by(Exposure.record_id))]


def test_list_notes_whom_it_showed_once(client: TestClient, session: Session) -> None:
    need = make_need(session)
    shown = sorted(make_solution(session, title=title).id for title in ("Un", "Deux"))
    session.commit()
    for query in ("", "?lang=en", "?limit=1", ""):
        assert client.get(f"/v1/needs/{need.id}/matches{query}").status_code == 200
    assert pairs(session) == [("solution", record, need.id) for record in shown]


def test_list_that_was_kept_is_shown_again_without_a_write(
    client: TestClient, session: Session, statements: Statements
) -> None:
    need = make_need(session)
    make_solution(session)
    session.commit()
    client.get(f"/v1/needs/{need.id}/matches")
    with statements:
        client.get(f"/v1/needs/{need.id}/matches")
    assert [text for text in statements.texts if not text.startswith("SELECT")] == []


def test_list_of_needs_notes_needs(client: TestClient, session: Session) -> None:
    solution, need = make_solution(session), make_need(session)
    session.commit()
    client.get(f"/v1/solutions/{solution.id}/matches")
    assert pairs(session) == [("need", need.id, solution.id)]


def test_search_notes_nothing(client: TestClient, session: Session) -> None:
    make_solution(session)
    session.commit()
    client.post("/v1/search", json={"text": "solution"})
    assert pairs(session) == []


def test_noting_many_takes_one_statement(engine: Engine, statements: Statements) -> None:
    with writing(engine) as session, statements:
        note(session, "solution", [f"s{number}" for number in range(100)], "n")
    assert len(statements) == 1


def test_noting_none_does_nothing(engine: Engine, statements: Statements) -> None:
    with writing(engine) as session, statements:
        note(session, "solution", [], "n")
    assert len(statements) == 0


def test_lists_of_one_subject_written_together_do_not_fail(engine: Engine) -> None:
    together = threading.Barrier(4)
    ids = [f"s{number}" for number in range(20)]

    def write(number: int) -> None:
        with make_session(engine) as session:
            never_shown(session, "solution", ids, subject_id="n")
            session.rollback()
            together.wait()
            with writing(engine) as other:
                note(other, "solution", ids[number:] + ids[:number], "n")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(4))) == [None] * 4
    with make_session(engine) as session:
        assert len(pairs(session)) == 20


def test_own_list_does_not_count_as_elsewhere(session: Session) -> None:
    mine, elsewhere, nowhere = (make_solution(session) for _ in range(3))
    make_exposure(session, mine, "n1")
    make_exposure(session, elsewhere, "n2")
    ids = [mine.id, elsewhere.id, nowhere.id]
    assert never_shown(session, "solution", ids, subject_id="n1") == {mine.id, nowhere.id}
    assert never_shown(session, "solution", ids, subject_id="") == {nowhere.id}
    assert never_shown(session, "need", ids, subject_id="n1") == set(ids)


def test_report_counts_published_records_only(client: TestClient, session: Session) -> None:
    often, once, _never = (make_solution(session) for _ in range(3))
    gone = make_solution(session, status="archived")
    for record, subject in ((often, "n1"), (often, "n2"), (often, "n3"), (once, "n1")):
        make_exposure(session, record, subject)
    make_exposure(session, gone, "n4")
    session.commit()
    assert client.get("/v1/exposure").json() == {
        "kind": "solutions",
        "published": 3,
        "never_shown": 1,
        "lists": 4,
        "gini": 0.5,
        "top_decile_share": 0.75,
    }


def test_report_of_what_nobody_has_seen(client: TestClient, session: Session) -> None:
    make_need(session)
    session.commit()
    found = client.get("/v1/exposure", params={"kind": "needs"}).json()
    assert (found["published"], found["never_shown"], found["lists"]) == (1, 1, 0)
    assert found["gini"] is None
    assert found["top_decile_share"] is None
    assert client.get("/v1/exposure", params={"kind": "people"}).status_code == 422


def test_report_takes_as_many_statements_for_few_as_for_many(
    session: Session, statements: Statements
) -> None:
    counts = []
    for rows in (1, 5):
        for _ in range(rows):
            make_exposure(session, make_solution(session))
        with statements:
            report(session, "solution")
        counts.append(len(statements))
        statements.texts.clear()
    assert counts == [2, 2]


@pytest.mark.parametrize(
    ("held", "expected"),
    [({3: 4}, 0.0), ({0: 9, 7: 1}, 0.9), ({1: 1, 3: 1}, 0.25), ({0: 5}, None), ({}, None)],
)
def test_gini_by_hand(held: dict[int, int], expected: float | None) -> None:
    assert gini(held) == expected


@pytest.mark.parametrize(
    ("held", "expected"), [({1: 20}, 0.1), ({0: 9, 7: 1}, 1.0), ({2: 1}, 1.0), ({0: 5}, None)]
)
def test_top_share_by_hand(held: dict[int, int], expected: float | None) -> None:
    assert top_share(held, 0.1) == expected


@given(HISTOGRAMS)
def test_gini_and_share_are_shares(held: dict[int, int]) -> None:
    for value in (gini(held), top_share(held, 0.1)):
        assert value is None or 0 <= value <= 1
