"""Transactions: who waits for whom, and what is kept."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from backend.database import (
    begin_write,
    create_engine,
    insert_if_absent,
    make_session,
    reading,
    writing,
)
from backend.models import Activity, Snapshot, Solution
from backend.models.base import UtcDateTime, now
from backend.revisions import last_revision, next_revision
from tests.factories import make_solution, solution_payload


def test_sqlite_is_set_up_to_keep_what_it_acknowledges(empty_sqlite: Engine) -> None:
    with empty_sqlite.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }
    assert tuple(int(part) for part in version.split(".")) >= (3, 51, 3)


def test_sqlite_makes_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "passerelle.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect():
        assert path.exists()
    engine.dispose()


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="SQLite must be a file"):
        create_engine("sqlite://")


def write_then_fail(engine: Engine) -> None:
    """A transaction that an error ends."""
    with writing(engine) as session:
        make_solution(session, title="lost")
        raise RuntimeError("half-way")


def test_writing_commits_at_the_end_and_undoes_on_error(engine: Engine) -> None:
    with writing(engine) as session:
        make_solution(session, title="kept")
    with pytest.raises(RuntimeError, match="half-way"):
        write_then_fail(engine)
    with reading(engine) as session:
        assert session.scalars(select(Solution.title)).all() == ["kept"]
        assert last_revision(session) == 1


def test_writers_take_turns_after_having_read(engine: Engine) -> None:
    together = threading.Barrier(4)

    def write(_number: int) -> int:
        with make_session(engine) as session:
            last_revision(session)
            together.wait()
            begin_write(session)
            number = next_revision(session)
            session.commit()
            return number

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == [1, 2, 3, 4]


def test_begin_write_refuses_to_lose_a_change(engine: Engine) -> None:
    with make_session(engine) as session:
        last_revision(session)
        session.add(Activity(actor="a", action="b", object_kind="c", object_id="d"))
        with pytest.raises(RuntimeError, match="before the first change"):
            begin_write(session)


def test_begin_write_inside_a_write_transaction_does_nothing(engine: Engine) -> None:
    with writing(engine) as session:
        make_solution(session)
        begin_write(session)
        assert session.scalar(select(func.count()).select_from(Solution)) == 1


def test_insert_if_absent_keeps_the_first(session: Session) -> None:
    row = {
        "id": "0" * 64,
        "direction": "need_to_solutions",
        "subject_id": "x",
        "created_at": now(),
        "model": "fake",
        "index_revision": 1,
        "payload": {"first": True},
    }
    begin_write(session)
    insert_if_absent(session, Snapshot, row)
    insert_if_absent(session, Snapshot, {**row, "payload": {"first": False}})
    assert session.scalars(select(Snapshot.payload)).all() == [{"first": True}]


def test_instants_come_back_in_utc(session: Session) -> None:
    begin_write(session)
    at = now()
    solution = make_solution(session, created_at=at)
    session.commit()
    session.expire_all()
    assert session.get_one(Solution, solution.id).created_at == at


def test_instant_without_a_zone_is_refused(session: Session) -> None:
    naive = now().replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(naive, session.get_bind().dialect)


def test_trace_can_not_be_changed(session: Session) -> None:
    line = Activity(actor="a", action="b", object_kind="c", object_id="d")
    session.add(line)
    session.commit()
    line.actor = "another"
    with pytest.raises(RuntimeError, match="only grows"):
        session.commit()
    session.rollback()
    session.delete(line)
    with pytest.raises(RuntimeError, match="only grows"):
        session.commit()


def test_bulk_rows_and_changed_rows_are_found_by_their_words(session: Session) -> None:
    begin_write(session)
    solution = make_solution(session, title="Élan", summary="Un résumé")
    assert (solution.sort_title, solution.search_text) == ("elan", "elan un resume")
    solution.title = "Œuvre"
    session.flush()
    assert (solution.sort_title, solution.search_text) == ("oeuvre", "oeuvre un resume")


def test_of_two_changes_of_one_version_one_is_told(client: TestClient, engine: Engine) -> None:
    body = client.post("/v1/solutions", json=solution_payload()).json()
    together = threading.Barrier(4)

    def change(maturity: int) -> int:
        together.wait()
        return client.patch(
            f"/v1/solutions/{body['id']}",
            json={"maturity": maturity},
            headers={"If-Match": '"1"'},
        ).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(change, (1, 2, 3, 4)))
    assert statuses == [200, 412, 412, 412]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version, revision FROM solution")).one() == (2, 2)


def test_records_with_one_origin_sent_together_are_kept_once(client: TestClient) -> None:
    together = threading.Barrier(3)
    payload = solution_payload(source="catalogue", external_id="17")

    def create(_number: int) -> int:
        together.wait()
        return client.post("/v1/solutions", json=payload).status_code

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(create, range(3))) == [201, 409, 409]
    assert client.get("/v1/solutions").json()["total"] == 1
