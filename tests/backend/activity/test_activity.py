"""The trace as operators read it, and that it only grows."""

import csv
import io
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.activity.service import record
from backend.database import writing
from backend.models import Activity, Person
from tests.backend.conftest import SignIn, Statements
from tests.factories import make_organisation, make_person, make_solution


@pytest.fixture
def traced(engine: Engine) -> Person:
    """Three lines: Aïcha publishes a solution, the machine imports, Aïcha changes herself."""
    with writing(engine) as session:
        person = make_person(session, name="Aïcha Durand", email="aicha@exemple.example")
        solution = make_solution(session, title="Écoute des conduites")
        told = {"changed": {"status": ["submitted", "published"]}}
        record(session, person.id, "publish", "solution", solution.id, told)
        place = make_organisation(session, name="Ville d'Alès")
        record(session, "system", "import", "organisation", place.id, {"file": "été.csv"})
        record(session, person.id, "update", "person", person.id)
        return person


def ids(client: TestClient, **query: str) -> list[tuple[str, str]]:
    items = client.get("/v1/activity", params=query).json()["items"]
    return [(item["action"], item["object_kind"]) for item in items]


def test_activity_says_who_what_when_before_and_after(client: TestClient, traced: Person) -> None:
    page = client.get("/v1/activity").json()
    assert [item["action"] for item in page["items"]] == ["update", "import", "publish"]
    line = page["items"][2]
    assert (line["actor"], line["actor_name"]) == (traced.id, "Aïcha Durand")
    assert line["object_name"] == "Écoute des conduites"
    assert line["detail"] == {"changed": {"status": ["submitted", "published"]}}
    assert page["items"][1]["actor_name"] is None
    assert (page["total"], page["actions"]) == (3, ["import", "publish", "update"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"action": "import"}, [("import", "organisation")]),
        ({"actor": "system"}, [("import", "organisation")]),
        ({"object_kind": "solution"}, [("publish", "solution")]),
        ({"q": "été.csv"}, [("import", "organisation")]),
        ({"q": "ecoute"}, [("publish", "solution")]),
        ({"q": "durand"}, [("update", "person"), ("publish", "solution")]),
        ({"q": "ales"}, [("import", "organisation")]),
        ({"q": "nothing like it"}, []),
        ({"action": "unheard-of"}, []),
    ],
)
def test_activity_is_found_by(
    client: TestClient, traced: Person, query: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert ids(client, **query) == found


def test_activity_is_found_by_day_in_france(client: TestClient, engine: Engine) -> None:
    with writing(engine) as session:
        for hour in (22, 23):
            line = Activity(actor="system", action=f"at {hour}", object_kind="x", object_id="y")
            line.at = datetime(2026, 1, 5, hour, 30, tzinfo=UTC)
            session.add(line)
    assert ids(client, until="2026-01-05") == [("at 22", "x")]
    assert ids(client, since="2026-01-06", until="2026-01-06") == [("at 23", "x")]


def test_activity_is_read_page_after_page(
    client: TestClient, traced: Person, statements: Statements
) -> None:
    first = client.get("/v1/activity", params={"limit": 2}).json()
    rest = client.get("/v1/activity", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    actions = [item["action"] for page in (first, rest) for item in page["items"]]
    assert actions == ["update", "import", "publish"]
    assert rest["next_cursor"] is None


def test_activity_export_is_a_file_whose_cells_are_no_formulas(
    client: TestClient, engine: Engine
) -> None:
    with writing(engine) as session:
        solution = make_solution(session, title="=HYPERLINK(1)")
        for number in range(600):
            record(session, "system", "create", "solution", solution.id, {"number": number})
    answer = client.get("/v1/activity/export", params={"action": "create"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["at", "actor", "actor_name", "action"]
    assert len(rows) == 601
    assert rows[1][6] == "'=HYPERLINK(1)"
    assert [rows[1][7], rows[-1][7]] == ['{"number": 599}', '{"number": 0}']


def test_activity_is_for_operators_only(
    visitor: TestClient, sign_in: SignIn, traced: Person
) -> None:
    for path in ("/v1/activity", "/v1/activity/export"):
        assert visitor.get(path).status_code == 401
        assert sign_in(traced).get(path).status_code == 403


@pytest.mark.parametrize("change", [update(Activity).values(actor="x"), delete(Activity)])
def test_database_refuses_to_change_the_trace(
    session: Session, traced: Person, change: object
) -> None:
    with pytest.raises(DBAPIError, match="the trace only grows"):
        session.execute(change)  # type: ignore[call-overload]


def test_database_refuses_to_empty_the_trace(session: Session, traced: Person) -> None:
    sqlite = session.get_bind().dialect.name == "sqlite"
    with pytest.raises(DBAPIError, match="the trace only grows"):
        session.execute(text("DELETE FROM activity" if sqlite else "TRUNCATE activity"))
