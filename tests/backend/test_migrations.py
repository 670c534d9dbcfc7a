"""The steps of the database's shape, upwards and downwards, with data."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.activity.service import record
from backend.database import create_engine, reading, writing
from backend.migrations import current, downgrade, is_current, upgrade
from backend.models import (
    AlertBand,
    Attempt,
    Base,
    Counter,
    Embedding,
    Mail,
    MatchAlert,
    ModerationRemark,
    NeedStanding,
    Organisation,
    Person,
    Solution,
    SolutionFacet,
    Subscription,
    UnsubscribeLink,
    VocabularyEntry,
)
from backend.models.base import now
from backend.revisions import last_revision, next_revision
from backend.settings import PROJECT_ROOT
from tests.factories import (
    load_test_territories,
    make_answer,
    make_embedding,
    make_exposure,
    make_need,
    make_organisation,
    make_person,
    make_repeat,
    make_search,
    make_shortlisted,
    make_solution,
)
from tests.fakes import FakeMatcher
from tests.introductions import (
    make_consortium,
    make_introduction,
    make_message,
    make_reference_request,
)

LETTER = {"kind": "match", "lang": "fr", "subject": "Sujet", "body": "Corps", "frequency": "daily"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgres_url")
    outside = create_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with outside.connect() as connection:
        connection.execute(text("CREATE DATABASE empty"))
    engine = create_engine(url.replace("/postgres?", "/empty?"))
    yield engine
    engine.dispose()
    with outside.connect() as connection:
        connection.execute(text("DROP DATABASE empty"))
    outside.dispose()


def fill(engine: Engine) -> str:
    """One record of each kind; the solution's id."""
    with writing(engine) as session:
        load_test_territories(session)
        place = make_organisation(session, territory="commune:34172")
        solution = make_solution(
            session, organisation_id=place.id, themes=["water"], perimeters=["region:76"]
        )
        need = make_need(session, essential_criteria=["Sans coupure d'eau"])
        make_repeat(session, make_person(session), solution)
        make_answer(session, solution, need, "Sans coupure d'eau")
        consortium = make_consortium(session, need, solution, solution)
        introduction = make_introduction(session, need, solution, consortium_id=consortium.id)
        make_message(session, introduction, "leader")
        make_reference_request(session, solution, place)
        need.unanswered_at, need.unanswered_reason = now(), "none_fits"
        make_embedding(session, FakeMatcher(), solution)
        make_exposure(session, solution)
        make_search(session, make_person(session))
        make_shortlisted(session, need, solution)
        session.add_all(
            [
                ModerationRemark(
                    record_kind="solution", record_id=solution.id, decision="publish", version=1
                ),
                VocabularyEntry(vocabulary="labels", code="open_source", fr="Libre", en="Free"),
                NeedStanding(need_id=need.id, band="good"),
                Attempt(key="0" * 64, times=[1.5], last_at=now()),
            ]
        )
        record(session, "system", "create", "solution", solution.id)
        make_letters(session, make_person(session))
        return solution.id


def make_letters(session: Session, person: Person) -> None:
    """A letter that waits, and what the person wants and was told."""
    session.add(Mail(person_id=person.id, address=person.email, **LETTER))
    session.add(Subscription(person_id=person.id, kind="match", frequency="weekly"))
    session.add(UnsubscribeLink(id="0" * 64, person_id=person.id, kinds=["match"]))
    session.add(AlertBand(person_id=person.id, band="strong"))
    session.add(MatchAlert(person_id=person.id, record_id="r", candidate_id="c"))


def test_upgrade_makes_the_shape_of_the_models(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert is_current(empty)


def test_upgrade_again_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    solution_id = fill(empty)
    upgrade(empty)
    with reading(empty) as session:
        assert session.get_one(Solution, solution_id).title == "Solution d'essai"


def test_downgrade_and_upgrade_keep_the_records(empty: Engine) -> None:
    upgrade(empty)
    solution_id = fill(empty)
    downgrade(empty, "0001")
    later = {
        "introduction",
        "consortium",
        "reference_request",
        "embedding",
        "exposure",
        "criterion_answer",
        "shortlist_entry",
        "saved_search",
    }
    assert later.isdisjoint(inspect(empty).get_table_names())
    assert {"embedding", "exposure", "criterion_answer", "idempotency_key"}.isdisjoint(
        inspect(empty).get_table_names()
    )
    upgrade(empty)
    with reading(empty) as session:
        facets = session.scalars(select(SolutionFacet.code).order_by(SolutionFacet.code)).all()
        assert session.get_one(Solution, solution_id).revision == 1
        assert facets == ["region:76", "water"]
        assert session.scalars(select(Organisation.name)).all() == ["Ville de Lunel"]


def test_vectors_from_before_criteria_were_kept_stay_and_wait_for_more(empty: Engine) -> None:
    upgrade(empty)
    solution_id = fill(empty)
    downgrade(empty, "0005")
    assert "aspects" not in {column["name"] for column in inspect(empty).get_columns("embedding")}
    upgrade(empty)
    with reading(empty) as session:
        kept = session.get_one(Embedding, ("solution", solution_id))
        assert (kept.dimension, len(kept.vector)) == (8, 32)
        assert (kept.aspects, kept.aspect_vectors) == (None, None)


def test_trace_only_grows_from_its_step_on(empty: Engine) -> None:
    upgrade(empty)
    fill(empty)
    with writing(empty) as session, pytest.raises(DBAPIError, match="the trace only grows"):
        session.execute(text("UPDATE activity SET actor = 'x'"))
    downgrade(empty, "0009")
    with writing(empty) as session:
        session.execute(text("UPDATE activity SET actor = 'x'"))
    upgrade(empty)
    with reading(empty) as session:
        assert session.scalars(text("SELECT actor FROM activity")).all() == ["x"]


def test_letters_from_before_frequencies_are_sent_at_once(empty: Engine) -> None:
    upgrade(empty)
    fill(empty)
    downgrade(empty, "0011")
    assert "subscription" not in inspect(empty).get_table_names()
    upgrade(empty)
    with reading(empty) as session:
        kept = session.scalars(select(Mail)).one()
        assert (kept.subject, kept.frequency, kept.digest_id) == ("Sujet", "immediate", None)
        begun = select(Counter.value).where(Counter.name == "alerts")
        assert session.scalars(begun).one() == last_revision(session) == 2


def test_upgrade_goes_on_counting_from_the_last_revision(empty: Engine) -> None:
    upgrade(empty)
    fill(empty)
    downgrade(empty, "0001")
    upgrade(empty)
    with writing(empty) as session:
        assert session.scalars(select(Counter.value).where(Counter.name == "revision")).one() == 2
        assert next_revision(session) == 3


def test_downgrade_to_base_leaves_no_table(empty: Engine) -> None:
    upgrade(empty)
    fill(empty)
    downgrade(empty, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
    assert current(empty) is None
    assert not is_current(empty)


def test_failed_upgrade_leaves_the_former_shape(
    empty: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no space left")

    upgrade(empty, "0001")
    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(RuntimeError, match="no space left"):
        upgrade(empty)
    assert current(empty) == "0001"
    assert "embedding" not in inspect(empty).get_table_names()


UPGRADE = """
import sys
from backend.database import create_engine
from backend.migrations import is_current, upgrade
engine = create_engine(sys.argv[1])
upgrade(engine)
assert is_current(engine)
"""


def test_processes_that_start_together_upgrade_once(empty: Engine) -> None:
    url = empty.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", UPGRADE, url]
    processes = [subprocess.Popen(command, cwd=PROJECT_ROOT) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert is_current(empty)
