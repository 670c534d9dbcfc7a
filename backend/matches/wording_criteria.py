"""Sentences on what a need asks for one by one, and on what would have changed a place."""

from collections.abc import Mapping
from typing import Literal, Protocol

Pair = tuple[str, str]


class AspectFacts(Protocol):
    """A reason about one thing asked for, or about a place in the list."""

    @property
    def polarity(self) -> Literal["fits", "misses", "unknown"]: ...
    @property
    def codes(self) -> tuple[str, ...]: ...
    @property
    def quote(self) -> str | None: ...
    @property
    def values(self) -> Mapping[str, float | str]: ...
    @property
    def aspect(self) -> str | None: ...
    @property
    def aspect_kind(self) -> str | None: ...


KINDS: Mapping[str, Pair] = {
    "essential": ("Critère essentiel", "Essential criterion"),
    "desirable": ("Critère souhaité", "Desirable criterion"),
    "outcome": ("Résultat attendu", "Expected outcome"),
    "sentence": ("Dans le besoin", "In the need"),
}
ANSWERED: Pair = ("la fiche y répond", "the page answers it")
# Of a sentence of the need that is no criterion.
SPOKEN_OF: Pair = ("la fiche en parle", "the page speaks of it")
NEAREST: Pair = ("à vérifier, passage le plus proche", "to be checked, nearest passage")
OPEN: Pair = ("rien trouvé dans la fiche, à demander", "nothing found on the page, to be asked")

# What a candidate had less of than the one above it; facts as well as texts.
SIGNALS: Mapping[str, Pair] = {
    # Rare words count more than common ones.
    "words": (
        "des mots en commun moins nombreux ou moins parlants",
        "fewer or less telling words in common",
    ),
    # Parts of words: a compound or another form of a word asked for counts too.
    "grams": (
        "des mots qui ressemblent moins à ceux demandés",
        "words less like those asked for",
    ),
    "criteria": (
        "des réponses moins nettes à ce qui est demandé",
        "less clear answers to what is asked for",
    ),
    "hubness": (
        "un texte plus général, proche de beaucoup d'autres",
        "a more general text, close to many others",
    ),
    "themes": ("des thèmes plus éloignés", "themes further away"),
    "beneficiaries": ("des publics moins proches", "less similar beneficiaries"),
    "maturity": ("une maturité moins adaptée", "a less suitable maturity"),
    "budget": ("un prix moins adapté au budget", "a price less suited to the budget"),
    "population": ("des territoires de taille plus différente", "territories less alike in size"),
    "references": ("des références plus lointaines", "references further away"),
    "age": ("une fiche moins récente", "a less recent page"),
}


# Listed for a solution, whose page is the one that answers.
OF_A_NEED: Mapping[Pair, Pair] = {
    ANSWERED: ("la fiche de la solution y répond", "the solution's page answers it"),
    SPOKEN_OF: ("la fiche de la solution en parle", "the solution's page speaks of it"),
    OPEN: (
        "rien trouvé dans la fiche de la solution ; à préciser",
        "nothing found on the solution's page; worth adding",
    ),
}


def word_criterion(reason: AspectFacts, english: bool, of_a_need: bool = False) -> str:
    """What is asked for, and whether it is answered."""
    kind = KINDS.get(reason.aspect_kind or "", KINDS["sentence"])
    met = SPOKEN_OF if reason.aspect_kind == "sentence" else ANSWERED
    told = met if reason.polarity == "fits" else NEAREST if reason.quote else OPEN
    if of_a_need:
        told = OF_A_NEED.get(told, told)
    if english:
        return f"{kind[1]} “{reason.aspect}”: {told[1]}{':' if reason.quote else '.'}"
    return f"{kind[0]} « {reason.aspect} » : {told[0]}{' :' if reason.quote else '.'}"


def word_place(reason: AspectFacts, english: bool, of_a_need: bool = False) -> str | None:
    """What would have put a candidate higher; None when there is no word for it."""
    rank = int(float(reason.values.get("rank", 0)))
    if reason.aspect is not None:
        reached = int(float(reason.values.get("reached", 0)))
        if english:
            whose = "the solution's page" if of_a_need else "its page"
            return f"Could be {_th(reached)} if {whose} answered “{reason.aspect}”."
        place = f"Pourrait être {_e(reached, of_a_need)}"
        whose = "la fiche de la solution" if of_a_need else "sa fiche"
        return f"{place} si {whose} répondait à « {reason.aspect} »."
    lost = SIGNALS.get(reason.codes[0] if reason.codes else "")
    if lost is None:
        return None
    if english:
        return f"{_th(rank)} rather than {_th(rank - 1)}, mostly for {lost[1]}."
    here, above = _e(rank, of_a_need), _e(rank - 1, of_a_need)
    return f"{here[:1].upper()}{here[1:]} plutôt que {above}, surtout pour {lost[0]}."


def _th(rank: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{rank}{'th' if rank % 100 in (11, 12, 13) else ends.get(rank % 10, 'th')}"


def _e(rank: int, masculine: bool) -> str:
    """The ordinal of a need (masculine) or of a solution."""
    return f"{rank}e" if rank > 1 else "1er" if masculine else "1re"
