"""Words in the reader's language: catalogue, plurals, numbers and dates.

Strings are written in English in the code, `_("...")`, and translated by the catalogues under
`locales/`, which are read as they are: there is no compile step to forget.
"""

from __future__ import annotations

import gettext
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language = Literal["fr", "en"]

LANGUAGES: tuple[Language, ...] = ("fr", "en")
DEFAULT: Language = "fr"
REGIONS: dict[Language, str] = {"fr": "fr_FR", "en": "en_GB"}
PARIS = ZoneInfo("Europe/Paris")
LOCALES = Path(__file__).parent / "locales"


def language() -> Language:
    """The language named in the address (`?lang=`), French when none or an unknown one is."""
    asked = st.query_params.get("lang")
    return asked if asked in LANGUAGES else DEFAULT


def _(message: str, **values: object) -> str:
    """The message in the reader's language, with `{name}` replaced by the values."""
    return _translations(language()).gettext(message).format(**values)


def n_(singular: str, plural: str, n: int, **values: object) -> str:
    """The form of the message that suits `n`; `{n}` is written as a localised number."""
    text = _translations(language()).ngettext(singular, plural, n)
    return text.format(n=number(n), **values)


def number(value: float) -> str:
    """A number with the separators of the reader's language."""
    return format_decimal(value, locale=REGIONS[language()])


def pair(name: str, value: str) -> str:
    """A name and its value in one phrase, with the spaces of the reader's language."""
    return _("{name}: {value}", name=name, value=value)


def long_date(value: str | date) -> str:
    """A date such as "3 mars 2027"; accepts ISO 8601 text with or without a time."""
    day = value if isinstance(value, date) else datetime.fromisoformat(value).date()
    return format_date(day, format="long", locale=REGIONS[language()])


def date_time(value: str) -> str:
    """An instant such as "3 mars 2027, 14:05", as it was in France."""
    instant = datetime.fromisoformat(value)
    locale = REGIONS[language()]
    return format_datetime(instant, "d MMM y, HH:mm", tzinfo=PARIS, locale=locale)


def today() -> date:
    """The day it is in France, wherever the server runs."""
    return datetime.now(PARIS).date()


@cache
def _translations(lang: Language) -> gettext.NullTranslations:
    source = LOCALES / lang / "LC_MESSAGES" / "passerelle.po"
    if not source.is_file():  # English is the language of the code itself
        return gettext.NullTranslations()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
