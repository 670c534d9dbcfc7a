"""Texts nobody would write, and people do paste: a finite answer each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.asking import ask
from matching.aspects import SENTENCES_AT_MOST
from matching.background import Background, Calibration
from matching.engine import Calibrated, Engine
from matching.explain import explain
from matching.language import detect_language
from matching.notices import notices
from matching.similar import near_duplicates
from matching.text import text_hash
from matching.types import Facts
from tests.matching.fakes import PERIMETERS, FakeEmbedder, a_corpus, a_profile, a_query

PLAIN = ["Repérer les fuites du réseau d'eau", "Une piste cyclable", "Isoler l'école"]
ODD = {
    "empty": "",
    "blank": " \n\t\u00a0 ",
    "emoji": "🚲💧🏫 👩‍👩‍👧‍👦 🇫🇷",
    "right-to-left": "تسرب المياه في شبكة المدينة \u202e מים",
    "control": "fuite\x00\x07\x1b[31m\x7f\u200b\ufeff réseau",
    "no-space": "eau" * 3_000,
    "marks": "!?;:…" * 500,
    "combining": "e" + "\u0301" * 5_000,
    "wide": "漏水検知システム" * 100,
    "long": "Une fuite d'eau sur le réseau de la commune, près de l'école. " * 16_500,
}


def assert_answers(held: str, asked: str) -> None:
    """Held as a record and asked as a need, each way through everything the library does."""
    lang = detect_language(held)
    odd = a_profile("odd", held, lang)
    corpus = a_corpus([*(a_profile(text, text) for text in PLAIN), odd])
    query = a_query(asked, detect_language(asked))
    found = Engine(corpus, FakeEmbedder(), Background()).answer(query, corpus.alive)
    assert np.isfinite(found.ranked.scores).all()
    assert all(np.isfinite(values).all() for values in found.ranked.signals.values())
    assert all(0 <= probability <= 1 for probability in found.probabilities)
    quotes = [reason.quote for reason in explain(corpus, query, Facts(), [odd], PERIMETERS)[0]]
    assert all(quote is None or len(quote) <= 322 for quote in quotes)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_as_a_record_scores_finitely(name: str) -> None:
    assert_answers(ODD[name], "une fuite d'eau")


@pytest.mark.parametrize("name", ODD)
def test_odd_text_as_a_need_scores_finitely(name: str) -> None:
    assert_answers("Une fuite d'eau", ODD[name])


@settings(max_examples=40)
@given(held=st.text(max_size=80), asked=st.text(max_size=80))
def test_any_text_scores_finitely(held: str, asked: str) -> None:
    assert_answers(held, asked)
    assert len(text_hash(held)) == 64


def test_the_long_text_is_a_megabyte() -> None:
    assert len(ODD["long"].encode()) > 1_000_000


# What the shipped calibration is like: it can call a result strong.
TELLING = Background(calibration=Calibration(-2.361, 4.25, 8.111, -8.178, 0.355, 3.728))
SHARED = "Notre équipe accompagne les collectivités de toute taille dans la durée."
NOTHING = {
    "digits": "12345 678 90",
    "marks": "!?;:… --- ///",
    "emoji": "🚲💧🏫",
    "invisible": "\u200b\u200d\ufeff",
    "stop words": "de la pour avec dans",
    "one word": "blanquette",
    "fifty pages": "Recette de la blanquette de veau à l'ancienne. " * 3_200,
    "Polish": "Przepis na pierogi ruskie z twarogiem i ziemniakami",
    "Arabic": "وصفة الكسكس بالخضار",
    "Chinese": "红烧肉的做法",
}


def a_telling_engine(texts: list[str], lang: str = "fr") -> Engine:
    held = [a_profile(str(number), text, lang) for number, text in enumerate(texts)]
    return Engine(a_corpus(held), FakeEmbedder(), TELLING)


def answered(engine: Engine, text: str) -> Calibrated:
    query = a_query(text, detect_language(text))
    found = engine.answer(query, engine.corpus.alive, alike=near_duplicates)
    assert np.isfinite(found.ranked.scores).all()
    assert np.isfinite(found.probabilities).all()
    return found


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("size", [0, 1, 5])
def test_few_records_are_never_strong_for_a_text_that_answers_none(name: str, size: int) -> None:
    texts = [*PLAIN, "Composter les déchets verts", "Une régie de quartier"]
    found = answered(a_telling_engine(texts[:size]), NOTHING[name])
    assert len(found.bands) <= size
    assert "strong" not in found.bands


def test_single_record_is_not_surer_for_leading_nobody() -> None:
    found = answered(a_telling_engine(["Une piste cyclable"]), "blanquette")
    assert found.bands == ("uncertain",)


def test_records_all_identical_are_equally_likely_and_one_group() -> None:
    found = answered(a_telling_engine([PLAIN[0]] * 5), "Repérer les fuites")
    assert len(set(found.probabilities)) == 1
    assert found.groups.tolist() == [0] * 5
    assert found.bands[0] != "strong"


def test_sentence_that_every_record_shares_makes_none_strong() -> None:
    engine = a_telling_engine([f"{text}. {SHARED}" for text in PLAIN])
    assert "strong" not in answered(engine, SHARED).bands


def test_needs_in_a_language_of_no_record_are_ranked_by_meaning_alone() -> None:
    engine = a_telling_engine(["Water leak detection", "A bike lane"], lang="en")
    found = answered(engine, PLAIN[0])
    assert len(found.bands) == 2
    assert not found.ranked.signals["words"].any()
    assert not found.ranked.signals["grams"].any()
    assert "across_languages" in notices(engine.corpus, PLAIN[0], "fr")


def test_need_of_fifty_pages_is_encoded_in_a_bounded_number_of_texts() -> None:
    embedder = FakeEmbedder()
    text = " ".join(f"Une fuite numéro {n} se trouve près de l'école." for n in range(3_500))
    ask(embedder, "need", a_profile("long", text))
    assert len(text) > 150_000
    assert len(embedder.encoded) <= 1 + SENTENCES_AT_MOST
