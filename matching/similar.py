"""Which candidates are nearly the same entry: registered twice, or copied.

Two entries of one language are near-duplicates when the cosine of their centred vectors is at least
0.6 and the Jaccard index of their character n-grams at least

    0.4   where their titles have the same words,
    0.85  where their titles share a third of their words,
    0.95  where they do not.

The less alike the titles, the more alike the texts must be: offers of one organisation often differ
by their title and share everything else. Entries that are merely about the same thing stay apart.

Of 1,687 texts of open data the rule groups 11 pairs, each one product or one offer in two variants;
their cosines are .77 to .98, and of all pairs of these texts one in a thousand is above .45.
Only the first 60 candidates are looked at: further down, copies stand apart.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.corpus import Corpus
from matching.lexical import Scores
from matching.types import Mask, Rows, Vectors

LOOKED_AT: Final = 60
NEAR_FROM: Final = 0.6
# (share of the titles' words in common, least Jaccard index of the texts), strictest last.
ALIKE_FROM: Final = ((1.0, 0.4), (1 / 3, 0.85), (0.0, 0.95))


def near_duplicates(corpus: Corpus, rows: Rows) -> Rows:
    """For each of `rows`, best first, the place of the first one above that it nearly repeats.

    Shape (n,). Places count from 0; a row that repeats none has its own, and only such a row is
    named by others. Needs never repeat one another: each is somebody else's.
    """
    found = np.arange(len(rows))
    if corpus.side == "need":
        return found
    looked_at = rows[:LOOKED_AT]
    langs = np.array([corpus.lang(row) for row in looked_at.tolist()])
    for lang in sorted(set(langs.tolist())):
        places = np.flatnonzero(langs == lang)
        found[places] = places[_repeated(corpus, lang, looked_at[places])]
    return found


def _repeated(corpus: Corpus, lang: str, rows: Rows) -> Rows:
    """The same for rows of one language."""
    found = np.arange(len(rows))
    sizes = corpus.gram_counts(lang, rows)
    least = _least_alike(corpus, rows, sizes)
    possible = np.isfinite(least)
    # Whoever repeats one above is no head by the time its turn comes.
    for head in np.flatnonzero(possible.any(axis=1)).tolist():
        below = np.flatnonzero(possible[head])
        if found[head] != head or not len(below):
            continue
        common = corpus.gram_overlaps(lang, int(rows[head]), rows[below])
        alike = jaccard(common, sizes[head], sizes[below]) >= least[head, below]
        found[below[alike]] = head
        possible[:, below[alike]] = False
    return found


def _least_alike(corpus: Corpus, rows: Rows, sizes: Rows) -> Scores:
    """How alike the texts of each pair must be, shape (n, n), the better one first.

    Infinite for who is not below, and where the pair is out of the question before its n-grams are
    compared, cheapest first: two sets overlap by no more than the smaller is of the larger.
    """
    titles = title_overlaps(corpus, rows)
    least = np.select([titles >= shared for shared, _ in ALIKE_FROM], [b for _, b in ALIKE_FROM])
    smaller, larger = np.minimum.outer(sizes, sizes), np.maximum.outer(sizes, sizes)
    first, second = np.nonzero(np.triu(smaller >= least * larger, 1))
    near = _near(corpus.centred(rows), first, second)
    found = np.full(least.shape, np.inf)
    found[first[near], second[near]] = least[first[near], second[near]]
    return found


def _near(vectors: Vectors, first: Rows, second: Rows) -> Mask:
    """Which pairs are near in meaning, shape (pairs,)."""
    # No matrix product: its threads wait for one another longer than these few pairs take.
    cosines = np.einsum("ij,ij->i", vectors[first], vectors[second])
    # A corpus that holds one text only has nothing left once its centre is taken out.
    empty = np.logical_not(vectors.any(axis=1))
    return np.asarray((cosines >= NEAR_FROM) | (empty[first] & empty[second]))


def title_overlaps(corpus: Corpus, rows: Rows) -> Scores:
    """Jaccard index (0-1) of the words of the titles of each pair of `rows`, shape (n, n)."""
    words, lengths = corpus.title_words(rows)
    distinct, numbers = np.unique(words, return_inverse=True)
    holds = np.zeros((len(rows), len(distinct)), bool)
    holds[np.repeat(np.arange(len(rows)), lengths), numbers] = True
    packed = np.packbits(holds, axis=1)
    common = np.bitwise_count(packed[:, None] & packed[None]).sum(axis=2, dtype=np.int64)
    return jaccard(common, lengths[:, None], lengths[None])


def jaccard(common: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> Scores:
    """What sets of these sizes have in common of what either has, 0-1; 0 for two empty ones."""
    either = first + second - common
    return np.asarray(common / np.where(either > 0, either, 1), np.float64)
