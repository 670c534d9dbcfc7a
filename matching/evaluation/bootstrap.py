"""Whether one ranker is better than another, or only luckier with these queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.lexical import Scores

RESAMPLES: Final = 10_000
_SEED: Final = 20_26
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far a first ranker is above a second one, as a mean over sets of means over queries.

    `low` and `high` bound 95 % of the resamples; `above` is the share of them (0-1) above zero.
    """

    difference: float
    low: float
    high: float
    above: float
    better: int
    worse: int
    sets: int
    queries: int


def compare(first: Sequence[Scores], second: Sequence[Scores]) -> Comparison:
    """Paired bootstrap of nDCG by query, shape (queries,) a set, the sets in one order.

    Queries are drawn again within each set, 10,000 times, with a fixed seed; the interval is the
    percentile one (Efron and Tibshirani 1993, chapter 13; paired by query as in Sakai 2006).
    Raises ValueError when no set has a query.
    """
    pairs = zip(first, second, strict=True)
    differences = [held for one, other in pairs if len(held := np.subtract(one, other))]
    if not differences:
        raise ValueError("There is no judged query to compare on.")
    by_set = np.array([held.mean() for held in differences])
    resampled = np.concatenate(list(_resample(differences)))
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Comparison(
        difference=float(by_set.mean()),
        low=float(low),
        high=float(high),
        above=float(np.mean(resampled > 0)),
        better=int(np.sum(by_set > 0)),
        worse=int(np.sum(by_set < 0)),
        sets=len(by_set),
        queries=sum(len(held) for held in differences),
    )


def _resample(differences: Sequence[Scores]) -> Iterator[Scores]:
    """Means over sets of as many resamples as fit in memory at a time."""
    chance = np.random.default_rng(_SEED)
    for _ in range(0, RESAMPLES, _CHUNK):
        drawn = [held[chance.integers(len(held), size=(_CHUNK, len(held)))] for held in differences]
        yield np.mean([one.mean(axis=1) for one in drawn], axis=0)
