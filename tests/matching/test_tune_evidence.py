"""What makes a sentence an answer, learned from quotations."""

from __future__ import annotations

import numpy as np
import pytest

from matching.evidence import EvidenceWeights, Signs
from matching.tune_evidence import JudgedQuotations, fit_evidence, left_out, share_right


def judged(needs: int = 12, each: int = 20) -> JudgedQuotations:
    """Quotations that are right when cosine and overlap say so; the rest tells nothing."""
    rng = np.random.default_rng(7)
    signs = rng.uniform(0, 1, (needs * each, 4))
    right = signs[:, 0] + signs[:, 1] > 1.0
    return JudgedQuotations([f"n{row % needs}" for row in range(len(signs))], signs, right)


def test_what_tells_right_from_wrong_weighs_and_the_rest_hardly() -> None:
    weights = fit_evidence(judged())
    assert min(weights.cosine, weights.overlap) > 5
    assert max(abs(weights.relevance), abs(weights.foreign)) < 1.5
    assert weights.logit(Signs(0.9, 0.9, 0.5, 0)) > 0 > weights.logit(Signs(0.1, 0.1, 0.5, 0))


def test_logit_is_the_intercept_and_the_weighted_signs() -> None:
    weights = EvidenceWeights(intercept=-1, cosine=2, overlap=3, relevance=4, foreign=5)
    assert weights.logit(Signs(0.5, 0.25, 0.125, 1)) == pytest.approx(-1 + 1 + 0.75 + 0.5 + 5)


def test_left_out_never_learns_from_the_need_in_question() -> None:
    known = judged()
    first = np.array(known.needs) == "n0"
    lied = JudgedQuotations(known.needs, known.signs, np.where(first, ~known.right, known.right))
    assert left_out(lied)[first].tolist() == left_out(known)[first].tolist()
    assert left_out(lied)[~first].tolist() != left_out(known)[~first].tolist()


def test_share_right_counts_from_the_floor_on_and_under_the_limit() -> None:
    right = np.array([True, False, True, True])
    known = JudgedQuotations(["n"] * 4, np.zeros((4, 4)), right)
    chances = np.array([0.9, 0.5, 0.5, 0.2])
    assert share_right(known, chances, 0.5, 0.9).tolist() == [2, 0.5, 1 / 3]
    assert share_right(known, chances, 0.95, 2.0).tolist() == [0, 0, 0]
