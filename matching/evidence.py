"""Which sentence of a text best answers each thing asked for, and how sure that is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.aspects import Aspect, Wishlist
from matching.lexical import Scores
from matching.quotes import Span, after_title, sentences_within, shorten
from matching.text import content_words
from matching.types import Vectors

ANSWERED_FROM: Final = 0.77
PARTLY_FROM: Final = 0.45
_QUOTE_AT_MOST: Final = 240
_READ_AT_MOST: Final = 24
_SAID_ALREADY: Final = 0.5
Rarity = Callable[[str, Sequence[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Constants of the probability that a sentence answers what is asked for.

    P = sigmoid(intercept + cosine c + overlap o + relevance r + foreign [two languages]): c is the
    cosine of the aspect with the passage of the sentence, o the share (0-1) of the aspect's words,
    weighted by rarity, that the sentence holds (0 across languages), r the cosine of the whole need
    with the whole text: a text about something else answers nothing, whatever words it shares.
    Fitted on quotations that were read one by one (data/judgements/evidence.tsv).
    """

    intercept: float = -5.15
    cosine: float = 7.4
    overlap: float = 4.1
    relevance: float = 7.6
    foreign: float = 0.7


@dataclass(frozen=True, slots=True)
class Page:
    """A text that may answer, with its passages: `vectors`, shape (n, d), centred, `spans` long."""

    text: str
    lang: str
    spans: tuple[Span, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Answer:
    """The best that a text has for one aspect: `quote` is None when that is not good enough.

    `langs` are the languages of the aspect and of the quotation.
    """

    aspect: Aspect
    strength: float
    quote: str | None
    cosine: float
    langs: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Passage:
    """One passage held against one aspect, with the sentence that shares most of its words."""

    span: Span
    logit: float
    cosine: float


def find_answers(
    asked: Wishlist,
    page: Page,
    relevance: float,
    rarity: Rarity,
    weights: EvidenceWeights = EvidenceWeights(),
) -> list[Answer]:
    """The best answer of a page to each aspect, in the order of the aspects.

    `relevance` is the cosine of the whole need with the whole page. A passage quoted already is
    quoted again only when it is clearly better than any other.
    """
    if not asked.aspects or not page.text.strip():
        return []
    near = np.asarray(asked.vectors @ page.vectors.T, float)
    same = asked.lang == page.lang
    stems = [_stems(aspect, asked.lang) if same else {} for aspect in asked.aspects]
    rare = rarity(page.lang, sorted({stem for held in stems for stem in held}))
    base = weights.intercept + weights.relevance * relevance + weights.foreign * (not same)
    found: dict[int, Answer] = {}
    used: set[Span] = set()
    for place in _most_certain_first(near):
        passages = list(_passages(page, near[place], _shares(stems[place], rare), weights, base))
        best = max(passages, key=lambda p: p.logit - _SAID_ALREADY * (p.span in used), default=None)
        found[place] = _answer(asked.aspects[place], page, best, asked.lang)
        if best and found[place].quote:
            used.add(best.span)
    return [found[place] for place in range(len(asked.aspects))]


def _most_certain_first(near: Scores) -> list[int]:
    return [int(place) for place in np.argsort(-near.max(axis=1), kind="stable")]


def _stems(aspect: Aspect, lang: str) -> dict[str, None]:
    return dict.fromkeys(stem for stem, _ in content_words(aspect.text, lang))


def _shares(stems: Mapping[str, None], rare: Mapping[str, float]) -> dict[str, float]:
    """Of each stem, its share of what the aspect says."""
    mass = sum(rare[stem] for stem in stems)
    return {stem: rare[stem] / mass for stem in stems} if mass else {}


def _passages(
    page: Page, near: Scores, shares: Mapping[str, float], weights: EvidenceWeights, base: float
) -> Iterator[_Passage]:
    begin = after_title(page.text)
    # Of a book, only the nearest passages are read for words.
    for place in np.argsort(-near, kind="stable")[:_READ_AT_MOST].tolist():
        start, stop = page.spans[place]
        begun, cosine = max(start, begin), float(near[place])
        if begun >= stop:
            continue
        span, overlap = _best_sentence(page, (begun, stop), shares)
        logit = base + weights.cosine * cosine + weights.overlap * overlap
        yield _Passage(span, logit, cosine)


def _best_sentence(page: Page, passage: Span, shares: Mapping[str, float]) -> tuple[Span, float]:
    """The sentence sharing most of what is asked for, and that share; the passage if none does."""
    start, stop = passage
    best, most = passage, 0.0
    if shares:
        for (begun, ended), stems in sentences_within(page.text[start:stop], page.lang):
            overlap = sum(share for stem, share in shares.items() if stem in stems)
            if overlap > most:
                best, most = (start + begun, start + ended), overlap
    return best, most


def _answer(aspect: Aspect, page: Page, best: _Passage | None, lang: str) -> Answer:
    langs = lang, page.lang
    if best is None:
        return Answer(aspect, 0.0, None, 0.0, langs)
    strength = round(float(1 / (1 + np.exp(-best.logit))), 4)
    quote = shorten(page.text[slice(*best.span)], _QUOTE_AT_MOST)
    return Answer(aspect, strength, quote if strength >= PARTLY_FROM else None, best.cosine, langs)
