"""Reasons in plain sentences."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

import pytest

from backend.matches.wording import OF_A_NEED, SENTENCES, word
from backend.matches.wording_criteria import SIGNALS
from matching.rank import Weights


@dataclass(frozen=True)
class Facts:
    """A reason of the matching library, as far as wording reads it."""

    kind: str
    polarity: Literal["fits", "misses", "unknown"] = "fits"
    codes: tuple[str, ...] = ()
    quote: str | None = None
    strength: float | None = None
    values: Mapping[str, float | str] = field(default_factory=dict)
    aspect: str | None = None
    aspect_kind: str | None = None


@pytest.mark.parametrize(
    ("reason", "french", "english"),
    [
        (
            Facts("themes", codes=("water", "water.drinking-water")),
            "Thèmes en commun : Eau et milieux aquatiques, Eau potable.",
            "Themes in common: Water and aquatic environments, Drinking water.",
        ),
        (
            Facts("perimeter", values={"coverage": 1.0}),
            "Intervient sur le territoire demandé, en entier.",
            "Works in the territory asked for, all of it.",
        ),
        (
            Facts("perimeter", values={"coverage": 0.001}),
            "Intervient sur le territoire demandé, sur 1 % de ses communes.",
            "Works in the territory asked for, 1% of it.",
        ),
        (
            Facts("perimeter", values={"coverage": 0.9999}),
            "Intervient sur le territoire demandé, sur 99 % de ses communes.",
            "Works in the territory asked for, 99% of it.",
        ),
        (
            Facts("perimeter"),
            "Intervient sur le territoire demandé.",
            "Works in the territory asked for.",
        ),
        (
            Facts("language", codes=("fr", "en")),
            "Rapprochement entre deux langues : français et anglais.",
            "Matched across two languages: French and English.",
        ),
        (
            Facts("language", codes=("fr", "fr")),
            "Même langue : français.",
            "Same language: French.",
        ),
        (
            Facts("maturity", values={"maturity": 9.0}),
            "Maturité suffisante pour ce projet : niveau 9 sur 9.",
            "Mature enough for this project: level 9 of 9.",
        ),
        (
            Facts("references", codes=("epci",)),
            "A une référence dans la même intercommunalité.",
            "Has a reference in the same group of communes (EPCI).",
        ),
        (
            Facts("references", codes=("code",)),
            "A une référence dans le même territoire.",
            "Has a reference in the same territory.",
        ),
        (
            Facts("age", "misses", values={"years": 3.0}),
            "Fiche inchangée depuis 3 ans : à vérifier.",
            "Entry unchanged for 3 years: to be checked.",
        ),
        (
            Facts("budget", "misses", values={"price": 4.0, "budget": 2.0}),
            "Prix au-dessus du budget.",
            "Price above the budget.",
        ),
        (Facts("beneficiaries", codes=("no-longer-known",)), "Mêmes publics : no-longer-known.",
         "Same beneficiaries: no-longer-known."),
        (Facts("new-kind"), "new-kind", "new-kind"),
    ],
)  # fmt: skip
def test_word_says_the_reason_in_both_languages(reason: Facts, french: str, english: str) -> None:
    assert (word(reason, "fr"), word(reason, "en")) == (french, english)


def test_word_of_a_listed_need_speaks_of_the_solution() -> None:
    reason = Facts("references", codes=("departement",))
    assert word(reason, "fr", "need") == "La solution a une référence dans le même département."
    assert word(reason, "en", "need") == "The solution has a reference in the same département."


@pytest.mark.parametrize("pair", [*SENTENCES.values(), *OF_A_NEED.values()])
def test_sentences_end_and_hold_the_same_values_in_both_languages(pair: tuple[str, str]) -> None:
    values = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in pair]
    assert all(text[-1] in ".:" for text in pair)
    assert values[0] == values[1]


@pytest.mark.parametrize(
    ("reason", "candidate", "french", "english"),
    [
        (
            Facts("criterion", aspect="Carte", aspect_kind="essential", quote="Un plan."),
            "solution",
            "Critère essentiel « Carte » : la fiche y répond :",
            "Essential criterion “Carte”: the page answers it:",
        ),
        (
            Facts("criterion", "fits", aspect="L'eau fuit", aspect_kind="sentence", quote="Fuite"),
            "solution",
            "Dans le besoin « L'eau fuit » : la fiche en parle :",
            "In the need “L'eau fuit”: the page speaks of it:",
        ),
        (
            Facts("criterion", "unknown", aspect="Carte", aspect_kind="desirable", quote="Un plan"),
            "solution",
            "Critère souhaité « Carte » : à vérifier, passage le plus proche :",
            "Desirable criterion “Carte”: to be checked, nearest passage:",
        ),
        (
            Facts("criterion", "unknown", aspect="Carte", aspect_kind="outcome"),
            "solution",
            "Résultat attendu « Carte » : rien trouvé dans la fiche, à demander.",
            "Expected outcome “Carte”: nothing found on the page, to be asked.",
        ),
        (
            Facts("criterion", "unknown", aspect="Carte", aspect_kind="essential"),
            "need",
            "Critère essentiel « Carte » : rien trouvé dans la fiche de la solution ; à préciser.",
            "Essential criterion “Carte”: nothing found on the solution's page; worth adding.",
        ),
        (
            Facts("place", "unknown", ("words",), values={"rank": 3.0, "lost": 0.2}),
            "solution",
            "3e plutôt que 2e, surtout pour des mots en commun moins nombreux ou moins parlants.",
            "3rd rather than 2nd, mostly for fewer or less telling words in common.",
        ),
        (
            Facts("place", "unknown", ("words",), values={"rank": 2.0, "lost": 0.2}),
            "need",
            "2e plutôt que 1er, surtout pour des mots en commun moins nombreux ou moins parlants.",
            "2nd rather than 1st, mostly for fewer or less telling words in common.",
        ),
        (
            Facts(
                "place", "unknown", ("criteria",), values={"rank": 13, "reached": 11}, aspect="X"
            ),
            "solution",
            "Pourrait être 11e si sa fiche répondait à « X ».",
            "Could be 11th if its page answered “X”.",
        ),
        (
            Facts("place", "unknown", ("unheard of",), values={"rank": 2}),
            "solution",
            "place",
            "place",
        ),
    ],
)
def test_criteria_and_places_are_worded_in_both_languages(
    reason: Facts, candidate: Literal["solution", "need"], french: str, english: str
) -> None:
    assert word(reason, "fr", candidate) == french
    assert word(reason, "en", candidate) == english


def test_every_signal_that_can_decide_a_place_has_a_word() -> None:
    # Nearness as such says nothing: see matching.standing.
    assert set(asdict(Weights())) - {"dense", "passage"} <= set(SIGNALS)
