"""What fields take, refuse and clean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from backend.fields import Email, LongText, Siren, Title, Website, clean, luhn

TITLE = TypeAdapter(Title)
LONG = TypeAdapter(LongText)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_clean_text_is_composed_stripped_and_stays_so(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned


@given(st.text(max_size=30), st.characters(categories=["Cc", "Cs"]), st.text(max_size=30))
def test_clean_refuses_every_control_character(before: str, char: str, after: str) -> None:
    text = before + char + after
    refused = [c for c in text.replace("\r", "\n") if unicodedata.category(c) in {"Cc", "Cs"}]
    if set(refused) <= {"\n", "\t"}:
        assert clean(text) == clean(clean(text))
    else:
        with pytest.raises(ValueError, match="control_character"):
            clean(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=450))
def test_title_is_within_its_bounds_or_refused(text: str) -> None:
    length = len(" ".join(clean(text).split()))
    if 1 <= length <= 200:
        assert len(TITLE.validate_python(text)) == length
    else:
        with pytest.raises(ValidationError, match=r"empty|too_long"):
            TITLE.validate_python(text)


def test_title_is_one_line_and_long_text_keeps_its_lines() -> None:
    assert TITLE.validate_python(" a \n b\t c ") == "a b c"
    assert LONG.validate_python(" a \r\n b\t c ") == "a \n b\t c"


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValidationError):
        TITLE.validate_python("a\ud800b")


@given(st.integers(min_value=0, max_value=10**8 - 1))
def test_luhn_takes_one_check_digit_of_ten(number: int) -> None:
    assert sum(luhn(f"{number:08d}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [("732 829 320", "732829320"), ("732829320", "732829320"), ("732.829.320", "732829320")],
)
def test_siren_is_kept_as_nine_digits(given_text: str, kept: str) -> None:
    assert TypeAdapter(Siren).validate_python(given_text) == kept


@pytest.mark.parametrize(
    "text",
    ["732829321", "73282932", "7328293200", "abcdefghi", "²32829320", ""],
)
def test_siren_that_is_wrong_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Siren).validate_python(text)


@pytest.mark.parametrize(
    "text", ["https://exemple.example", "http://exemple.example:8080/a?b=c#d", "https://é.example"]
)
def test_website_is_kept(text: str) -> None:
    assert TypeAdapter(Website).validate_python(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "exemple.example",
        "ftp://exemple.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///path",
        "https://a b.example",
        "http://[::1",
        "//exemple.example",
    ],
)
def test_website_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="website"):
        TypeAdapter(Website).validate_python(text)


@pytest.mark.parametrize("text", ["a@b.example", "prenom.nom+tri@sous.domaine.example"])
def test_email_is_kept(text: str) -> None:
    assert TypeAdapter(Email).validate_python(text) == text


@pytest.mark.parametrize(
    "text", ["a", "a@b", "@b.example", "a@b..example", "a b@c.example", "<a@b.example>"]
)
def test_email_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="email"):
        TypeAdapter(Email).validate_python(text)
