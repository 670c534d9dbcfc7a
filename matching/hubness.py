"""Hubs: records that are near everything, and so come up for needs they do not answer.

hubness(d) = mean of the 10 largest cosines from d to other records (the local scaling of CSLS:
Conneau and others 2018; hubs: Radovanovic and others 2010). Taking part of it off the score puts
hubs back in their place. A sample of 2,000 records tells as much as all of them.
"""

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from matching.lexical import Scores
from matching.types import Rows, Vectors

SAMPLE: Final = 2_000
NEAREST: Final = 10


def sample_rows(rows: Rows, ids: Sequence[str]) -> Rows:
    """At most 2,000 of `rows`, the same whatever the order of arrival: lowest hash of the id."""
    if len(rows) <= SAMPLE:
        return rows
    marks = np.array([zlib.crc32(ids[row].encode()) for row in rows.tolist()])
    return np.sort(rows[np.argsort(marks, kind="stable")[:SAMPLE]])


def hubness(vectors: Vectors, rows: Rows, sample: Vectors, sampled: Rows) -> Scores:
    """Hubness (-1 to 1) of unit `vectors`, shape (n, d), of `rows`, among those of `sampled` rows.

    A record is not its own neighbour; without another, 0.
    """
    # Rounded, so that equal texts tie: a matrix product rounds rows differently by their place.
    near = np.round(vectors @ sample.T, 5)
    near[rows[:, None] == sampled[None, :]] = -np.inf
    others = np.minimum(NEAREST, len(sampled) - np.isin(rows, sampled))
    best = -np.sort(-near, axis=1)[:, :NEAREST] if len(sampled) else near
    best[np.arange(best.shape[1])[None, :] >= others[:, None]] = 0
    return np.asarray(best.sum(axis=1) / np.maximum(others, 1), np.float64)
