"""Values as people write them -> numbers, dates, yes or no. None: it cannot be read."""

import re
from datetime import date

from backend.fields import luhn
from backend.folding import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_TRUE = {"1", "true", "vrai", "yes", "y", "oui", "o", "x"}
_FALSE = {"0", "false", "faux", "no", "n", "non"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.? (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_AMOUNT = re.compile(r"(-?[\d.,]+)(k|m)?(?:€|eur|euros?)?(?:ht|ttc)?")
# What the State, incubators and project offices write of a product that is no more.
_GIVEN_UP = ("abandon", "arrete", "ferme", "discontinued", "closed")
_WEEKS = {
    "semaine": 1.0,
    "week": 1.0,
    "mois": 52 / 12,
    "month": 52 / 12,
    "jour": 1 / 7,
    "day": 1 / 7,
}
_DURATION = re.compile(r"(\d+)\s*([a-z]*?)s?")


def read_number(text: str) -> float | None:
    """`1 234,50`, `1,234.50`, `1.234.567` or `1234.5`.

    `1,234` is neither 1.234 nor 1234 for sure, so it is None.
    """
    compact = re.sub(r"[\s\u00a0\u202f']", "", text)
    if not re.fullmatch(r"-?\d[\d.,]*", compact):
        return None
    last = max(compact.rfind(","), compact.rfind("."))
    if last < 0:
        return float(compact)
    sign = compact[last]
    other = "." if sign == "," else ","
    whole, decimals = compact[:last], compact[last + 1 :]
    if sign in whole:
        return _grouped(compact, sign) if other not in compact else None
    if other in whole:
        digits = _digits(whole, other)
        return float(f"{digits}.{decimals or 0}") if digits else None
    if len(decimals) == 3 and len(whole.lstrip("-0")) in (1, 2, 3):
        return None
    return float(f"{whole}.{decimals or 0}")


def read_euros(text: str) -> float | None:
    """An amount: `12 000 €`, `12,5 k€`, `1.5M€`, `310000,0`."""
    compact = re.sub(r"[\s\u00a0\u202f']", "", text).casefold().removeprefix("€")
    found = _AMOUNT.fullmatch(compact)
    number = read_number(found[1]) if found else None
    if found is None or number is None:
        return None
    return number * {"k": 1_000, "m": 1_000_000}.get(found[2] or "", 1)


def read_date(text: str) -> date | None:
    """`2025-03-12`, `12/03/2025` (day first), `12 mars 2025`, `March 12, 2025`."""
    value = fold(text).replace(",", "")
    if found := _ISO.fullmatch(value):
        return _date(found[1], found[2], found[3])
    if found := _FRENCH.fullmatch(value):
        return _date(found[3], found[2], found[1])
    if found := _DAY_FIRST.fullmatch(value):
        return _date(found[3], _MONTHS.get(found[2], 0), found[1])
    if found := _MONTH_FIRST.fullmatch(value):
        return _date(found[3], _MONTHS.get(found[1], 0), found[2])
    return None


def read_bool(text: str) -> bool | None:
    """`oui`, `yes`, `true`, `1`, `x` and their contraries."""
    value = fold(text)
    return True if value in _TRUE else False if value in _FALSE else None


def read_weeks(text: str) -> int | None:
    """A duration in weeks: `6`, `6 semaines`, `3 months`."""
    found = _DURATION.fullmatch(fold(text))
    if found is None or (found[2] and found[2] not in _WEEKS and found[2] != "moi"):
        return None
    unit = _WEEKS["mois"] if found[2] == "moi" else _WEEKS.get(found[2], 1.0)
    return max(round(int(found[1]) * unit), 1)


def read_trl(text: str) -> int | None:
    """A technology readiness level from 1 to 9: `7`, `TRL 7`, `trl-7`."""
    found = re.fullmatch(r"(?:trl)?[ :-]*([1-9])", fold(text))
    return int(found[1]) if found else None


def is_given_up(text: str) -> bool:
    """Whether a phase is that of a product given up: `abandon`, `abandon-investigation`, `arrêté`.

    Any other phase, known or not, is none: what is not said to be over is not over.
    """
    return fold(text).startswith(_GIVEN_UP)


def is_siren(number: str) -> bool:
    """Whether these nine digits pass the Luhn check of SIREN numbers."""
    return re.fullmatch(r"[0-9]{9}", number) is not None and luhn(number)


def _digits(whole: str, sign: str) -> str | None:
    """Digits in groups of three, without the sign between them."""
    if re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", whole):
        return whole.replace(sign, "")
    return None


def _grouped(compact: str, sign: str) -> float | None:
    digits = _digits(compact, sign)
    return float(digits) if digits else None


def _date(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
