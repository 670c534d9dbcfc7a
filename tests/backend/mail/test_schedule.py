"""When letters are due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.mail.schedule import (
    FREQUENCIES,
    PARIS,
    Frequency,
    last_digest,
    next_attempt,
    next_digest,
    rarer,
)

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DIGESTS = ["daily", "weekly"]


@pytest.mark.parametrize(
    ("frequency", "after", "due"),
    [
        ("daily", "2026-11-25T05:59", "2026-11-25T06:00"),
        ("daily", "2026-11-25T06:00", "2026-11-26T06:00"),
        ("weekly", "2026-11-25T12:00", "2026-11-30T06:00"),
        ("weekly", "2026-11-30T06:00", "2026-12-07T06:00"),
        # Summer time begins on 29 March 2026 and ends on 25 October.
        ("daily", "2026-03-28T12:00", "2026-03-29T05:00"),
        ("daily", "2026-10-24T12:00", "2026-10-25T06:00"),
    ],
)
def test_next_digest_is_at_seven_in_paris(frequency: Frequency, after: str, due: str) -> None:
    start = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = next_digest(frequency, start)
    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert last_digest(frequency, found) == found
    assert last_digest(frequency, found - timedelta(seconds=1)) <= start


@given(
    frequency=st.sampled_from(DIGESTS),
    days=st.floats(-3000, 3000),
)
def test_next_digest_comes_within_its_period_and_later(frequency: Frequency, days: float) -> None:
    after = NOON + timedelta(days=days)
    due = next_digest(frequency, after)
    # The night when summer time ends is an hour longer.
    longest = timedelta(days=1 if frequency == "daily" else 7, hours=1)
    assert timedelta(0) < due.astimezone(UTC) - after <= longest
    assert due.astimezone(PARIS).hour == 7
    assert frequency == "daily" or due.astimezone(PARIS).weekday() == 0


@given(first=st.sampled_from(FREQUENCIES), second=st.sampled_from(FREQUENCIES))
def test_rarer_of_two_is_one_of_them_whichever_comes_first(
    first: Frequency, second: Frequency
) -> None:
    assert rarer(first, second) == rarer(second, first)
    assert rarer(first, second) in {first, second}
    assert rarer(first, "never") == "never"


def test_next_attempt_waits_longer_each_time_then_no_more() -> None:
    waits = [next_attempt(attempts, NOON) for attempts in range(1, 7)]
    minutes = [1, 5, 30, 120, 720]
    assert waits == [*(NOON + timedelta(minutes=count) for count in minutes), None]
