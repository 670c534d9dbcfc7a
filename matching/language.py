"""Language of a text, also of a short one: "piscine", "flood", a product's name and a sentence.

A general identifier (py3langid) knows ninety languages and errs on a few words: of one to six words
of English in open data it calls a fifth something else. Here nearly all texts are French or
English, so these two are weighed against each other first, with function words and endings, and a
third language is believed only of a text long enough to tell.
"""

import re
from functools import cache
from typing import Final

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

DEFAULT_LANGUAGE: Final = "fr"
_KNOWN: Final = ("fr", "en", "es", "de", "it", "pt", "nl", "ca")
_READ_AT_MOST: Final = 5000
# Fewer words than this are French or English, whatever else they might be.
_WORDS_TO_TELL: Final = 6
# Log-probability, in nats, by which a third language must win.
_CLEARLY: Final = 15.0
# Left free, a short text is often taken for a rare language, but hardly with this probability.
_SURE_FROM: Final = 0.95
_LATIN_BEFORE: Final = "\u0250"
_ODDS_AT_MOST: Final = 40.0
_WORD: Final = re.compile(r"[^\W\d_]+")

# The log-odds of French: fitted on the first one to five words of 2,800 texts of open data (judged
# on 4,000 others), rounded. What is about as likely in both is French: most texts are.
_PRIOR: Final = 0.1
_IDENTIFIER: Final = 0.45
_FRENCH_WORD: Final = 2.8
_ENGLISH_WORD: Final = 5.0
_FRENCH_ENDING: Final = 1.2
_ENGLISH_ENDING: Final = 1.4

_FRENCH_WORDS: Final = """
le les des du une et est dans pour sur avec par qui que aux au ce cette ces son sa ses leur leurs
nous vous il elle ils sans sous entre vers chez pas plus mais ou où d l qu en de la un à se ne ont
sont
"""
_ENGLISH_WORDS: Final = """
the of and to for with in is are by from at this that these those our your their it its we you be
can will how what which or not into across an my has have was were who when where town city council
"""
_FRENCH: Final = frozenset(_FRENCH_WORDS.split())
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
_FRENCH_ENDINGS: Final = re.compile(
    r"(ité|ités|eur|eurs|eux|euses?|iques?|aires?|elles?|ettes?|oires?|eau|aux|ements?|isme|ages?|"
    r"ielle|er|ir|ée|ées|és|ance|ence|ille|ie|ies|oise?|que|ques|re|le|les|ne|nes|te|tes|ises?|ues?)$"
)
_ENGLISH_ENDINGS: Final = re.compile(
    r"(ings?|ness|ity|ities|ships?|ly|ed|sh|ths?|ghts?|ry|ries|ty|ties|cy|cies|als?|ics?|ous|ful|"
    r"ow|ew|ay|ees?|ood|and|land|ys?|ers?|ors?|nts?|rs|ns|ds|ls|ks?|ps|gs|ss|ts|ms)$"
)


def detect_language(text: str) -> str:
    """The likeliest language of a text, ISO 639-1; French when it has no letters to tell.

    Of a text in two languages, the one that more of its words speak. A third language is told when
    the text is surely in it, or not in Latin letters.
    """
    head = text[:_READ_AT_MOST]
    words = [word.lower() for word in _WORD.findall(head)]
    if not words:
        return DEFAULT_LANGUAGE
    ranked = {str(lang): float(nats) for lang, nats in _identifier().rank(head)}
    other = _third_language(words, ranked)
    if other is not None:
        return other
    return "fr" if _french_odds(words, ranked["fr"] - ranked["en"]) >= 0 else "en"


def _third_language(words: list[str], ranked: dict[str, float]) -> str | None:
    """The language that the text is in for sure, when that is neither French nor English."""
    likeliest = max(ranked, key=ranked.__getitem__)
    latin = sum(letter < _LATIN_BEFORE for word in words for letter in word)
    if 2 * latin < sum(map(len, words)):
        return likeliest
    if likeliest in ("fr", "en") or len(words) < _WORDS_TO_TELL:
        return None
    sure = 1 / sum(np.exp(nats - ranked[likeliest]) for nats in ranked.values())
    if sure >= _SURE_FROM:
        return likeliest
    known = max(_KNOWN, key=ranked.__getitem__)
    ahead = ranked[known] - max(ranked["fr"], ranked["en"])
    return known if ahead >= _CLEARLY else None


def _french_odds(words: list[str], identified: float) -> float:
    """The log-odds of French against English."""
    clipped = float(np.clip(identified, -_ODDS_AT_MOST, _ODDS_AT_MOST))
    return (
        _PRIOR
        + _IDENTIFIER * clipped
        + _FRENCH_WORD * sum(word in _FRENCH for word in words)
        - _ENGLISH_WORD * sum(word in _ENGLISH for word in words)
        + _FRENCH_ENDING * sum(bool(_FRENCH_ENDINGS.search(word)) for word in words)
        - _ENGLISH_ENDING * sum(bool(_ENGLISH_ENDINGS.search(word)) for word in words)
    )


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
