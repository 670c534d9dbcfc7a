"""One matrix for both sides that keeps what answers have in common and damps what they do not.

From centred unit vectors of judged pairs, q of what is asked and d of what answers, shape (n, d):

    Cw = mean(e e^T), e = q - d              what differs between a need and its answer
    Cb = mean(m m^T), m = (q + d) / 2        what tells one subject from another
    W = (Cw + RIDGE tr(Cw) / dim I)^(-1/2),  W Cb W = U diag(b) U^T,  T = W U diag(b^POWER)

This is linear discriminant analysis with a subject a pair (Fisher 1936; regularised as Friedman
1989), softened: POWER 0 would weigh all subjects the same, 1/2 would weigh them as found. A vector
x becomes x T. T is scaled so that lengths stay about what they were.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.types import Vectors

RIDGE: Final = 2.0
POWER: Final = 0.2
PAIRS_AT_LEAST: Final = 100

Square = NDArray[np.floating[Any]]


def learn_transform(asked: Vectors, answering: Vectors) -> Vectors | None:
    """T, shape (d, d); None from fewer than 100 pairs, which would teach chance."""
    if len(asked) < PAIRS_AT_LEAST:
        return None
    asked, answering = asked.astype(np.float64), answering.astype(np.float64)
    within = _scatter(asked - answering)
    dimension = len(within)
    ridge = RIDGE * float(np.trace(within)) / dimension
    whitener = _inverse_root(within + ridge * np.eye(dimension))
    spread, axes = np.linalg.eigh(whitener @ _scatter((asked + answering) / 2) @ whitener)
    transform = whitener @ axes * np.maximum(spread, 1e-12) ** POWER
    return np.asarray(transform * np.sqrt(dimension) / np.linalg.norm(transform), np.float32)


def _scatter(vectors: Square) -> Square:
    return np.asarray(vectors.T @ vectors / len(vectors))


def _inverse_root(matrix: Square) -> Square:
    values, axes = np.linalg.eigh(matrix)
    return np.asarray(axes / np.sqrt(values) @ axes.T)
