"""From the words of a file to the codes of the vocabularies: sure, ask, or no; never a guess.

An exact code or label comes first, then what a person has confirmed, then the nearest label
by trigrams: from 0.6 on it is taken, from 0.2 on it is only suggested.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from backend.folding import fold
from backend.imports.similarity import similarity
from backend.vocabularies.service import entries

SURE, ASK = 0.6, 0.2
# Words of the field that are no label of ours and yet leave no doubt.
_KNOWN_WORDS = {
    "organisation_kinds": {
        "public_body": (
            "syndicat",
            "syndicat mixte",
            "syndicat intercommunal",
            "petr",
            "pole metropolitain",
            "etablissement public",
            "ccas",
        ),
        "epci": ("intercommunalite", "communaute de communes", "communaute d'agglomeration"),
        "commune": ("mairie", "ville", "town", "municipality"),
        "departement": ("conseil departemental",),
        "region": ("conseil regional",),
        "business": ("societe privee", "entreprise privee"),
    },
    "languages": {"fr": ("francaise", "fra", "fre"), "en": ("anglaise", "eng")},
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is set only when sure; else `why` says what is wrong and `suggestion` is the
    nearest code."""

    verdict: Literal["sure", "ask", "no"]
    code: str | None = None
    why: str = ""
    suggestion: str | None = None


def sure(code: str) -> Outcome:
    """The value stands for `code`."""
    return Outcome("sure", code)


def resolve_word(vocabulary: str, value: str) -> Outcome:
    """One value against one vocabulary (a name of `backend.vocabularies`)."""
    spellings = _spellings(vocabulary)
    exact = spellings.get(fold(value))
    if exact is not None and len(exact) == 1:
        return sure(next(iter(exact)))
    if exact:
        codes = sorted(exact)
        return Outcome("ask", None, f"it may be {' or '.join(codes)}", codes[0])
    return _nearest(vocabulary, value)


@lru_cache(maxsize=20_000)
def _nearest(vocabulary: str, value: str) -> Outcome:
    scores: dict[str, float] = {}
    for spelling, codes in _spellings(vocabulary).items():
        score = similarity(value, spelling)
        for code in codes:
            scores[code] = max(scores.get(code, 0.0), score)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    (code, best), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    if best < ASK:
        return Outcome("no", None, f"it is not in the list of {vocabulary}", None)
    if best >= SURE and best > second:
        return sure(code)
    label = entries(vocabulary)[code]["fr"]
    return Outcome("ask", None, f'the nearest is "{label}" ({best:.2f} alike)', code)


@cache
def _spellings(vocabulary: str) -> Mapping[str, frozenset[str]]:
    """Folded code, end of code, label in French and in English -> the codes it stands for."""
    found: dict[str, set[str]] = {}
    known = {c: entry for c, entry in entries(vocabulary).items() if not entry.get("retired")}
    for code, entry in known.items():
        for spelling in (code, entry["fr"], entry["en"], *_extra(vocabulary, code)):
            found.setdefault(fold(spelling), set()).add(code)
    for code in known:
        found.setdefault(fold(code.rpartition(".")[2]), {code})
    return {spelling: frozenset(codes) for spelling, codes in found.items()}


def _extra(vocabulary: str, code: str) -> Iterable[str]:
    return _KNOWN_WORDS.get(vocabulary, {}).get(code, ())


def pieces(value: str) -> list[str]:
    """The values in one cell: separated by semicolons, bars or lines."""
    return [piece.strip() for piece in re.split(r"[;|\n]", value) if piece.strip()]
