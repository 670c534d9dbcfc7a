"""Reasons for a match: what they say, what they quote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility import Criteria, FactTable, eligible_rows
from matching.explain import explain, shorten
from matching.perimeters import COUNTRY
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


@pytest.mark.parametrize(
    ("asked", "held", "polarity", "codes"),
    [
        (["water.leaks"], ["water.leaks", "nature"], "fits", ("water.leaks",)),
        (["water.leaks"], ["water"], "fits", ("water",)),
        (["water"], ["water.flood", "economy"], "fits", ("water.flood",)),
        (["water"], ["economy", "culture"], "misses", ("culture", "economy")),
    ],
)
def test_themes_fit_when_shared_or_in_one_group(
    asked: list[str], held: list[str], polarity: str, codes: tuple[str, ...]
) -> None:
    reason = reasons(a_profile("a", "x", themes=frozenset(held)), themes=frozenset(asked))["themes"]
    assert (reason.polarity, reason.codes) == (polarity, codes)


def test_themes_and_beneficiaries_unknown_on_a_side_give_no_reason() -> None:
    water = frozenset(["water"])
    assert "themes" not in reasons(a_profile("a", "x"), themes=water)
    assert "themes" not in reasons(a_profile("a", "x", themes=water))
    assert "beneficiaries" not in reasons(a_profile("a", "x"), beneficiaries=water)


def test_beneficiaries_name_those_shared() -> None:
    profile = a_profile("a", "x", beneficiaries=frozenset(["youth", "seniors"]))
    reason = reasons(profile, beneficiaries=frozenset(["youth", "farmers"]))["beneficiaries"]
    assert (reason.polarity, reason.codes) == ("fits", ("youth",))
    assert "beneficiaries" not in reasons(profile, beneficiaries=frozenset(["farmers"]))


@pytest.mark.parametrize(
    ("held", "polarity", "coverage"),
    [
        (["departement:1"], "fits", 0.5),
        (["region:1"], "fits", 1.0),
        (["departement:3"], "misses", 0.0),
        ([], "unknown", None),
    ],
)
def test_perimeter_tells_the_share_covered(
    held: list[str], polarity: str, coverage: float | None
) -> None:
    profile = a_profile("a", "x", perimeters=frozenset(held))
    reason = reasons(profile, perimeters=frozenset(["epci:across"]))["perimeter"]
    assert reason.polarity == polarity
    assert reason.values.get("coverage") == coverage
    assert "perimeter" not in reasons(profile)


PLACES = st.frozensets(
    st.sampled_from(["commune:a", "epci:across", "departement:3", "commune:unknown", COUNTRY]),
    max_size=3,
)


@given(asked=PLACES.filter(bool), held=PLACES)
def test_perimeter_misses_exactly_when_the_filter_hides(
    asked: frozenset[str], held: frozenset[str]
) -> None:
    facts = Facts(perimeters=held)
    table = FactTable()
    table.append(facts)
    failing = table.fails(Criteria(perimeters=tuple(asked)), PERIMETERS, date(2025, 3, 31))
    shown, _ = eligible_rows(table.published, failing)
    profile = Profile("a", "x", "fr", facts)
    corpus = a_corpus([profile])
    (found,) = explain(corpus, a_query("x"), Facts(perimeters=asked), [profile], PERIMETERS)
    polarity = next(reason.polarity for reason in found if reason.kind == "perimeter")
    assert (polarity == "misses") == (not shown[0])


@pytest.mark.parametrize(
    ("side", "price", "budget", "polarity"),
    [
        ("solution", 1, 2, "fits"),
        ("solution", 2, 2, "fits"),
        ("solution", 3, 2, "misses"),
        ("solution", None, 2, "unknown"),
        ("need", 1, 2, "fits"),
        ("need", 3, 2, "misses"),
        ("need", None, 2, "unknown"),
    ],
)
def test_budget_holds_the_price_against_it_in_both_directions(
    side: Side, price: int | None, budget: int, polarity: str
) -> None:
    held, asked = (price, budget) if side == "solution" else (budget, price)
    reason = reasons(a_profile("a", "x", money=held), side=side, money=asked)["budget"]
    assert reason.polarity == polarity
    known = {"price": price, "budget": budget}
    assert reason.values == ({} if price is None else known)


@pytest.mark.parametrize("side", ["solution", "need"])
def test_budget_unknown_gives_no_reason(side: Side) -> None:
    held, asked = (3, None) if side == "solution" else (None, 3)
    assert "budget" not in reasons(a_profile("a", "x", money=held), side=side, money=asked)


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
