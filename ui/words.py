"""Labels of vocabulary codes in the reader's language."""

from __future__ import annotations

from collections.abc import Collection

from ui import api
from ui.i18n import language
from ui.records import Term


def terms(vocabulary: str) -> list[Term]:
    """The words of a vocabulary, in their own order; leaves of themes follow their group."""
    listed: list[Term] = []
    for term in api.vocabularies().get(vocabulary, []):
        listed.append(term)
        listed.extend(term.get("leaves", []))
    return listed


def names(vocabulary: str) -> dict[str, str]:
    """What every code of a vocabulary is called, for the widgets that offer them."""
    return {term["code"]: term[language()] for term in terms(vocabulary)}


def choosable(vocabulary: str, held: Collection[str] = ()) -> dict[str, str]:
    """The same without what was retired, except what is held already: it stays until taken off."""
    known = names(vocabulary)
    retired = {term["code"] for term in terms(vocabulary) if term.get("retired")}
    return {code: name for code, name in known.items() if code not in retired or code in held}


def label(vocabulary: str, code: str) -> str:
    """What a code is called in the reader's language; the code itself when it is unknown."""
    for term in terms(vocabulary):
        if term["code"] == code:
            return term[language()]
    return code


def labels(vocabulary: str, chosen: list[str]) -> list[str]:
    """What several codes are called."""
    return [label(vocabulary, code) for code in chosen]


def groups() -> list[Term]:
    """The nine groups of themes."""
    return api.vocabularies().get("themes", [])


def maturity(trl: int | None) -> str | None:
    """The band of a technology readiness level (1 to 9), None when it is unknown."""
    for term in api.vocabularies().get("maturity", []):
        low, high = term.get("trl", [0, -1])
        if trl is not None and low <= trl <= high:
            return term[language()]
    return None


def sides(side: str) -> list[str]:
    """Codes of the kinds of organisation that may be on a side: "authority" or "leader"."""
    kinds = api.vocabularies().get("organisation_kinds", [])
    return [term["code"] for term in kinds if term.get("side") in (side, "both")]
