"""Which sentence answers what is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.answering import answers_of_solutions, answers_to_needs, make_page
from matching.aspects import Aspect, Wishlist, aspects_of
from matching.corpus import Corpus
from matching.evidence import Answer, Nearness, Page, find_answers
from matching.ragged import unit
from matching.text import window_spans
from matching.types import Vectors
from tests.matching.fakes import FakeEmbedder, a_corpus, a_profile, a_query, direction

FILLER = "Le service est ouvert du lundi au vendredi, sur rendez-vous et sans frais. "
LEAKS = "Des capteurs repèrent chaque fuite du réseau sans coupure. "
TRAINING = "Deux agents reçoivent une formation sur le terrain. "
TEXT = f"Boîtiers d'écoute. {FILLER * 3}{LEAKS}{FILLER * 3}{TRAINING}{FILLER * 2}"
OTHERS = [a_profile(f"o{n}", f"piste cyclable {n} {FILLER}") for n in range(6)]


def a_wishlist(*wishes: str, lang: str = "fr") -> Wishlist:
    aspects = tuple(Aspect("essential", wish) for wish in wishes)
    vectors = FakeEmbedder().encode_query([aspect.text for aspect in aspects])
    return Wishlist(aspects, vectors, lang)


def answers(text: str, *wishes: str, lang: str = "fr", asked: str = "fuite") -> list[Answer]:
    profile = a_profile("a", text, lang)
    corpus = a_corpus([*OTHERS, profile])
    centred = a_wishlist(*wishes).centred(common())
    return list(answers_of_solutions(corpus, a_query(asked), centred, [profile])["a"])


def common() -> Vectors:
    return direction("every need") * np.float32(2 / np.sqrt(5))


def test_each_criterion_is_answered_by_its_own_sentence() -> None:
    leaks, training, none = answers(
        TEXT, "Sans coupure du réseau", "Formation de deux agents", "Radar météo en altitude"
    )
    assert leaks.quote == LEAKS.strip()
    assert training.quote == TRAINING.strip()
    assert none.quote is None
    assert none.strength < 0.45 < leaks.strength <= 1


def test_answers_come_in_the_order_of_what_is_asked() -> None:
    wishes = ("Radar météo", "Formation de deux agents", "Sans coupure")
    assert [answer.aspect.text for answer in answers(TEXT, *wishes)] == list(wishes)


def test_title_is_never_quoted_as_an_answer() -> None:
    (answer,) = answers(TEXT, "Boîtiers d'écoute")
    assert "Boîtiers" not in (answer.quote or "")


def test_same_words_in_a_page_about_something_else_are_weaker() -> None:
    near = answers(TEXT, "Formation de deux agents", asked="capteurs fuite réseau coupure")
    far = answers(TEXT, "Formation de deux agents", asked="bague diamant orchestre")
    assert far[0].strength < near[0].strength


def test_one_sentence_answers_two_criteria_only_when_it_is_the_best_for_both() -> None:
    other = "Une formation sur le terrain : deux agents la reçoivent. "
    text = f"Titre. {FILLER * 3}{TRAINING}{FILLER * 3}{other}{FILLER * 2}"
    asked = "Formation de deux agents sur le terrain"
    both = answers(text, "Formation agents", "Une formation, agents", asked=asked)
    same = [answer.quote for answer in both]
    assert set(same) == {TRAINING.strip(), other.strip()}
    only = answers(TEXT, "Formation de deux agents", "Deux agents reçoivent une formation terrain")
    assert {answer.quote for answer in only} == {TRAINING.strip()}


def test_passage_about_something_else_than_the_need_answers_nothing() -> None:
    aspect = Aspect("essential", "Formation")
    answer = Answer(aspect, 0.8, "Deux agents formés.", 0.5, nearness=0.2)
    assert answer.answered
    assert not replace(answer, nearness=0.19).answered
    assert not replace(answer, strength=0.74).answered


def test_nearness_is_that_of_the_quoted_passage_with_the_whole_need() -> None:
    (leaks,) = answers(TEXT, "Sans coupure du réseau", asked="capteurs fuite réseau coupure")
    (far,) = answers(TEXT, "Sans coupure du réseau", asked="bague diamant orchestre")
    assert far.nearness < 0.2 < leaks.nearness


def test_one_sentence_is_quoted_for_one_sentence_of_the_need_only() -> None:
    profile = a_profile("a", TEXT)
    corpus = a_corpus([*OTHERS, profile])
    wishes = ("Formation de deux agents", "Deux agents reçoivent une formation terrain")
    vectors = FakeEmbedder().encode_query(wishes)
    asked = Wishlist(tuple(Aspect("sentence", wish) for wish in wishes), vectors, "fr")
    query = a_query("fuite")
    found = answers_of_solutions(corpus, query, asked.centred(common()), [profile])["a"]
    quotes = [answer.quote for answer in found]
    assert quotes.count(TRAINING.strip()) == 1


def test_answer_across_languages_is_the_passage_without_words() -> None:
    embedder = FakeEmbedder({"training": "formation", "agents": "agents"})
    text = f"Title. {'Open from Monday to Friday without any charge at all. ' * 3}Training agents."
    profile = a_profile("a", text, "en")
    corpus = a_corpus([profile, a_profile("b", "Other things", "en")], embedder=embedder)
    asked = a_wishlist("Formation agents").centred(common())
    (answer,) = answers_of_solutions(corpus, a_query("formation"), asked, [profile])["a"]
    assert answer.quote is None or "Training agents." in answer.quote
    assert 0 < answer.strength < 1


def test_solution_is_told_which_criteria_of_each_need_its_page_answers() -> None:
    needs = [a_profile("n1", "Formation de deux agents"), a_profile("n2", "Une piste cyclable")]
    corpus = a_corpus(needs, side="need")
    query = a_query("Formation de deux agents", side="solution")
    page = a_page(TEXT)
    asked = {
        "n1": a_wishlist("Formation de deux agents").centred(common()),
        "n2": a_wishlist("Enrobé clair").centred(common()),
    }
    found = answers_to_needs(corpus, query, page, asked)
    assert found["n1"][0].quote == TRAINING.strip()
    assert found["n2"][0].quote is None


def a_page(text: str) -> Page:
    spans = window_spans(text)
    vectors = FakeEmbedder().encode_document([text, *(text[a:b] for a, b in spans)])
    centred = unit(vectors - direction("every solution") * np.float32(2 / np.sqrt(5)))
    return make_page(text, "fr", spans, centred[0], centred[1:])


def test_nothing_is_answered_when_nothing_is_asked_or_said() -> None:
    corpus = a_corpus(OTHERS)
    assert answers_of_solutions(corpus, a_query("x"), a_wishlist(), OTHERS) == {}
    assert answers_of_solutions(corpus, a_query("x"), a_wishlist("x"), []) == {}
    assert answers_to_needs(corpus, a_query("x"), a_page("x"), {}) == {}
    assert (
        find_answers(
            a_wishlist("Un"), a_page(""), Nearness(0.5, np.ones(1)), Corpus.rarity.__get__(corpus)
        )
        == []
    )


@pytest.mark.parametrize(
    "text",
    ["mot", "2026", "12 34 56", "Même phrase. " * 200, "x" * 3000, "\n\n", FILLER * 2_500],
    ids=["word", "year", "digits", "same", "endless", "blank", "book"],
)
def test_odd_texts_give_strengths_between_0_and_1(text: str) -> None:
    wishes = [aspect.text for aspect in aspects_of(text)] or [text]
    for answer in answers(text, *wishes, asked=text[:50] or "x"):
        assert 0 <= answer.strength <= 1


@given(st.text(max_size=900), st.text(min_size=1, max_size=60), st.floats(-1, 1))
def test_quotes_are_of_the_text_and_strengths_are_finite(
    text: str, wish: str, relevance: float
) -> None:
    corpus = a_corpus(OTHERS)
    page = a_page(text)
    near = Nearness(relevance, np.full(len(page.spans), relevance))
    for answer in find_answers(a_wishlist(wish), page, near, corpus.rarity):
        assert np.isfinite(answer.strength)
        if answer.quote:
            assert answer.quote.removesuffix(" …") in " ".join(text.split())
