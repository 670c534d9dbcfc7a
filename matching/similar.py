"""Which candidates are nearly the same entry: registered twice, or copied.

Two entries of one language are near-duplicates when the cosine of their centred vectors is at least
0.6 and the Jaccard index of their character n-grams at least

    0.4   where their titles have the same words,
    0.85  where their titles share a third of their words,
    0.95  where they do not.

The less alike the titles, the more alike the texts must be: offers of one organisation often differ
by their title and share everything else. Entries that are merely about the same thing stay apart.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.corpus import Corpus
from matching.types import Rows

NEAR_FROM: Final = 0.6
# (share of the titles' words in common, least Jaccard index of the texts), strictest last.
ALIKE_FROM: Final = ((1.0, 0.4), (1 / 3, 0.85), (0.0, 0.95))


def near_duplicates(corpus: Corpus, rows: Rows) -> Rows:
    """For each of `rows`, best first, the place of the first one above that it nearly repeats.

    Shape (n,). Places count from 0; a row that repeats none has its own, and only such a row is
    named by others. Needs never repeat one another: each is somebody else's.
    """
    if corpus.side == "need":
        return np.arange(len(rows))
    found = list(range(len(rows)))
    # By the lower one's place, then by the higher one's: the first pair that holds is the best.
    for place, above in np.argwhere(np.tril(_near(corpus, rows), -1)).tolist():
        settled = found[place] != place or found[above] != above
        if not settled and _alike(corpus, int(rows[above]), int(rows[place])):
            found[place] = above
    return np.array(found, np.int64)


def _near(corpus: Corpus, rows: Rows) -> NDArray[np.bool_]:
    """Which pairs are of one language and near in meaning, shape (n, n)."""
    vectors = corpus.centred(rows)
    langs = np.array([corpus.lang(row) for row in rows.tolist()])
    # A corpus that holds one text only has nothing left once its centre is taken out.
    empty = np.logical_not(vectors.any(axis=1))
    near = (vectors @ vectors.T >= NEAR_FROM) | (empty[:, None] & empty[None])
    return np.asarray(near & (langs[:, None] == langs[None]))


def _alike(corpus: Corpus, first: int, second: int) -> bool:
    titles = jaccard(corpus.title_words(first), corpus.title_words(second))
    least = next(texts for shared, texts in ALIKE_FROM if titles >= shared)
    held, other = corpus.gram_set(first), corpus.gram_set(second)
    sizes = sorted((len(held), len(other)))
    # Two sets overlap by no more than the smaller is of the larger: most pairs end here.
    if sizes[0] < least * sizes[1]:
        return False
    return jaccard(held, other) >= least


def jaccard(first: NDArray[np.int32], second: NDArray[np.int32]) -> float:
    """What two sets have in common of what either has, 0-1; 0 for two empty ones."""
    common = len(np.intersect1d(first, second, assume_unique=True))
    either = len(first) + len(second) - common
    return common / either if either else 0.0
