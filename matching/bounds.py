"""What facts may do to a list: put nearly equal texts in order, never make a text surer."""

import numpy as np

from matching.calibrate import BANDS
from matching.lexical import Scores
from matching.types import Rows


def settle(chances: Scores, scores: Scores) -> tuple[Rows, Scores]:
    """The order to show records in, and the probability (0-1) to show at each place.

    `chances` is how likely each text answers, `scores` what texts and facts give together: both of
    shape (n,), ties already in order. Records keep the band of their text, facts order within it,
    and a probability shown is at most that of the text and of the place above: it never rises.
    """
    floors = np.array([floor for floor, _ in BANDS])
    bands = np.sum(chances[:, None] >= floors, axis=1)
    order = np.lexsort((-scores, -bands))
    return order, np.minimum.accumulate(chances[order]) if len(order) else chances
