"""What a need asks for, one thing at a time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.aspects import Aspect, Wishlist, aspects_of, nothing_asked

TEXT = "Des fuites partout. La commune perd un tiers de son eau. Elle cherche à les trouver vite."


def test_aspects_are_the_criteria_when_there_are_some() -> None:
    found = aspects_of(TEXT, ["Sans coupure", "Sans coupure "], ["Carte", "Sans coupure"], "80 %")
    assert found == (Aspect("essential", "Sans coupure"), Aspect("desirable", "Carte"))


def test_aspects_without_criteria_are_the_outcome_and_without_one_the_sentences() -> None:
    assert aspects_of(TEXT, [], [" "], " 80 % ") == (Aspect("outcome", "80 %"),)
    assert [aspect.text for aspect in aspects_of(TEXT)] == [
        "La commune perd un tiers de son eau.",
        "Elle cherche à les trouver vite.",
    ]
    assert {aspect.kind for aspect in aspects_of(TEXT)} == {"sentence"}


def test_aspects_are_sentences_of_what_is_told_and_never_bare_figures() -> None:
    figures = "Soit 39,6 TWh, 584 kWh par an en 2023."
    told = f"La commune perd un tiers de son eau. {figures} Elle cherche à les trouver vite."
    assert [aspect.text for aspect in aspects_of(TEXT, told=told)] == [
        "La commune perd un tiers de son eau.",
        "Elle cherche à les trouver vite.",
    ]
    assert aspects_of(TEXT, told="") == ()


def test_a_text_of_one_sentence_or_of_none_has_no_parts() -> None:
    for text in ("", "eau", "2026 2027", "La commune perd un tiers de son eau.", "a. b. c."):
        assert aspects_of(text) == ()


def test_aspects_of_a_book_or_of_a_long_list_are_bounded() -> None:
    book = " ".join(f"La phrase numéro {number} du livre." for number in range(5_000))
    assert len(aspects_of(book)) == 8
    assert len(aspects_of("x", [f"Critère {number}" for number in range(50)])) == 20


@given(st.text(max_size=400), st.lists(st.text(max_size=20), max_size=4))
def test_aspects_are_never_empty_and_never_twice_the_same(text: str, wishes: list[str]) -> None:
    found = [aspect.text for aspect in aspects_of(text, wishes, wishes[::-1])]
    assert all(found)
    assert len(set(found)) == len(found)


def test_wishes_are_what_is_asked_for_in_so_many_words() -> None:
    aspects = (Aspect("essential", "a"), Aspect("sentence", "b"))
    wishlist = Wishlist(aspects, np.eye(2, dtype=np.float32), "fr")
    assert wishlist.wishes.tolist() == [[1, 0]]
    assert nothing_asked("fr", 2).wishes.shape == (0, 2)


def test_centred_takes_the_centre_out() -> None:
    wishlist = Wishlist((Aspect("essential", "a"),), np.array([[1, 1]], np.float32), "fr")
    assert wishlist.centred(np.array([1, 0], np.float32)).vectors.tolist() == [[0, 1]]
