"""From a score to a probability: raw scores do not transfer from one corpus to the next.

They are held against what the same corpus answers to off-topic probes (the null), and against the
rest of the list. For the result at rank r of a list with scores s:

    u = clip(s_r - null, -0.1, 0.6)    above chance, null = mean top score of the probes
    g = min(s_r - s_{r+1}, 0.3)        lead over the next
    t = min(s_1 - s_r, 0.5)            distance to the first
    x = 1 if the corpus has no text in the query's language, else 0
    P = sigmoid(intercept + excess u + lead g + behind t + foreign x + foreign_excess x u)

The constants are fitted by `passerelle tune` on judged sets. P never rises down the list.
"""

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


def features(scores: Scores, null: float, foreign: bool) -> Scores:
    """u, g, t, x, x u of each place of a list, best first: shape (n, 5)."""
    if not len(scores):
        return np.zeros((0, 5))
    above = np.clip(scores - null, -0.1, 0.6)
    # The last has nobody to lead: alone in its list, it is not sure for that.
    lead = np.minimum(scores - np.append(scores[1:], scores[-1]), 0.3)
    behind = np.minimum(scores[0] - scores, 0.5)
    other = np.full(len(scores), float(foreign))
    return np.stack([above, lead, behind, other, other * above], axis=1)


def probabilities(scores: Scores, null: float, foreign: bool, known: Calibration) -> Scores:
    """P (0-1) for each place of a list, best first."""
    weights = (known.excess, known.lead, known.behind, known.foreign, known.foreign_excess)
    logits = known.intercept + features(scores, null, foreign) @ np.array(weights)
    return np.minimum.accumulate(1 / (1 + np.exp(-logits))) if len(scores) else logits


def band(probability: float) -> Band:
    """Strong from .75, good from .5, possible from .25; below, uncertain: not "nothing fits"."""
    return next((name for floor, name in BANDS if probability >= floor), "uncertain")
