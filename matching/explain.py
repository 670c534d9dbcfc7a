"""Reasons for a match, from the same signals and facts that ranked and filtered it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from matching.answering import Answers
from matching.corpus import Corpus
from matching.evidence import NEAR_FROM, Answer
from matching.fit_reasons import Pair, fit_reasons
from matching.perimeters import Perimeters
from matching.quotes import after_title, shorten
from matching.rank import Query, cosines
from matching.text import content_words
from matching.types import Facts, Polarity, Profile, Reason, Rows

_SHARED_WORDS: Final = 6
_COMMON_FROM: Final = 0.25
# Taking out a passage further than this below the whole text does not always lower the score: on
# the demo records one more than .02 below did not (tests/matching/test_attribution.py).
_BELOW_AT_MOST: Final = 0.02


@dataclass(frozen=True, slots=True)
class Told:
    """What a list says of its records: `answers` to what is asked for one by one, by id, and which
    are `uncertain`: of these no passage is called an answer.
    """

    answers: Answers = field(default_factory=dict)
    uncertain: frozenset[str] = frozenset()


def explain(
    corpus: Corpus,
    query: Query,
    asked: Facts,
    profiles: Sequence[Profile],
    perimeters: Perimeters,
    today: date = date.min,
    told: Told | None = None,
) -> list[tuple[Reason, ...]]:
    """Why each of `profiles`, records of `corpus`, stands where it does for a query with facts.

    The age of an entry is told as of `today`. `told` is what the list says of them already.
    """
    if not profiles:
        return []
    told = told or Told()
    passages = _best_passages(corpus, query, corpus.rows([profile.id for profile in profiles]))
    return [
        (
            _sentence(profile, *passage, profile.id not in told.uncertain),
            *_criteria(told.answers.get(profile.id, ())),
            *fit_reasons(Pair(asked, profile.facts, corpus.side, today), perimeters),
            *_shared_words(corpus, query, profile),
            *_language(query, profile),
        )
        for profile, passage in zip(profiles, passages, strict=True)
    ]


def _best_passages(
    corpus: Corpus, query: Query, rows: Rows
) -> Iterator[tuple[tuple[int, int] | None, float, float]]:
    """The span of the nearest window (None: the whole text), its cosine, that of the whole."""
    whole = cosines(corpus.centred(rows), query.vector)
    windows, lengths = corpus.centred_windows(rows)
    near = np.split(cosines(windows, query.vector), np.cumsum(lengths)[:-1])
    for row, cosine, of_windows in zip(rows.tolist(), whole.tolist(), near, strict=True):
        if len(of_windows):
            best = int(np.argmax(of_windows))
            yield corpus.spans(row)[best], float(of_windows[best]), cosine
        else:
            yield None, cosine, cosine


def _sentence(
    profile: Profile, span: tuple[int, int] | None, cosine: float, whole: float, likely: bool
) -> Reason:
    start, stop = span or (0, len(profile.text))
    begun = after_title(profile.text)
    return _quoted(
        profile.text[begun if start < begun < stop else start : stop],
        cosine,
        likely and cosine >= whole - _BELOW_AT_MOST,
    )


def _quoted(passage: str, cosine: float, likely: bool) -> Reason:
    """A passage that is not near, or not what gives the place, is the nearest, not an answer."""
    strength = round(min(max(cosine, 0.0), 1.0), 4)
    polarity: Polarity = "fits" if likely and strength >= NEAR_FROM else "unknown"
    return Reason("sentence", polarity, quote=shorten(passage), strength=strength)


def _criteria(answers: Sequence[Answer]) -> Iterator[Reason]:
    """What is answered, what may be, and what is an open question.

    Only what was asked for in so many words is a question: a sentence that merely tells of the
    need is worth a line when the page plainly speaks of it, and none when it does not.
    """
    for answer in answers:
        aspect, answered = answer.aspect, answer.answered
        if aspect.kind == "sentence" and not answered:
            continue
        yield Reason(
            "criterion",
            "fits" if answered else "unknown",
            quote=answer.quote,
            strength=answer.strength,
            values=dict(zip(("aspect_lang", "quote_lang"), answer.langs, strict=True)),
            aspect=aspect.text,
            aspect_kind=aspect.kind,
        )


def _shared_words(corpus: Corpus, query: Query, profile: Profile) -> Iterator[Reason]:
    """The rarest words in common; what one text in four says tells nothing."""
    if query.lang != profile.lang:
        return
    words = _words_by_stem(query.text, query.lang)
    words = {stem: word for stem, word in words.items() if not word.isnumeric()}
    (row,) = corpus.rows([profile.id]).tolist()
    shares = {stem: s for stem, s in corpus.shared(row, words).items() if s <= _COMMON_FROM}
    telling = sorted(shares, key=lambda stem: (shares[stem], stem))[:_SHARED_WORDS]
    if telling:
        yield Reason("shared_words", "fits", codes=tuple(words[stem] for stem in telling))


def _words_by_stem(text: str, lang: str) -> dict[str, str]:
    """The words of a query as written."""
    return {stem: word.lower() for stem, word in content_words(text, lang)}


def _language(query: Query, profile: Profile) -> Iterator[Reason]:
    if query.lang != profile.lang:
        yield Reason("language", "fits", codes=(query.lang, profile.lang))
