"""When letters are due: the day's and the week's letter, and the next attempt."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
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
    "search": "daily",
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
    day = here.date()
    while True:
        due = datetime.combine(day, HOUR, PARIS)
        if due > here and (frequency == "daily" or day.weekday() == MONDAY):
            return due
        day += timedelta(days=1)


def next_attempt(attempts: int, present: datetime) -> datetime | None:
    """When to try again after so many attempts that failed; None when it is enough."""
    return present + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
