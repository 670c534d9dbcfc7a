"""What is said of a text that was asked with, and what a text that says nothing is given."""

from __future__ import annotations

import numpy as np
import pytest

from matching.background import Background, Calibration
from matching.engine import Engine
from matching.notices import NOTHING_SAID, notices, says_something
from tests.matching.fakes import DIMENSION, FakeEmbedder, a_corpus, a_profile, a_query

SURE = Background(calibration=Calibration(intercept=5))
NOWHERE = np.zeros(DIMENSION, np.float32)
LEARNED = Background({"solution": {"fr": NOWHERE}, "need": {"fr": NOWHERE}})
NOTHING = [
    "", " \n", "12345 67", "de la pour", "Bonjour,", "hello hi", "aaaa", "x y z", "🚲💧", "?!…",
    "\u200b\ufeff", "test", "٣٤٥", "½ ²",
]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_text_without_a_telling_word_says_nothing(text: str) -> None:
    assert not says_something(a_corpus(), text, "fr")


@pytest.mark.parametrize("text", ["vélo", "5G", "Bonjour, un vélo", "漏水", "تسرب", "wyciek"])
def test_text_with_one_telling_word_says_something(text: str) -> None:
    assert says_something(a_corpus(), text, "fr")


@pytest.mark.parametrize("text", NOTHING)
def test_text_that_says_nothing_is_given_uncertain_matches_only(text: str) -> None:
    corpus = a_corpus([a_profile("a", text or "vide"), a_profile("b", "une piste cyclable")])
    found = Engine(corpus, FakeEmbedder(), SURE).answer(a_query(text), corpus.alive)
    assert set(found.bands) <= {"uncertain"}
    assert max(found.probabilities, default=0) <= NOTHING_SAID


def test_text_that_says_something_keeps_its_probability() -> None:
    corpus = a_corpus([a_profile("a", "une piste cyclable"), a_profile("b", "une fuite d'eau")])
    found = Engine(corpus, FakeEmbedder(), SURE).answer(a_query("piste"), corpus.alive)
    assert set(found.bands) == {"strong"}


def test_word_that_most_records_hold_says_nothing_of_them() -> None:
    texts = ["une piste cyclable", "une piste noire", "une piste d'essai"]
    corpus = a_corpus([a_profile(text, text) for text in texts])
    assert not says_something(corpus, "la piste", "fr")
    assert says_something(corpus, "la piste noire", "fr")
    assert says_something(corpus, "piste", "en")


def test_notices_say_what_was_not_read_or_compared() -> None:
    profiles = [a_profile("a", "une piste cyclable"), a_profile("b", "une fuite d'eau")]
    corpus = a_corpus(profiles, background=LEARNED)
    assert notices(corpus, "une piste", "fr") == ()
    assert notices(corpus, "bonjour", "fr") == ("says_too_little",)
    assert notices(corpus, "piste " * 500, "fr") == ("read_in_part",)
    assert notices(corpus, "a bike lane", "en") == ("across_languages",)
    assert notices(corpus, "1 " * 1_500, "en") == (
        "says_too_little",
        "read_in_part",
        "across_languages",
    )


def test_empty_corpus_is_not_said_to_be_in_another_language() -> None:
    assert notices(a_corpus(background=LEARNED), "une piste", "fr") == ()


def test_encoder_of_which_nothing_was_learned_is_said_to_be_untuned() -> None:
    assert notices(a_corpus(), "une piste", "fr") == ("untuned_encoder",)
