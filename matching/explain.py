"""Reasons for a match, from the same signals and facts that ranked and filtered it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from matching.corpus import Corpus
from matching.perimeters import Perimeters
from matching.rank import Query, cosines
from matching.text import content_words, sentence_spans
from matching.types import Facts, Polarity, Profile, Reason, Rows

_QUOTE_AT_MOST: Final = 320
_SHARED_WORDS: Final = 6
_COMMON_FROM: Final = 0.25
_ANSWERS_FROM: Final = 0.2


def explain(
    corpus: Corpus,
    query: Query,
    asked: Facts,
    profiles: Sequence[Profile],
    perimeters: Perimeters,
) -> list[tuple[Reason, ...]]:
    """Why each of `profiles`, records of `corpus`, stands where it does for a query with facts."""
    if not profiles:
        return []
    passages = _best_passages(corpus, query, corpus.rows([profile.id for profile in profiles]))
    return [
        (
            _sentence(profile, *passage),
            *_shared_themes(asked, profile.facts),
            *_shared_beneficiaries(asked, profile.facts),
            *_perimeter(asked, profile.facts, perimeters),
            *_money(corpus, asked, profile.facts),
            *_shared_words(corpus, query, profile),
            *_language(query, profile),
        )
        for profile, passage in zip(profiles, passages, strict=True)
    ]


def _best_passages(
    corpus: Corpus, query: Query, rows: Rows
) -> Iterator[tuple[tuple[int, int] | None, float]]:
    """The span of the window nearest to the query (None: the whole text), and its cosine."""
    whole = cosines(corpus.centred(rows), query.vector)
    windows, lengths = corpus.centred_windows(rows)
    near = np.split(cosines(windows, query.vector), np.cumsum(lengths)[:-1])
    for row, cosine, of_windows in zip(rows.tolist(), whole.tolist(), near, strict=True):
        if len(of_windows):
            best = int(np.argmax(of_windows))
            yield corpus.spans(row)[best], float(of_windows[best])
        else:
            yield None, cosine


def _sentence(profile: Profile, span: tuple[int, int] | None, cosine: float) -> Reason:
    start, stop = span or (0, len(profile.text))
    return _quoted(profile.text[start:stop], cosine)


def _quoted(passage: str, cosine: float) -> Reason:
    """A passage that is not near is quoted as the nearest there is, not as an answer."""
    strength = round(min(max(cosine, 0.0), 1.0), 4)
    polarity: Polarity = "fits" if strength >= _ANSWERS_FROM else "unknown"
    return Reason("sentence", polarity, quote=shorten(passage), strength=strength)


def shorten(passage: str) -> str:
    """As many whole sentences as fit in 320 characters; of a longer one, whole words and "…"."""
    passage = " ".join(passage.split())
    if len(passage) <= _QUOTE_AT_MOST:
        return passage
    ends = [stop for _, stop in sentence_spans(passage) if stop <= _QUOTE_AT_MOST]
    if ends:
        return passage[: ends[-1]]
    cut = passage[:_QUOTE_AT_MOST]
    return (cut.rpartition(" ")[0].rstrip(" ,;:") or cut) + " …"


def _shared_themes(asked: Facts, held: Facts) -> Iterator[Reason]:
    if not asked.themes or not held.themes:
        return
    shared = asked.themes & held.themes
    groups = {code.partition(".")[0] for code in asked.themes}
    near = {code for code in held.themes if code.partition(".")[0] in groups}
    if shared or near:
        yield Reason("themes", "fits", codes=tuple(sorted(shared or near)))
    else:
        yield Reason("themes", "misses", codes=tuple(sorted(held.themes)))


def _shared_beneficiaries(asked: Facts, held: Facts) -> Iterator[Reason]:
    shared = asked.beneficiaries & held.beneficiaries
    if shared:
        yield Reason("beneficiaries", "fits", codes=tuple(sorted(shared)))


def _perimeter(asked: Facts, held: Facts, perimeters: Perimeters) -> Iterator[Reason]:
    if not asked.perimeters:
        return
    codes = tuple(sorted(held.perimeters))
    if not codes:
        yield Reason("perimeter", "unknown")
        return
    coverage = perimeters.coverage(asked.perimeters, held.perimeters)
    polarity: Polarity = "fits" if perimeters.meet(asked.perimeters, held.perimeters) else "misses"
    yield Reason("perimeter", polarity, codes=codes, values={"coverage": round(coverage, 4)})


def _money(corpus: Corpus, asked: Facts, held: Facts) -> Iterator[Reason]:
    price, budget = (held, asked) if corpus.side == "solution" else (asked, held)
    if budget.money is None:
        return
    if price.money is None:
        yield Reason("budget", "unknown")
        return
    fits = price.money <= budget.money
    values = {"price": float(price.money), "budget": float(budget.money)}
    yield Reason("budget", "fits" if fits else "misses", values=values)


def _shared_words(corpus: Corpus, query: Query, profile: Profile) -> Iterator[Reason]:
    """The rarest words in common; what one text in four says tells nothing."""
    if query.lang != profile.lang:
        return
    words = _words_by_stem(query.text, query.lang)
    (row,) = corpus.rows([profile.id]).tolist()
    shares = {stem: s for stem, s in corpus.shared(row, words).items() if s <= _COMMON_FROM}
    telling = sorted(shares, key=lambda stem: (shares[stem], stem))[:_SHARED_WORDS]
    if telling:
        yield Reason("shared_words", "fits", codes=tuple(words[stem] for stem in telling))


@lru_cache(maxsize=8)
def _words_by_stem(text: str, lang: str) -> dict[str, str]:
    """The words of a query as written; asked for again for each of its candidates."""
    return {stem: word.lower() for stem, word in content_words(text, lang)}


def _language(query: Query, profile: Profile) -> Iterator[Reason]:
    if query.lang != profile.lang:
        yield Reason("language", "fits", codes=(query.lang, profile.lang))
