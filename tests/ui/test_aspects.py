"""What a need asks for one by one, as a page shows it."""

from __future__ import annotations

from typing import cast

import pytest

from ui.components import aspects
from ui.components.matches import explained
from ui.records import Reason


def a_reason(aspect: str, kind: str = "essential", quote: str | None = None, **more: str) -> Reason:
    return cast(
        "Reason",
        {
            "kind": "criterion",
            "polarity": "unknown",
            "text": aspect,
            "quote": quote,
            "codes": [],
            "strength": 0.5,
            "aspect": aspect,
            "aspect_kind": kind,
            **more,
        },
    )


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.i18n.language", lambda: "en")


def test_criteria_stand_in_groups_with_how_many_are_answered() -> None:
    listed = [
        a_reason("Carte", "desirable"),
        a_reason("Formation", quote="Deux agents formés.", polarity="fits"),
        a_reason("Sans coupure"),
    ]
    shown = aspects.show(listed, "solutions", "fr")
    assert shown.index("Essential criteria") < shown.index("Desirable criteria")
    assert "1 answered of 2" in shown
    assert "0 answered of 1" in shown
    assert shown.count("<details>") == 1


def test_criterion_and_quotation_bear_their_languages() -> None:
    listed = [a_reason("Carte", quote="A map.", aspect_lang="fr", quote_lang="en")]
    shown = aspects.show(listed, "solutions", "de")
    assert '<span lang="fr">Carte</span>' in shown
    assert '<blockquote class="pa-quote" lang="en">A map.</blockquote>' in shown


def test_quotation_without_a_language_is_in_that_of_the_record() -> None:
    assert 'lang="fr">Un plan.' in aspects.show([a_reason("x", quote="Un plan.")], "needs", "fr")


def test_open_criterion_is_a_question_or_something_to_add_to_one_s_page() -> None:
    assert "a question to ask" in aspects.show([a_reason("x")], "solutions", "fr")
    assert "not found on the page" in aspects.show([a_reason("x")], "needs", "fr")


def test_sentence_that_is_no_criterion_is_spoken_of_and_not_answered() -> None:
    listed = [a_reason("Le réseau fuit.", "sentence", quote="Une fuite.", polarity="fits")]
    shown = aspects.show(listed, "solutions", "fr")
    assert '<span class="pa-state">the page speaks of it</span>' in shown
    assert "≈" in shown
    assert "answered" not in shown


def test_text_of_a_need_is_shown_as_text() -> None:
    shown = aspects.show([a_reason("<b>x</b>", quote="<i>y</i>")], "solutions", "fr")
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_card_tells_the_passage_the_criteria_the_facts_and_the_place_in_that_order() -> None:
    def reason(kind: str, text: str) -> Reason:
        return cast("Reason", {**a_reason(text), "kind": kind, "aspect": None, "aspect_kind": None})

    listed = [
        reason("place", "Second rather than first."),
        reason("themes", "Themes in common."),
        a_reason("Carte"),
        reason("sentence", "This passage answers best:"),
    ]
    shown = explained(listed, "solutions", "fr")
    order = [shown.index(t) for t in ("This passage", "Carte", "Themes in", "Second rather")]
    assert order == sorted(order)
    assert "Facts and words" in shown
    assert "Facts and words" not in explained(listed[1:2], "solutions", "fr")


def test_nothing_is_shown_without_criteria() -> None:
    assert aspects.show([], "solutions", "fr") == ""
