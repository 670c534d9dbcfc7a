"""Words, numbers and dates follow the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.ui.stub import need, solution
from ui import i18n
from ui.components import badges


@pytest.fixture(params=["fr", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    chosen: str = request.param
    monkeypatch.setattr(i18n, "language", lambda: chosen)
    return chosen


def test_message_is_translated_and_filled(lang: str) -> None:
    expected = {"fr": "Retirer Sète", "en": "Remove Sète"}

    assert i18n._("Remove {name}", name="Sète") == expected[lang]


def test_braces_in_a_value_are_left_alone(lang: str) -> None:
    assert "{title}" in i18n._("Remove {name}", name="{title}")


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [
        (0, "0 solution", "0 solutions"),
        (1, "1 solution", "1 solution"),
        (2, "2 solutions", "2 solutions"),
        (12345, "12\u202f345 solutions", "12,345 solutions"),
    ],
)
def test_plural_follows_the_language(lang: str, count: int, fr: str, en: str) -> None:
    assert i18n.n_("{n} solution", "{n} solutions", count) == {"fr": fr, "en": en}[lang]


def test_dates_are_written_in_words(lang: str) -> None:
    expected = {"fr": "3 mars 2027", "en": "3 March 2027"}

    assert i18n.long_date(date(2027, 3, 3)) == expected[lang]
    assert i18n.long_date("2027-03-03T22:10:00+00:00") == expected[lang]


@pytest.mark.parametrize(
    ("record", "fr", "en"),
    [
        (solution(1, organisation=None), "Organisation non renseignée", "Organisation not given"),
        (need(1, organisation=None), "Organisation non renseignée", "Organisation not given"),
        (need(1, organisation=None, anonymous=True), "Besoin anonyme", "Anonymous need"),
    ],
)
def test_record_without_organisation_is_anonymous_only_when_it_asked_to_be(
    lang: str, record: Any, fr: str, en: str
) -> None:
    assert {"fr": fr, "en": en}[lang] in badges.eyebrow(record)
