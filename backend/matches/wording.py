"""Reasons in plain sentences, French and English: people read them as they are."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from backend.matches.wording_criteria import KINDS, AspectFacts, word_criterion, word_place
from backend.vocabularies.service import label

Language = Literal["fr", "en"]
Candidate = Literal["solution", "need"]


class ReasonFacts(AspectFacts, Protocol):
    """A reason as the matching library gives it."""

    @property
    def kind(self) -> str: ...
    @property
    def strength(self) -> float | None: ...


SENTENCES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("sentence", "fits"): ("Ce passage répond le mieux :", "This passage answers best:"),
    ("sentence", "misses"): (
        "Aucun passage ne répond directement.",
        "No passage answers directly.",
    ),
    ("sentence", "unknown"): (
        "Passage le plus proche, à lire avec le reste :",
        "Nearest passage, to be read with the rest:",
    ),
    ("themes", "fits"): ("Thèmes en commun : {themes}.", "Themes in common: {themes}."),
    ("themes", "misses"): (
        "Aucun thème en commun ; les siens : {themes}.",
        "No theme in common; its own: {themes}.",
    ),
    ("themes", "unknown"): ("Thèmes non renseignés.", "Themes not given."),
    ("beneficiaries", "fits"): (
        "Mêmes publics : {beneficiaries}.",
        "Same beneficiaries: {beneficiaries}.",
    ),
    ("beneficiaries", "misses"): (
        "Aucun public en commun ; les siens : {beneficiaries}.",
        "No beneficiaries in common; its own: {beneficiaries}.",
    ),
    ("beneficiaries", "unknown"): ("Publics non renseignés.", "Beneficiaries not given."),
    ("perimeter", "fits"): (
        "Intervient sur le territoire demandé{share}.",
        "Works in the territory asked for{share}.",
    ),
    ("perimeter", "misses"): (
        "N'intervient pas sur le territoire demandé.",
        "Does not work in the territory asked for.",
    ),
    ("perimeter", "unknown"): (
        "Périmètre d'intervention non renseigné : à vérifier.",
        "Perimeter not given: to be checked.",
    ),
    ("shared_words", "fits"): ("Mots en commun : {codes}.", "Words in common: {codes}."),
    ("shared_words", "misses"): ("Aucun mot rare en commun.", "No telling word in common."),
    ("shared_words", "unknown"): (
        "Mots non comparés : les textes sont dans deux langues.",
        "Words not compared: the texts are in two languages.",
    ),
    ("maturity", "fits"): (
        "Maturité suffisante pour ce projet{maturity}.",
        "Mature enough for this project{maturity}.",
    ),
    ("maturity", "misses"): (
        "Maturité insuffisante pour ce projet{maturity}.",
        "Not mature enough for this project{maturity}.",
    ),
    ("maturity", "unknown"): (
        "Maturité non renseignée : à demander.",
        "Maturity not given: to be asked.",
    ),
    ("budget", "fits"): ("Prix compatible avec le budget.", "Price within the budget."),
    ("budget", "misses"): ("Prix au-dessus du budget.", "Price above the budget."),
    ("budget", "unknown"): (
        "Prix ou budget non renseigné : à demander.",
        "Price or budget not given: to be asked.",
    ),
    ("population", "fits"): (
        "Déjà utilisée dans un territoire de population comparable.",
        "Already used in a territory of similar population.",
    ),
    ("population", "misses"): (
        "Utilisée jusqu'ici dans des territoires bien plus ou bien moins peuplés.",
        "Used so far in territories with far more or far fewer inhabitants.",
    ),
    ("references", "fits"): (
        "A une référence dans {level}.",
        "Has a reference in the same {level}.",
    ),
    ("references", "misses"): (
        "Aucune référence dans la même région.",
        "No reference in the same region.",
    ),
    ("references", "unknown"): (
        "Références clients non renseignées : à demander.",
        "Client references not given: to be asked.",
    ),
    ("age", "misses"): (
        "Fiche inchangée depuis {years} ans : à vérifier.",
        "Entry unchanged for {years} years: to be checked.",
    ),
    ("declared", "fits"): (
        "{kind} « {aspect} » : déclaré satisfait par le porteur de projet{note}.",
        "{kind} “{aspect}”: declared met by the project leader{note}.",
    ),
    ("declared", "unknown"): (
        "{kind} « {aspect} » : déclaré satisfait en partie par le porteur de projet{note}.",
        "{kind} “{aspect}”: declared partly met by the project leader{note}.",
    ),
    ("declared", "misses"): (
        "{kind} « {aspect} » : déclaré non satisfait par le porteur de projet{note}.",
        "{kind} “{aspect}”: declared unmet by the project leader{note}.",
    ),
}
# The smallest territory that holds both: a member of this, as the reason's code says it.
LEVELS: Mapping[str, tuple[str, str]] = {
    "code": ("le même territoire", "territory"),
    "epci": ("la même intercommunalité", "group of communes (EPCI)"),
    "departement": ("le même département", "département"),
    "region": ("la même région", "region"),
}
# What changes when the candidates are needs, listed for a solution.
OF_A_NEED: Mapping[tuple[str, str], tuple[str, str]] = {
    ("sentence", "fits"): (
        "Ce passage du besoin est le plus proche :",
        "This passage of the need is the closest:",
    ),
    ("sentence", "unknown"): (
        "Passage du besoin le moins éloigné :",
        "The least distant passage of the need:",
    ),
    ("perimeter", "fits"): (
        "Le besoin se trouve sur le territoire de la solution.",
        "The need lies in the territory of the solution.",
    ),
    ("perimeter", "misses"): (
        "Le besoin se trouve hors du territoire de la solution.",
        "The need lies outside the territory of the solution.",
    ),
    ("perimeter", "unknown"): (
        "Territoire du besoin non renseigné : à vérifier.",
        "Territory of the need not given: to be checked.",
    ),
    ("population", "fits"): (
        "Population comparable à celle d'une référence de la solution.",
        "Population similar to that of a reference of the solution.",
    ),
    ("population", "misses"): (
        "Population très différente de celle des références de la solution.",
        "Population very different from that of the solution's references.",
    ),
    ("references", "fits"): (
        "La solution a une référence dans {level}.",
        "The solution has a reference in the same {level}.",
    ),
    ("references", "misses"): (
        "La solution n'a aucune référence dans la même région.",
        "The solution has no reference in the same region.",
    ),
    ("references", "unknown"): (
        "La solution ne donne aucune référence client.",
        "The solution gives no client reference.",
    ),
    ("maturity", "fits"): (
        "Solution assez mûre pour ce projet{maturity}.",
        "Solution mature enough for this project{maturity}.",
    ),
    ("maturity", "misses"): (
        "Solution pas assez mûre pour ce projet{maturity}.",
        "Solution not mature enough for this project{maturity}.",
    ),
    ("maturity", "unknown"): (
        "Maturité de la solution non renseignée.",
        "Maturity of the solution not given.",
    ),
    ("age", "misses"): (
        "Fiche de la solution inchangée depuis {years} ans.",
        "Entry of the solution unchanged for {years} years.",
    ),
}
SAME_LANGUAGE = ("Même langue : {one}.", "Same language: {one}.")
TWO_LANGUAGES = (
    "Rapprochement entre deux langues : {one} et {other}.",
    "Matched across two languages: {one} and {other}.",
)


def word(reason: ReasonFacts, language: Language, candidate: Candidate = "solution") -> str:
    """The sentence of one reason why a candidate, a solution or a need, stands where it does.

    The reason's kind when there is no sentence for it.
    """
    if reason.kind == "language":
        return _languages(reason.codes, language)
    if reason.kind == "criterion":
        return word_criterion(reason, language == "en", candidate == "need")
    if reason.kind == "place":
        return word_place(reason, language == "en", candidate == "need") or reason.kind
    key = (reason.kind, reason.polarity)
    pair = (OF_A_NEED.get(key) if candidate == "need" else None) or SENTENCES.get(key)
    if pair is None:
        return reason.kind
    return _pick(pair, language).format(
        codes=", ".join(reason.codes),
        themes=_labels("themes", reason.codes, language),
        beneficiaries=_labels("beneficiaries", reason.codes, language),
        share=_share(reason.values.get("coverage"), language),
        maturity=_maturity(reason.values.get("maturity"), language),
        level=_one_of(LEVELS, reason.codes, language),
        years=_whole(reason.values.get("years")),
        kind=_one_of(KINDS, [reason.aspect_kind or ""], language),
        aspect=reason.aspect,
        note=_note(reason.values.get("note")),
    )


def _labels(vocabulary: str, codes: Sequence[str], language: Language) -> str:
    return ", ".join(label(vocabulary, code, language) for code in codes)


def _share(coverage: float | str | None, language: Language) -> str:
    if not isinstance(coverage, float | int) or coverage <= 0:
        return ""
    percent = max(1, int(coverage * 100))
    if percent >= 100:
        return _pick((", en entier", ", all of it"), language)
    return _pick((f", sur {percent} % de ses communes", f", {percent}% of it"), language)


def _maturity(level: float | str | None, language: Language) -> str:
    if not isinstance(level, float | int):
        return ""
    return _pick((f" : niveau {level:g} sur 9", f": level {level:g} of 9"), language)


def _one_of(words: Mapping[str, tuple[str, str]], codes: Sequence[str], language: Language) -> str:
    return _pick(words[codes[0]], language) if codes and codes[0] in words else ""


def _note(note: float | str | None) -> str:
    return f" ({note})" if note else ""


def _whole(number: float | str | None) -> str:
    return f"{number:.0f}" if isinstance(number, float | int) else ""


def _languages(codes: Sequence[str], language: Language) -> str:
    named = [label("languages", code, language).lower() for code in codes] or ["?"]
    if language == "en":
        named = [name.capitalize() for name in named]
    pair = SAME_LANGUAGE if len(set(named)) == 1 else TWO_LANGUAGES
    return _pick(pair, language).format(one=named[0], other=named[-1])


def _pick(pair: tuple[str, str], language: Language) -> str:
    return pair[1] if language == "en" else pair[0]
