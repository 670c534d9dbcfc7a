"""When letters are due: the day's and the week's letter, and the next attempt."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from backend.mail.letters import Kind

Frequency = Literal["immediate", "daily", "weekly", "never"]
FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)
# News that nobody waits for comes once a day unless a person says otherwise.
DEFAULTS: Final[Mapping[Kind, Frequency]] = {
    "introduction": "immediate",
    "moderation": "immediate",
    "reminder": "immediate",
    "match": "daily",
    # Each saved search has a frequency of its own.
    "search": "immediate",
}
PARIS = ZoneInfo("Europe/Paris")
HOUR = time(7)
MONDAY = 0
DELAYS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


def next_digest(frequency: Frequency, after: datetime) -> datetime:
    """The next seven o'clock in Paris after an instant; of a Monday for the week's letter."""
    here = after.astimezone(PARIS)
    day = here.date() + timedelta(days=here.time() >= HOUR)
    return _digest_on(frequency, day, timedelta(days=1))


def last_digest(frequency: Frequency, before: datetime) -> datetime:
    """The last one up to an instant."""
    here = before.astimezone(PARIS)
    day = here.date() - timedelta(days=here.time() < HOUR)
    return _digest_on(frequency, day, timedelta(days=-1))


def _digest_on(frequency: Frequency, day: date, step: timedelta) -> datetime:
    """Seven o'clock of a day, or of the nearest Monday in the direction of `step`."""
    while frequency == "weekly" and day.weekday() != MONDAY:
        day += step
    return datetime.combine(day, HOUR, PARIS)


def rarer(first: Frequency, second: Frequency) -> Frequency:
    """The one of two that means fewer letters."""
    return max(first, second, key=FREQUENCIES.index)


def next_attempt(attempts: int, present: datetime) -> datetime | None:
    """When to try again after so many attempts that failed; None when it is enough."""
    return present + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
