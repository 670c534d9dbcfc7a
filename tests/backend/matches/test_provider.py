"""Loading the matcher while the service answers."""

import threading

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.health import check
from backend.matches import provider
from backend.matches.provider import MatcherLoader
from backend.problems import Problem
from tests.fakes import FakeMatcher


class SlowMatcher(FakeMatcher):
    """Encodes only once it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def catch_up(self, session: Session) -> int:
        assert self.go.wait(10)
        return super().catch_up(session)


class BrokenMatcher(FakeMatcher):
    """Cannot bring its index up to date."""

    def catch_up(self, session: Session) -> int:
        raise RuntimeError("the vectors cannot be read")


def test_loader_answers_503_until_the_index_is_ready(engine: Engine) -> None:
    matcher = SlowMatcher()
    loader = MatcherLoader(engine, matcher)  # type: ignore[arg-type]
    with pytest.raises(Problem) as raised:
        loader.get(seconds=0.01)
    assert (raised.value.status, raised.value.headers) == (503, {"Retry-After": "3"})
    assert check(engine, loader).status == "loading"
    matcher.go.set()
    assert loader.get().model == "fake"
    assert check(engine, loader).checks == {"database": "ok", "encoder": "ok", "index": "ok"}


def test_loader_says_that_the_index_failed(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    loader = MatcherLoader(engine, BrokenMatcher())  # type: ignore[arg-type]
    loader.start()
    assert loader.wait(10)
    found = check(engine, loader)
    assert (found.status, found.checks["encoder"], found.checks["index"]) == (
        "failed",
        "ok",
        "failed",
    )
    assert "the vectors cannot be read" in caplog.text
    with pytest.raises(Problem, match="no-index"):
        loader.get()


def test_loader_says_that_the_encoder_failed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("no such model")

    monkeypatch.setattr(provider, "get_matcher", fail)
    loader = MatcherLoader(engine)
    with pytest.raises(Problem, match="no-encoder"):
        loader.get()
    assert check(engine, loader).checks["encoder"] == "failed"
    assert "no such model" in caplog.text


def test_health_tells_a_database_that_is_not_migrated(empty_sqlite: Engine) -> None:
    loader = MatcherLoader(empty_sqlite, FakeMatcher())  # type: ignore[arg-type]
    assert check(empty_sqlite, loader).checks["database"] == "not migrated"
