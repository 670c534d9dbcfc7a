"""Attempts are bounded, whoever makes them and however many at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select

from backend.accounts.throttle import LIMIT, WINDOW, admit, forget, take_back
from backend.database import reading, writing
from backend.models import Attempt
from backend.models.base import now
from backend.problems import Problem


def admitted(engine: Engine, *names: str) -> bool:
    try:
        admit(engine, *names)
    except Problem:
        return False
    return True


def test_attempts_made_at_once_are_no_more_than_the_limit(engine: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        through = list(pool.map(lambda _: admitted(engine, "account:a", "machine:b"), range(25)))
    assert through.count(True) == LIMIT


def test_attempts_at_two_names_in_either_order_do_not_wait_for_each_other(engine: Engine) -> None:
    orders = [("account:a", "machine:b"), ("machine:b", "account:a")] * 4
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda names: admitted(engine, *names), orders))


def test_one_full_name_refuses_and_counts_under_no_other(engine: Engine) -> None:
    for _ in range(LIMIT):
        admit(engine, "account:a")
    assert not admitted(engine, "account:a", "machine:b")
    assert all(admitted(engine, "machine:b") for _ in range(LIMIT))


def test_attempts_count_for_a_quarter_of_an_hour_wherever_it_begins(engine: Engine) -> None:
    start = now()
    with time_machine.travel(start, tick=False):
        assert all(admitted(engine, "account:a") for _ in range(LIMIT - 1))
    with time_machine.travel(start + WINDOW - timedelta(seconds=1), tick=False):
        assert admitted(engine, "account:a")
        assert not admitted(engine, "account:a")
    with time_machine.travel(start + WINDOW + timedelta(seconds=1), tick=False):
        assert [admitted(engine, "account:a") for _ in range(LIMIT)] == [True] * 9 + [False]


def test_right_attempt_is_taken_back(engine: Engine) -> None:
    for _ in range(3):
        admit(engine, "account:a", "machine:b")
    with writing(engine) as session:
        forget(session, "account:a")
        take_back(session, "machine:b")
    with reading(engine) as session:
        counts = sorted(len(times) for times in session.scalars(select(Attempt.times)))
    assert counts == [0, 2]


def test_names_are_kept_as_hashes_and_forgotten(engine: Engine) -> None:
    with time_machine.travel(now() - WINDOW - timedelta(minutes=1)):
        admit(engine, "account:ines@exemple.example")
    with reading(engine) as session:
        assert len(session.scalars(select(Attempt.key)).one()) == 64
    admit(engine, "account:other")
    with reading(engine) as session:
        assert len(session.scalars(select(Attempt)).all()) == 1


def test_refusal_says_how_long_to_wait(engine: Engine) -> None:
    for _ in range(LIMIT):
        admit(engine, "account:a")
    with pytest.raises(Problem) as refused:
        admit(engine, "account:a")
    assert refused.value.status == 429
    assert refused.value.headers == {"Retry-After": "900"}
