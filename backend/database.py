"""Engines, sessions and transactions, the same for SQLite and PostgreSQL.

A transaction that writes says so before its first statement (`begin_write`). SQLite then
takes its write lock at once and waits for its turn: a transaction that starts by reading and
writes later would fail with "database is locked" whenever another one wrote in between.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite_driver
from fastapi import Request
from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy import create_engine as sqlalchemy_engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from backend.models.base import Base

BUSY_TIMEOUT_MS = 30_000
WRITE = "passerelle_write"
# Values of statements are people's data: they stay out of errors, and so out of the log.
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "hide_parameters": True}
# A write-ahead log is kept for the file's life, so this is a look-up on all but the first one.
SQLITE_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


def create_engine(url: str) -> Engine:
    """An engine for `url` (sqlite:///path or postgresql+psycopg://...).

    The folder of a SQLite file is made if absent. Connections are opened on first use.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    return sqlalchemy_engine(url, pool_pre_ping=True, **POOL)


def _sqlite_engine(url: str) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("SQLite must be a file: several connections share it")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    # The pysqlite3 wheel carries a SQLite with the write-ahead-log reset bug mended.
    engine = sqlalchemy_engine(url, module=sqlite_driver, **POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: `_begin_sqlite` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def make_session(engine: Engine) -> Session:
    """A session whose objects stay readable after the commit."""
    return Session(engine, expire_on_commit=False)


def begin_write(session: Session) -> None:
    """End a read transaction of `session`, if any, and begin one that writes.

    Does nothing inside a write transaction, so that services can call each other. What was
    read before must be read again: another writer may have changed it.

    Raises RuntimeError when changes were made before (they would be lost).
    """
    if session.in_transaction():
        if session.connection().get_execution_options().get(WRITE, False):
            return
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("begin_write() must come before the first change")
        session.rollback()
    session.connection(execution_options={WRITE: True})


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads."""
    with make_session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A write transaction: committed at the end, undone by an exception."""
    with make_session(engine) as session:
        begin_write(session)
        yield session
        session.commit()


def get_session(request: Request) -> Iterator[Session]:
    """FastAPI dependency, to be used with scope="function": one request, one transaction.

    The commit comes before the answer is sent, so that what was acknowledged is kept.
    """
    with make_session(request.app.state.engine) as session:
        yield session
        session.commit()


def insert_if_absent(session: Session, model: type[Base], *rows: Mapping[str, Any]) -> None:
    """Insert rows of `model`, those whose key is already there left as they are."""
    backend = session.get_bind().dialect.name
    dialect = postgresql if backend == "postgresql" else sqlite
    session.execute(dialect.insert(model).values(rows).on_conflict_do_nothing())
