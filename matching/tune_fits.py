"""What facts should weigh, learned from judged pairs of solutions for a need.

Bradley-Terry on differences: P(better above worse) = sigmoid((t + f.w) / scale), t the difference
of the texts' scores, f those of the fits. Weights are in units of the score, not negative, drawn
by a ridge towards a small weight that is the same for all, and together at most FACTS_AT_MOST.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.lexical import Scores
from matching.types import Mask

FACTS_AT_MOST: Final = 0.4
# Half of what the scores of two texts that answer equally well differ by, on the demo records.
_SCALE: Final = 0.1
_PRIOR: Final = 0.03
_RIDGE: Final = 0.1
_STEPS: Final = 3_000
_RATE: Final = 3e-3


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """Better minus worse: of the texts' scores, shape (n,), and of the fits, shape (n, facts)."""

    needs: Sequence[str]
    texts: Scores
    fits: Scores

    def only(self, mask: Mask) -> "JudgedPairs":
        """The pairs of a mask."""
        needs = [need for need, kept in zip(self.needs, mask, strict=True) if kept]
        return JudgedPairs(needs, self.texts[mask], self.fits[mask])


def agreement(pairs: JudgedPairs, weights: Scores) -> float:
    """The share (0-1) of pairs that come out in the judged order; a tie counts half."""
    totals = np.round(pairs.texts + pairs.fits @ weights, 9)
    return round(float(np.mean((totals > 0) + 0.5 * (totals == 0))), 4)


def fit_weights(pairs: JudgedPairs) -> Scores:
    """The weights of the facts, shape (facts,), by projected gradient on the convex loss."""
    weights = np.full(pairs.fits.shape[1], _PRIOR)
    for _ in range(_STEPS):
        miss = 1 / (1 + np.exp((pairs.texts + pairs.fits @ weights) / _SCALE))
        slope = -(miss @ pairs.fits) / len(miss) / _SCALE + _RIDGE * (weights - _PRIOR) / _SCALE**2
        weights = _within(weights - _RATE * slope)
    return weights


def _within(weights: Scores) -> Scores:
    """The nearest weights that are not negative and sum to at most FACTS_AT_MOST (Duchi 2008)."""
    positive = np.maximum(weights, 0)
    if positive.sum() <= FACTS_AT_MOST:
        return np.asarray(positive)
    falling = np.sort(weights)[::-1]
    excess = (np.cumsum(falling) - FACTS_AT_MOST) / np.arange(1, len(falling) + 1)
    return np.asarray(np.maximum(weights - excess[np.flatnonzero(falling > excess)[-1]], 0))


def left_out(pairs: JudgedPairs) -> float:
    """Agreement on each need's pairs with weights learned from the other needs' pairs."""
    needs = np.array(pairs.needs)
    shares = [
        agreement(pairs.only(needs == need), fit_weights(pairs.only(needs != need)))
        * int((needs == need).sum())
        for need in sorted(set(pairs.needs))
    ]
    return round(sum(shares) / len(needs), 4)
