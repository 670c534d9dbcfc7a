"""Reasons for a match: what they say, what they quote."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from matching.explain import explain, shorten
from matching.types import Facts, Profile, Reason, Side
from tests.matching.fakes import PERIMETERS, a_corpus, a_profile, a_query

OTHERS = [
    a_profile(f"other{i}", f"{text} {i} pour la commune")
    for i, text in enumerate(["piste cyclable", "toiture école", "portail numérique"] * 3)
]


def reasons(
    profile: Profile,
    asked: str = "fuite",
    lang: str = "fr",
    side: Side = "solution",
    **facts: Any,
) -> dict[str, Reason]:
    corpus = a_corpus([*OTHERS, profile], side=side)
    (found,) = explain(corpus, a_query(asked, lang), Facts(**facts), [profile], PERIMETERS)
    assert len({reason.kind for reason in found}) == len(found)
    return {reason.kind: reason for reason in found}


def folded(text: str) -> str:
    return " ".join(text.split())


def test_sentence_of_a_short_text_is_the_text() -> None:
    found = reasons(a_profile("a", "Repérer une\nfuite du  réseau."), "fuite du réseau")
    sentence = found["sentence"]
    assert sentence.quote == "Repérer une fuite du réseau."
    assert sentence.polarity == "fits"
    assert 0.2 <= (sentence.strength or 0) <= 1


def test_sentence_of_a_long_text_is_the_passage_that_answers() -> None:
    filler = "Le service est ouvert du lundi au vendredi, sur rendez-vous et sans frais. " * 6
    told = "Des capteurs repèrent chaque fuite du réseau d'eau. "
    sentence = reasons(a_profile("a", filler + told * 5 + filler), "fuite du réseau d'eau")[
        "sentence"
    ]
    assert "repèrent chaque fuite" in (sentence.quote or "")
    assert len(sentence.quote or "") <= 320


def test_sentence_far_from_the_need_is_quoted_without_a_claim() -> None:
    sentence = reasons(a_profile("a", "Bague en diamant"), "fuite du réseau")["sentence"]
    assert sentence.polarity == "unknown"
    assert sentence.quote == "Bague en diamant"


@given(st.text(max_size=60).map(lambda text: text * 12) | st.text(max_size=600))
def test_shorten_quotes_the_text_itself(text: str) -> None:
    short = shorten(text)
    assert len(short) <= 322
    assert short.removesuffix(" …") in folded(text)
    assert bool(short) == bool(folded(text))


def test_shorten_keeps_whole_sentences_then_whole_words() -> None:
    sentence = "Une phrase de trente lettres !"
    assert shorten(" ".join([sentence] * 30)) == " ".join([sentence] * 10)
    words = shorten("mot " * 200)
    assert words == "mot " * 79 + "mot …"


def test_shorten_cuts_a_word_without_end() -> None:
    assert shorten("x" * 1000) == "x" * 320 + " …"


def test_facts_are_among_the_reasons_and_age_is_told_as_of_today() -> None:
    profile = a_profile("a", "x", money=3, updated=date(2020, 1, 1))
    corpus = a_corpus([*OTHERS, profile])
    asked = Facts(money=2)
    (found,) = explain(corpus, a_query("x"), asked, [profile], PERIMETERS, date(2026, 1, 1))
    polarities = {reason.kind: reason.polarity for reason in found}
    assert (polarities["budget"], polarities["age"]) == ("misses", "misses")


def test_shared_words_are_the_rarest_in_common() -> None:
    profile = a_profile("a", "Les Fuites du réseau de la commune")
    reason = reasons(profile, "Une commune répare une fuite, ses réseaux, sa commune")[
        "shared_words"
    ]
    # Every record says "commune": it tells nothing.
    assert (reason.polarity, reason.codes) == ("fits", ("fuite", "réseaux"))


def test_shared_words_are_at_most_six() -> None:
    text = "fuite réseau capteur alerte sonde vanne compteur"
    assert len(reasons(a_profile("a", text), text)["shared_words"].codes) == 6


def test_shared_words_need_one_language_which_is_told_when_it_differs() -> None:
    profile = a_profile("a", "station transport", "en")
    foreign = reasons(profile, "station transport", "fr")
    assert "shared_words" not in foreign
    assert foreign["language"].codes == ("fr", "en")
    assert "language" not in reasons(profile, "station", "en")
