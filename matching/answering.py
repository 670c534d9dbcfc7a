"""Answers to what is asked for, for all candidates of a list, in both directions."""

from collections.abc import Mapping, Sequence

import numpy as np

from matching.aspects import Wishlist
from matching.corpus import Corpus
from matching.evidence import Answer, Nearness, Page, find_answers
from matching.quotes import Span
from matching.rank import Query, cosines
from matching.types import Profile, Vectors

Answers = Mapping[str, Sequence[Answer]]


def make_page(
    text: str, lang: str, spans: tuple[Span, ...], whole: Vectors, windows: Vectors
) -> Page:
    """A text with its centred windows, shape (n, d); of a short one, the whole, shape (d,)."""
    if len(spans):
        return Page(text, lang, spans, windows)
    return Page(text, lang, ((0, len(text)),), whole[None])


def answers_of_solutions(
    corpus: Corpus, query: Query, asked: Wishlist, profiles: Sequence[Profile]
) -> Answers:
    """What each of `profiles`, solutions of `corpus`, answers to what one need asks for."""
    if not asked.aspects or not profiles:
        return {}
    rows = corpus.rows([profile.id for profile in profiles])
    whole = corpus.centred(rows)
    windows, lengths = corpus.centred_windows(rows)
    each = np.split(windows, np.cumsum(lengths)[:-1])
    near = cosines(whole, query.vector).tolist()
    pages = (
        make_page(profile.text, profile.lang, corpus.spans(row), of_whole, of_windows)
        for profile, row, of_whole, of_windows in zip(
            profiles, rows.tolist(), whole, each, strict=True
        )
    )
    return {
        profile.id: find_answers(asked, page, _nearness(page, of, query.vector), corpus.rarity)
        for profile, page, of in zip(profiles, pages, near, strict=True)
    }


def answers_to_needs(
    corpus: Corpus, query: Query, page: Page, asked: Mapping[str, Wishlist]
) -> Answers:
    """What one page, a solution's, answers to what each of the needs of `corpus` asks for."""
    if not asked:
        return {}
    needs = corpus.centred(corpus.rows(list(asked)))
    near = cosines(needs, query.vector).tolist()
    return {
        record: find_answers(wishlist, page, _nearness(page, whole, need), corpus.rarity)
        for (record, wishlist), whole, need in zip(asked.items(), near, needs, strict=True)
    }


def _nearness(page: Page, whole: float, need: Vectors) -> Nearness:
    return Nearness(whole, cosines(page.vectors, need))
