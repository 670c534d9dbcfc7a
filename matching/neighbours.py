"""Needs that ask for nearly the same: to be pooled, each knowing of the other."""

from typing import Final

from matching.engine import Engine
from matching.rank import make_query
from matching.types import Match, Profile, Vectors

CLOSE: Final = frozenset({"strong", "good"})


def neighbours(engine: Engine, profile: Profile, vector: Vectors, limit: int) -> list[Match]:
    """The published records of the same side nearest to one of them, itself left out.

    `vector` is the record's own, projected, shape (d,). Those that are only possibly close are
    left out: who is told of a neighbour may write to them.
    """
    corpus = engine.corpus
    only = corpus.facts.published & ~corpus.holding([profile.id])
    centre = corpus.centres.of(profile.lang)
    query = make_query(profile.text, profile.lang, vector, centre)
    answered = engine.answer(query, only)
    found = zip(answered.ranked.rows.tolist(), answered.probabilities, answered.bands, strict=True)
    close = [
        Match(corpus.ids[row], round(chance, 6), band, {})
        for row, chance, band in found
        if band in CLOSE
    ]
    return close[:limit]
