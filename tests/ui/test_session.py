"""Drafts outlive a reload, and no longer than they should."""

from __future__ import annotations

from ui.session import Drafts


def test_draft_is_found_again_under_its_name() -> None:
    drafts = Drafts()
    name, draft = drafts.open(None, "need")
    draft["title"] = "Crue"

    assert drafts.open(name, "need") == (name, {"title": "Crue"})


def test_unknown_name_opens_an_empty_draft_under_another_name() -> None:
    name, draft = Drafts().open("guessed", "need")

    assert name != "guessed"
    assert draft == {}


def test_draft_of_another_form_is_not_opened() -> None:
    drafts = Drafts()
    name, draft = drafts.open(None, "need")
    draft["title"] = "Crue"

    assert drafts.open(name, "solution")[1] == {}


def test_dropped_draft_is_gone() -> None:
    drafts = Drafts()
    name, _draft = drafts.open(None, "need")
    drafts.drop(name)

    assert drafts.open(name, "need")[0] != name


def test_oldest_draft_leaves_when_there_are_too_many() -> None:
    drafts = Drafts(limit=2)
    first, second, third = (drafts.open(None, "need")[0] for _ in range(3))

    assert drafts.open(third, "need")[0] == third
    assert drafts.open(second, "need")[0] == second
    assert drafts.open(first, "need")[0] != first


def test_draft_in_use_is_not_the_oldest() -> None:
    drafts = Drafts(limit=2)
    first, second = (drafts.open(None, "need")[0] for _ in range(2))
    drafts.open(first, "need")
    drafts.open(None, "need")

    assert drafts.open(first, "need")[0] == first
    assert drafts.open(second, "need")[0] != second


def test_old_draft_is_forgotten() -> None:
    drafts = Drafts(hours=0)
    name, _draft = drafts.open(None, "need")

    assert drafts.open(name, "need")[0] != name
