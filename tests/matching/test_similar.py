"""Near-duplicates: what is one entry twice, and what is only about the same thing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.similar import jaccard, near_duplicates
from matching.text import title_words
from matching.types import Profile
from tests.matching.fakes import a_corpus, a_profile

TEXT = (
    "Des capteurs écoutent les conduites chaque nuit et signalent les fuites du réseau. "
    "La régie reçoit une carte le matin et envoie une équipe au bon endroit."
)
OTHERS = ["Une piste cyclable sûre", "Isoler l'école primaire", "Planter des haies en ville"]


def found(*texts: str, lang: str = "fr") -> list[int]:
    """Places of what the texts repeat, in a corpus that holds other texts too."""
    profiles = [a_profile(str(number), text, lang) for number, text in enumerate(texts)]
    corpus = a_corpus([*profiles, *(a_profile(text, text) for text in OTHERS)])
    return near_duplicates(corpus, np.arange(len(texts))).tolist()


def test_copy_repeats_the_better_one() -> None:
    assert found(f"Fuitomètre. {TEXT}", "Autre chose", f"Fuitomètre. {TEXT}") == [0, 1, 0]


def test_same_title_and_a_sentence_less_is_a_copy() -> None:
    longer = f"{TEXT} Un technicien forme les agents pendant une journée."
    assert found(f"Fuitomètre. {longer}", f"FUITOMÈTRE. {TEXT}") == [0, 0]


def test_copy_under_another_name_is_a_copy_when_every_word_is_kept() -> None:
    longer = f"{TEXT} Un technicien forme les agents pendant une journée, puis revient chaque été."
    assert found(f"Abc. {longer}", f"Xyz. {longer}") == [0, 0]


def test_offers_that_share_all_but_their_title_and_a_sentence_stay_apart() -> None:
    first = f"Construire des logements locatifs pour les jeunes ménages. {TEXT}"
    second = f"Rénover une piscine municipale chauffée au bois. {TEXT}"
    assert found(first, second) == [0, 1]


def test_products_about_the_same_thing_stay_apart() -> None:
    other = "Détecter les fuites. Un avion mesure la température du sol et trouve les fuites."
    assert found(f"Détecter les fuites. {TEXT}", other) == [0, 1]


def test_versions_told_apart_by_a_figure_need_the_same_text() -> None:
    assert title_words("Volet 1. Texte.", "fr").tolist() != title_words("Volet 2.", "fr").tolist()


def test_languages_are_never_grouped() -> None:
    profiles = [a_profile("fr", TEXT, "fr"), a_profile("en", TEXT, "en")]
    assert near_duplicates(a_corpus(profiles), np.arange(2)).tolist() == [0, 1]


def test_documents_all_identical_are_one_group() -> None:
    corpus = a_corpus([Profile(str(n), TEXT, "fr") for n in range(5)])
    assert near_duplicates(corpus, np.arange(5)).tolist() == [0] * 5


@pytest.mark.parametrize("text", ["", " ", "🚲", "..."])
def test_texts_without_words_do_not_fail(text: str) -> None:
    assert len(found(text, text, f"Fuitomètre. {TEXT}")) == 3


def test_no_candidate_repeats_none() -> None:
    assert near_duplicates(a_corpus(), np.empty(0, np.int64)).tolist() == []


@given(st.lists(st.sampled_from([TEXT, f"{TEXT} Suite.", *OTHERS]), max_size=8))
def test_what_is_repeated_stands_above_and_repeats_nothing(texts: list[str]) -> None:
    repeats = found(*texts)
    for place, above in enumerate(repeats):
        assert above <= place
        assert repeats[above] == above


def test_jaccard_by_hand() -> None:
    assert jaccard(np.array([2, 0]), np.array([3, 0]), np.array([4, 0])).tolist() == [2 / 5, 0]


def test_needs_are_never_grouped() -> None:
    corpus = a_corpus([Profile(str(n), TEXT, "fr") for n in range(2)], side="need")
    assert near_duplicates(corpus, np.arange(2)).tolist() == [0, 1]
