"""What people typed is shown as they typed it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import text

HOSTILE = "![x](http://evil.example/x.png) <script>alert(1)</script> :red[a] $x$ **b** `c`"


def test_md_escapes_every_mark_of_markdown() -> None:
    assert text.md("![x](http://e.fr/x.png)") == r"\!\[x\]\(http\:\/\/e\.fr\/x\.png\)"


@given(st.text(max_size=200))
def test_md_leaves_no_bare_punctuation_and_loses_nothing(typed: str) -> None:
    escaped = text.md(typed)

    assert re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped)) is None
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == re.sub(r"\s+", " ", typed).strip()


@given(st.text(max_size=200))
def test_tag_holds_text_that_cannot_leave_its_element(typed: str) -> None:
    inner = text.tag("p", typed).removeprefix("<p>").removesuffix("</p>")

    assert "<" not in inner
    assert ">" not in inner
    assert '"' not in inner


def test_paragraphs_separate_on_blank_lines_and_keep_single_breaks() -> None:
    assert text.paragraphs("a\nb\n\n\nc <i>") == "<p>a<br>b</p><p>c &lt;i&gt;</p>"


def test_paragraphs_of_nothing_are_nothing() -> None:
    assert text.paragraphs(" \n\n ") == ""


@pytest.mark.parametrize(
    ("typed", "length", "expected"),
    [("short", 10, "short"), ("one two three", 9, "one two…"), ("  a \n b ", 9, "a b")],
)
def test_shorten_cuts_at_a_word(typed: str, length: int, expected: str) -> None:
    assert text.shorten(typed, length) == expected


def test_hostile_text_keeps_its_letters() -> None:
    assert re.sub(r"\\(.)", r"\1", text.md(HOSTILE)) == HOSTILE
