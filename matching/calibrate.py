"""From a score to a probability: raw scores do not transfer from one corpus to the next.

They are held against what the same corpus answers to off-topic probes (the null), and against the
rest of the list. For the result at rank r of a list with scores s:

    u = clip(s_r - null, -0.1, 0.6)    above chance, null = mean top score of the probes
    g = min(s_r - s_{r+1}, 0.3)        lead over the next
    t = min(s_1 - s_r, 0.5)            distance to the first
    x = 1 if the corpus has no text in the query's language, else 0
    a = clip(w_r - max w_other, -0.3, 0.3)   whether words agree that it is the one (0 if x)
    h = how much of a hub it is (matching.hubness), 0.25 at least: few records have no hubs
    P = sigmoid(intercept + excess u + lead g + behind t + foreign x + foreign_excess x u
                + agreement a + hub h)

The constants are fitted by `passerelle tune` on judged sets, on the same needs with their answers
taken out, and on off-topic texts. P never rises down the list.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.background import Calibration
from matching.lexical import Scores
from matching.types import Band

BANDS: Final[tuple[tuple[float, Band], ...]] = (
    (0.75, "strong"),
    (0.5, "good"),
    (0.25, "possible"),
)
_HUB_AT_LEAST: Final = 0.25
NAMES: Final = ("excess", "lead", "behind", "foreign", "foreign_excess", "agreement", "hub")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a list is calibrated by, best first, each of shape (n,): scores and two signals."""

    scores: Scores
    words: Scores
    hubness: Scores


def features(listed: Evidence, null: float, foreign: bool) -> Scores:
    """u, g, t, x, x u, a, h of each place of a list, best first: shape (n, 7)."""
    scores = listed.scores
    if not len(scores):
        return np.zeros((0, len(NAMES)))
    above = np.clip(scores - null, -0.1, 0.6)
    # The last has nobody to lead: alone in its list, it is not sure for that.
    lead = np.minimum(scores - np.append(scores[1:], scores[-1]), 0.3)
    behind = np.minimum(scores[0] - scores, 0.5)
    other = np.full(len(scores), float(foreign))
    agreement = (1 - other) * np.clip(listed.words - _best_other(listed.words), -0.3, 0.3)
    hub = np.maximum(listed.hubness, _HUB_AT_LEAST)
    return np.stack([above, lead, behind, other, other * above, agreement, hub], axis=1)


def _best_other(values: Scores) -> Scores:
    """For each place, the highest value among the other places; alone, its own."""
    if len(values) < 2:
        return values
    second, first = np.sort(values)[-2:]
    others = np.full(len(values), first)
    others[int(np.argmax(values))] = second
    return others


def probabilities(listed: Evidence, null: float, foreign: bool, known: Calibration) -> Scores:
    """P (0-1) for each place of a list, best first."""
    weights = np.array([getattr(known, name) for name in NAMES])
    logits = known.intercept + features(listed, null, foreign) @ weights
    return np.minimum.accumulate(1 / (1 + np.exp(-logits))) if len(logits) else logits


def band(probability: float) -> Band:
    """Strong from .75, good from .5, possible from .25; below, uncertain: not "nothing fits"."""
    return next((name for floor, name in BANDS if probability >= floor), "uncertain")
