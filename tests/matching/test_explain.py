"""Reasons for a match: what they say, what they quote."""

from __future__ import annotations

from datetime import date
from typing import Any

from matching.aspects import Aspect
from matching.evidence import Answer
from matching.explain import Told, explain
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


def test_sentence_of_an_uncertain_candidate_is_not_called_an_answer() -> None:
    profile = a_profile("a", "Repérer une fuite du réseau.")
    corpus = a_corpus([*OTHERS, profile])
    for uncertain, polarity in (((), "fits"), (("a",), "unknown")):
        (found,) = explain(
            corpus,
            a_query("fuite du réseau"),
            Facts(),
            [profile],
            PERIMETERS,
            told=Told(uncertain=frozenset(uncertain)),
        )
        assert found[0].polarity == polarity


def test_sentence_far_from_the_need_is_quoted_without_a_claim() -> None:
    sentence = reasons(a_profile("a", "Bague en diamant"), "fuite du réseau")["sentence"]
    assert sentence.polarity == "unknown"
    assert sentence.quote == "Bague en diamant"


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


def test_criteria_are_answered_or_open_questions_and_other_sentences_only_when_answered() -> None:
    profile = a_profile("a", "Repérer une fuite")
    answers = [
        Answer(Aspect("essential", "Sans coupure"), 0.9, "L'eau reste ouverte.", 0.5),
        Answer(Aspect("essential", "Carte"), 0.6, "Un plan.", 0.3),
        Answer(Aspect("desirable", "Formation"), 0.1, None, 0.0),
        Answer(Aspect("sentence", "La commune est grande."), 0.6, "Une commune.", 0.3),
        Answer(Aspect("sentence", "La nuit aussi."), 0.8, "La nuit.", 0.4),
        Answer(Aspect("sentence", "Le réseau fuit."), 0.92, "Une fuite.", 0.4),
    ]
    corpus = a_corpus([*OTHERS, profile])
    (found,) = explain(
        corpus, a_query("fuite"), Facts(), [profile], PERIMETERS, told=Told({"a": answers})
    )
    told = [(r.aspect_kind, r.aspect, r.polarity, r.quote) for r in found if r.kind == "criterion"]
    assert told == [
        ("essential", "Sans coupure", "fits", "L'eau reste ouverte."),
        ("essential", "Carte", "unknown", "Un plan."),
        ("desirable", "Formation", "unknown", None),
        ("sentence", "Le réseau fuit.", "fits", "Une fuite."),
    ]
