"""Values as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.values import (
    is_given_up,
    is_siren,
    read_bool,
    read_date,
    read_euros,
    read_trl,
    read_weeks,
)


@pytest.mark.parametrize(
    ("text", "euros"),
    [
        ("310000,0", 310_000),
        ("12 000 €", 12_000),
        ("12\u202f000,50 € HT", 12_000.5),
        ("12,5 k€", 12_500),
        ("1.5M€", 1_500_000),
        ("1,234.50", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1_234_567),
        ("27983,928", 27_983.928),
        ("0", 0),
        ("-5", -5),
        ("10,000", None),
        ("10.000", None),
        ("1.2.3", None),
        ("à voir", None),
        ("", None),
    ],
)
def test_read_euros_reads_or_declines(text: str, euros: float | None) -> None:
    assert read_euros(text) == euros


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_read_euros_reads_what_french_spreadsheets_write(whole: int, cents: int) -> None:
    written = f"{whole:,}".replace(",", "\u202f") + f",{cents:02d} €"
    assert read_euros(written) == pytest.approx(whole + cents / 100)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31T12:00:00", date(2026, 3, 31)),
        ("31/03/2026", date(2026, 3, 31)),
        ("31.03.2026", date(2026, 3, 31)),
        ("1er avril 2026", date(2026, 4, 1)),
        ("12 août 2026", date(2026, 8, 12)),
        ("March 12, 2026", date(2026, 3, 12)),
        ("31/02/2026", None),
        ("3/14/2026", None),
        ("bientôt", None),
    ],
)
def test_read_date_reads_or_declines(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_read_date_reads_iso_and_french(day: date) -> None:
    assert read_date(day.isoformat()) == read_date(f"{day:%d/%m/%Y}") == day


@pytest.mark.parametrize(("text", "expected"), [("Oui", True), ("non", False), ("bof", None)])
def test_read_bool_reads_or_declines(text: str, expected: bool | None) -> None:
    assert read_bool(text) is expected


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("6", 6), ("6 semaines", 6), ("3 mois", 13), ("1 week", 1), ("10 jours", 1), ("tôt", None)],
)
def test_read_weeks_reads_or_declines(text: str, weeks: int | None) -> None:
    assert read_weeks(text) == weeks


@pytest.mark.parametrize(("text", "level"), [("7", 7), ("TRL 7", 7), ("trl-9", 9), ("10", None)])
def test_read_trl_reads_or_declines(text: str, level: int | None) -> None:
    assert read_trl(text) == level


def test_is_siren_checks_the_key() -> None:
    assert is_siren("243400017")
    assert not is_siren("243400018")
    assert not is_siren("24340001")


@pytest.mark.parametrize(
    "phase", ["abandon", "Abandonné", "abandon-investigation", "Arrêtée", "discontinued", "fermé"]
)
def test_is_given_up_of_what_is_no_more(phase: str) -> None:
    assert is_given_up(phase)


@pytest.mark.parametrize("phase", ["construction", "opere", "non abandonné", "phase 3", ""])
def test_is_given_up_not_of_any_other_phase(phase: str) -> None:
    assert not is_given_up(phase)
