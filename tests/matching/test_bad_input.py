"""Texts nobody would write, and people do paste: a finite answer each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.background import Background
from matching.engine import Engine
from matching.explain import explain
from matching.language import detect_language
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
