"""Which sentence of a text best answers each thing asked for, and how sure that is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from matching.aspects import Aspect, Wishlist
from matching.lexical import Scores
from matching.quotes import Span, after_title, sentences_within, shorten
from matching.text import content_words
from matching.types import Vectors

# Of quotations from here on 4 in 5 are right, of those between the two 4 in 7, each need judged by
# what the others taught (tests.benchmarks.evidence).
ANSWERED_FROM: Final = 0.75
PARTLY_FROM: Final = 0.35
# Sentences that tell of a need are not asked as criteria are: of 52 quotations on real pages from
# .75 on 14 answered, of the 11 from .9 on 6, though 10 were about the same thing.
SPEAKS_FROM: Final = 0.9
# A passage further than this from the whole need is about something else, and does not hold the
# page's place up: without it 40 judged quotations are called answers and 32 are, with it 35 and 30.
NEAR_FROM: Final = 0.2
_QUOTE_AT_MOST: Final = 240
_READ_AT_MOST: Final = 24
_SAID_ALREADY: Final = 0.5
Rarity = Callable[[str, Sequence[str]], Mapping[str, float]]


class Signs(NamedTuple):
    """What tells whether a passage answers an aspect.

    `cosine` is that of the aspect with the passage, `overlap` the share (0-1) of the aspect's
    words, weighted by rarity, that its best sentence holds (0 across languages), `relevance` the
    cosine of the whole need with the whole text: a text about something else answers nothing,
    whatever words it shares. `foreign` is 1 between two languages, else 0.
    """

    cosine: float
    overlap: float
    relevance: float
    foreign: float


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Constants of P = sigmoid(intercept + weights . signs), that a sentence answers an aspect.

    Learned from quotations that were read one by one (matching.tune_evidence,
    data/judgements/evidence.tsv): `python -m tests.benchmarks.evidence`.
    """

    intercept: float = -6.8
    cosine: float = 6.1
    overlap: float = 3.5
    relevance: float = 10.7
    foreign: float = 1.3

    def logit(self, signs: Signs) -> float:
        """The log-odds of an answer."""
        named = zip(signs._fields, signs, strict=True)
        return self.intercept + sum(float(getattr(self, name)) * value for name, value in named)


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

    `langs` are the languages of the aspect and of the quotation, `nearness` the cosine of the
    quoted passage with the whole need.
    """

    aspect: Aspect
    strength: float
    quote: str | None
    cosine: float
    langs: tuple[str, str] = ("", "")
    nearness: float = 1.0

    @property
    def answered(self) -> bool:
        """Whether the page answers the aspect; of a sentence, whether it plainly speaks of it."""
        floor = SPEAKS_FROM if self.aspect.kind == "sentence" else ANSWERED_FROM
        return self.strength >= floor and self.nearness >= NEAR_FROM


class Nearness(NamedTuple):
    """Cosines of a whole need with a whole page, and with its passages, shape (n,)."""

    whole: float
    passages: Scores | Vectors


class Passage(NamedTuple):
    """Passage `at` of a page held against one aspect: its sentence sharing most words, if any."""

    span: Span
    signs: Signs
    at: int


def find_answers(
    asked: Wishlist,
    page: Page,
    need: Nearness,
    rarity: Rarity,
    weights: EvidenceWeights = EvidenceWeights(),
) -> list[Answer]:
    """The best answer of a page to each aspect, in the order of the aspects.

    `need` is how near the whole need is to the page. A passage quoted already is
    quoted again only for a criterion, and when it is clearly better than any other.
    """
    if not asked.aspects or not page.text.strip():
        return []
    held = read_passages(asked, page, need.whole, rarity)
    found: dict[int, Answer] = {}
    used: set[Span] = set()
    for place in _nearest_first(held):
        again = asked.aspects[place].kind != "sentence"
        logits = {
            passage: weights.logit(passage.signs) - _SAID_ALREADY * (passage.span in used)
            for passage in held[place]
            if again or passage.span not in used
        }
        best = max(logits, key=logits.__getitem__, default=None)
        answer = _answer(asked.aspects[place], page, best, weights, asked.lang)
        nearness = float(need.passages[best.at]) if best else 0.0
        found[place] = replace(answer, nearness=nearness)
        if best and found[place].quote:
            used.add(best.span)
    return [found[place] for place in range(len(asked.aspects))]


def read_passages(
    asked: Wishlist, page: Page, relevance: float, rarity: Rarity
) -> list[list[Passage]]:
    """For each aspect the passages of a page with what tells whether they answer it."""
    near = np.asarray(asked.vectors @ page.vectors.T, float)
    same = asked.lang == page.lang
    stems = [_stems(aspect, asked.lang) if same else {} for aspect in asked.aspects]
    rare = rarity(page.lang, sorted({stem for held in stems for stem in held}))
    return [
        [
            Passage(span, Signs(cosine, overlap, relevance, float(not same)), at)
            for at, span, cosine, overlap in _sentences(page, to_aspect, _shares(held, rare))
        ]
        for to_aspect, held in zip(near, stems, strict=True)
    ]


def quotation(page: Page, span: Span) -> str:
    """What is shown of a passage."""
    return shorten(page.text[slice(*span)], _QUOTE_AT_MOST)


def _nearest_first(held: Sequence[Sequence[Passage]]) -> list[int]:
    nearest = [max((passage.signs.cosine for passage in one), default=-1.0) for one in held]
    return sorted(range(len(held)), key=lambda place: -nearest[place])


def _stems(aspect: Aspect, lang: str) -> dict[str, None]:
    return dict.fromkeys(stem for stem, _ in content_words(aspect.text, lang))


def _shares(stems: Mapping[str, None], rare: Mapping[str, float]) -> dict[str, float]:
    """Of each stem, its share of what the aspect says."""
    mass = sum(rare[stem] for stem in stems)
    return {stem: rare[stem] / mass for stem in stems} if mass else {}


def _sentences(
    page: Page, near: Scores, shares: Mapping[str, float]
) -> Iterator[tuple[int, Span, float, float]]:
    """Of each of the nearest passages its place, best sentence, cosine and overlap."""
    begin = after_title(page.text)
    # Of a book, only the nearest passages are read for words.
    for place in np.argsort(-near, kind="stable")[:_READ_AT_MOST].tolist():
        start, stop = page.spans[place]
        begun = max(start, begin)
        if begun < stop:
            span, overlap = _best_sentence(page, (begun, stop), shares)
            yield place, span, float(near[place]), overlap


def _best_sentence(page: Page, passage: Span, shares: Mapping[str, float]) -> tuple[Span, float]:
    """The sentence sharing most of what is asked for, and that share; the passage if none does."""
    start, stop = passage
    best, most = passage, 0.0
    if shares:
        for (begun, ended), stems in sentences_within(page.text[start:stop], page.lang):
            # Most sentences hold none of the words: found out sooner than summed up.
            if stems.isdisjoint(shares):
                continue
            overlap = sum(share for stem, share in shares.items() if stem in stems)
            if overlap > most:
                best, most = (start + begun, start + ended), overlap
    return best, most


def _answer(
    aspect: Aspect, page: Page, best: Passage | None, weights: EvidenceWeights, lang: str
) -> Answer:
    langs = lang, page.lang
    if best is None:
        return Answer(aspect, 0.0, None, 0.0, langs)
    strength = round(float(1 / (1 + np.exp(-weights.logit(best.signs)))), 4)
    quote = quotation(page, best.span) if strength >= PARTLY_FROM else None
    return Answer(aspect, strength, quote, best.signs.cosine, langs)
