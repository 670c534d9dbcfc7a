"""Instants as people in France read them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from backend.matches.wording import Language

PARIS = ZoneInfo("Europe/Paris")
REGIONS = {"fr": "fr_FR", "en": "en_GB"}


def local(instant: datetime) -> datetime:
    """The same instant by the clocks of France."""
    return instant.astimezone(PARIS)


def told_day(instant: datetime, language: Language) -> str:
    """Such as "3 mars 2027 à 14:05"."""
    return format_datetime(local(instant), "long", tzinfo=PARIS, locale=REGIONS[language])
