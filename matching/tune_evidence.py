"""How sure a sentence answers an aspect, learned from quotations that were read one by one.

Logistic regression on the signs of matching.evidence, each in units of its own spread, with a
ridge: five constants from some five hundred quotations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.evidence import EvidenceWeights, Signs
from matching.lexical import Scores
from matching.types import Mask

# Flat between .1 and 1: the left-out log loss moves by .001.
_INVERSE_RIDGE: Final = 0.3


@dataclass(frozen=True, slots=True)
class JudgedQuotations:
    """Quotations with the need that asks, their signs, shape (n, 4), and whether they are right."""

    needs: Sequence[str]
    signs: Scores
    right: Mask

    def only(self, mask: Mask) -> "JudgedQuotations":
        """The quotations of a mask."""
        needs = [need for need, kept in zip(self.needs, mask, strict=True) if kept]
        return JudgedQuotations(needs, self.signs[mask], self.right[mask])


def fit_evidence(judged: JudgedQuotations) -> EvidenceWeights:
    """The constants that these quotations ask for; right and wrong ones must both be there."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = judged.signs.mean(axis=0), judged.signs.std(axis=0) + 1e-9
    model = LogisticRegression(C=_INVERSE_RIDGE).fit((judged.signs - mean) / spread, judged.right)
    slopes = model.coef_[0] / spread
    intercept = float(model.intercept_[0] - slopes @ mean)
    return EvidenceWeights(intercept, **dict(zip(Signs._fields, slopes.tolist(), strict=True)))


def left_out(judged: JudgedQuotations) -> Scores:
    """The probability (0-1) of each quotation, learned from the other needs', shape (n,)."""
    needs, found = np.array(judged.needs), np.zeros(len(judged.needs))
    for need in sorted(set(judged.needs)):
        theirs = needs == need
        weights = fit_evidence(judged.only(~theirs))
        logits = [weights.logit(Signs(*signs)) for signs in judged.signs[theirs]]
        found[theirs] = 1 / (1 + np.exp(-np.array(logits)))
    return found


def share_right(judged: JudgedQuotations, chances: Scores, floor: float, below: float) -> Scores:
    """Of the quotations from `floor` on and under `below`: their number, precision, recall."""
    called = (chances >= floor) & (chances < below)
    right = float(judged.right[called].sum())
    return np.array([called.sum(), right / max(called.sum(), 1), right / judged.right.sum()])
