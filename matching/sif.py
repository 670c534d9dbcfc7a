"""Smooth inverse frequency: common word pieces count less in the mean of a text.

weight(piece) = a / (a + p(piece)), a = 1e-3 (Arora, Liang and Ma, 2017). p is the piece's
probability in the tokenizer's own unigram model, so nothing has to be counted. The pieces of the
prompt keep weight 1, as do special tokens: without them one-word texts lose what tells them apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import Final

A: Final = 1e-3
# Above this a piece is as good as unweighted; leaving it out keeps the file small.
_AS_GOOD_AS_ONE: Final = 0.998


def piece_weights(
    pieces: Sequence[tuple[str, float]], kept: Iterable[str] = ()
) -> Mapping[str, float]:
    """Weights (0-1) of the pieces that count for less than 1, from their log-probabilities.

    A log-probability of 0 marks a special token. `kept` names pieces that stay at 1.
    """
    spared = set(kept)
    weights = {
        piece: A / (A + exp(log_probability))
        for piece, log_probability in pieces
        if log_probability < 0 and piece not in spared
    }
    return {piece: round(w, 4) for piece, w in weights.items() if w < _AS_GOOD_AS_ONE}
