"""Lexical signals between texts of one language: BM25 over stems, cosine over character n-grams.

Both are computed from live counts: a text added or removed changes every later answer, and the
order of inserts does not matter.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matching.ragged import Grown, Ragged, sum_by_row
from matching.text import GRAM_BITS, character_grams, terms
from matching.types import Rows

K1: Final = 1.5
B: Final = 0.75
_PENDING_AT_LEAST: Final = 256
_GRAM: Final = (1 << GRAM_BITS) - 1
_SUBLINEAR: Final = np.concatenate([[0], 1 + np.log(np.arange(1, 256))]).astype(np.float32)

Scores: TypeAlias = NDArray[np.float64]


class WordIndex:
    """BM25 over stems and adjacent pairs, divided by the need's own idf mass: 0 to 1.

    score(q, d) = sum_t idf_t tf / (tf + k1 (1 - b + b |d| / avg)) / sum_t idf_t, with
    idf_t = ln(1 + (N - n_t + 0.5) / (n_t + 0.5)) and the sums over the distinct terms of q, those
    no text has included (Robertson and Zaragoza, 2009, without the constant factor k1 + 1).
    """

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._rows = Ragged(np.int32)
        self._counts = Ragged(np.uint8)  # at most 255: more of a word tells no more
        self._lengths = Grown(np.float32)
        self._holding = Grown(np.int32)
        self._alive = 0
        self._total_length = 0.0
        self._merged = 0
        self._starts = np.zeros(1, np.int64)
        self._posted_rows = np.empty(0, np.int32)
        self._posted_counts = np.empty(0, np.uint8)

    def __len__(self) -> int:
        return len(self._rows)

    def append(self, text: str, lang: str) -> None:
        """Add a text as the next row."""
        counted = Counter(terms(text, lang))
        ids = np.fromiter((self._term(term) for term in counted), np.int32, len(counted))
        counts = np.fromiter(counted.values(), np.float32, len(counted))
        self._rows.append(ids)
        self._counts.append(np.minimum(counts, 255))
        self._lengths.extend(counts.sum(keepdims=True))
        self._holding.values[ids] += 1
        self._alive += 1
        self._total_length += float(counts.sum())

    def _term(self, term: str) -> int:
        known = self._terms.get(term)
        if known is None:
            known = self._terms[term] = len(self._terms)
            self._holding.extend(np.zeros(1, np.int32))
        return known

    def drop(self, row: int) -> None:
        """Take a row out of the counts; its scores mean nothing any more."""
        self._holding.values[self._rows.row(row)] -= 1
        self._alive -= 1
        self._total_length -= float(self._lengths.values[row])

    def score(self, text: str, lang: str) -> Scores:
        """Scores of all rows, 0-1, shape (rows,)."""
        self._merge()
        weights = self._weights(text, lang)
        scores = np.zeros(len(self))
        if not weights:
            return scores
        for term, weight in weights.items():
            if term >= len(self._starts) - 1:
                continue  # first seen in a row that is still pending
            posted = slice(self._starts[term], self._starts[term + 1])
            rows = self._posted_rows[posted]
            # In double precision as below, so that equal texts tie whenever they came.
            scores[rows] += np.float64(weight) * self._saturated(self._posted_counts[posted], rows)
        self._score_pending(weights, scores)
        return scores

    def shared(self, row: int, terms: Iterable[str]) -> dict[str, float]:
        """Those of `terms` that a row holds, with the share of all texts (0-1) that hold each."""
        held = set(self._rows.row(row).tolist())
        known = {term: self._terms.get(term, -1) for term in terms}
        holding = self._holding.values
        return {term: float(holding[i]) / self._alive for term, i in known.items() if i in held}

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """idf of each of `terms`, those no text holds included."""
        asked = list(terms)
        ids = [self._terms.get(term, -1) for term in asked]
        return dict(zip(asked, self._idf(ids).tolist(), strict=True))

    def _idf(self, ids: Iterable[int]) -> NDArray[np.float64]:
        holding = np.array([self._holding.values[i] if i >= 0 else 0 for i in ids])
        return np.asarray(np.log1p((self._alive - holding + 0.5) / (holding + 0.5)))

    def share(self, term: str) -> float:
        """The share of all texts (0-1) that hold a term."""
        known = self._terms.get(term, -1)
        return float(self._holding.values[known]) / self._alive if known >= 0 and self._alive else 0

    def _weights(self, text: str, lang: str) -> dict[int, float]:
        """idf of each known term of the text, over the text's whole idf mass."""
        distinct = dict.fromkeys(terms(text, lang))
        ids = [self._terms.get(term, -1) for term in distinct]
        idf = self._idf(ids)
        mass = float(idf.sum())
        pairs = zip(ids, idf / mass if mass else idf, strict=True)
        return {i: float(weight) for i, weight in pairs if i >= 0}

    def _saturated(
        self, counts: NDArray[np.uint8], rows: NDArray[np.integer[Any]]
    ) -> NDArray[np.float32]:
        average = self._total_length / max(self._alive, 1) or 1.0
        relative = self._lengths.values[rows] / average
        return np.asarray(counts / (counts + K1 * (1 - B + B * relative)), np.float32)

    def _score_pending(self, weights: dict[int, float], scores: Scores) -> None:
        pending = np.arange(self._merged, len(self))
        if not len(pending):
            return
        weight_of = np.zeros(len(self._terms))
        weight_of[list(weights)] = list(weights.values())
        lengths = self._rows.lengths(pending)
        start = self._rows.starts[self._merged]
        counts = self._counts.flat[start:]
        values = self._saturated(counts, np.repeat(pending, lengths))
        scores[pending] = sum_by_row(weight_of[self._rows.flat[start:]] * values, lengths)

    def _merge(self) -> None:
        """Sort rows by term once enough have come, so that the work a text stays bounded."""
        if len(self) - self._merged <= max(_PENDING_AT_LEAST, len(self) // 8):
            return
        flat = self._rows.flat
        order = np.argsort(flat, kind="stable")
        row_of = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self._rows.starts))
        self._posted_rows, self._posted_counts = row_of[order], self._counts.flat[order]
        held = np.bincount(flat, minlength=len(self._terms))
        self._starts = np.concatenate([[0], np.cumsum(held)])
        self._merged = len(self)


class GramIndex:
    """Cosine of character 3- to 5-gram TF-IDF inside words, sublinear: (1 + ln tf) idf.

    idf_g = ln((1 + N) / (1 + n_g)) + 1 (as scikit-learn's TfidfVectorizer); computed for the rows
    asked for only, so its cost is that of the candidates, not of the corpus.
    """

    def __init__(self) -> None:
        # Each n-gram of a row with its count (at most 255) above its bits: most of the memory.
        self._packed = Ragged(np.int32)
        self._holding = np.zeros(1 << GRAM_BITS, np.int32)
        self._marked = np.zeros(1 << GRAM_BITS, bool)
        self._alive = 0
        self._idf: NDArray[np.float32] | None = None
        # The squared length of each row under the idf of some version of the counts.
        self._squares = Grown(np.float64)
        self._measured = Grown(np.int64)
        self._version = 0

    def append(self, text: str) -> None:
        """Add a text as the next row."""
        self._squares.extend(np.zeros(1))
        self._measured.extend(np.full(1, -1))
        grams, counts = np.unique(character_grams(text), return_counts=True)
        self._packed.append(np.minimum(counts, 255) << GRAM_BITS | grams)
        self._count(grams, 1)

    def drop(self, row: int) -> None:
        """Take a row out of the counts; its scores mean nothing any more."""
        self._count(self._packed.row(row) & _GRAM, -1)

    def _count(self, grams: NDArray[Any], by: int) -> None:
        self._holding[grams] += by
        self._alive += by
        self._idf = None
        self._version += 1

    def counts(self, rows: Rows) -> Rows:
        """How many n-grams each of `rows` holds, shape (n,)."""
        return self._packed.lengths(rows)

    def overlaps(self, row: int, rows: Rows) -> Rows:
        """How many n-grams each of `rows` has in common with one row, shape (n,)."""
        held = self._packed.row(row) & _GRAM
        self._marked[held] = True
        common = self._marked[self._packed.gather(rows) & _GRAM].astype(np.int64)
        self._marked[held] = False
        return sum_by_row(common, self._packed.lengths(rows))

    def score(self, text: str, rows: Rows) -> Scores:
        """Cosines, 0-1, of the text with `rows`, shape (len(rows),)."""
        grams, counts = np.unique(character_grams(text), return_counts=True)
        if not len(grams) or not len(rows):
            return np.zeros(len(rows))
        idf = self._live_idf()
        asked = (1 + np.log(counts)).astype(np.float32) * idf[grams]
        asked_for = np.zeros(1 << GRAM_BITS, np.float32)
        asked_for[grams] = asked * idf[grams]
        packed = self._packed.gather(rows)
        held = packed & _GRAM
        shares = np.zeros(len(held), np.float32)
        # Few of the n-grams that rows hold are asked for: find these first, then weigh them.
        common = np.flatnonzero((asked_for > 0)[held])
        weights = _SUBLINEAR[packed[common] >> GRAM_BITS]
        shares[common] = weights * asked_for[held[common]]
        dots = sum_by_row(shares, self._packed.lengths(rows)).astype(float)
        squares = self._squared_lengths(rows) * float(asked @ asked)
        return np.asarray(dots / np.sqrt(np.where(squares > 0, squares, 1)))

    def _squared_lengths(self, rows: Rows) -> Scores:
        """Measured again only for rows not asked for since the counts last changed."""
        stale = rows[self._measured.values[rows] != self._version]
        if len(stale):
            packed = self._packed.gather(stale)
            weights = _SUBLINEAR[packed >> GRAM_BITS] * self._live_idf()[packed & _GRAM]
            self._squares.values[stale] = sum_by_row(weights**2, self._packed.lengths(stale))
            self._measured.values[stale] = self._version
        return self._squares.values[rows]

    def _live_idf(self) -> NDArray[np.float32]:
        if self._idf is None:
            self._idf = (np.log((1 + self._alive) / (1 + self._holding)) + 1).astype(np.float32)
        return self._idf


class TongueIndex:
    """Both signals for the texts of one language, addressed by the corpus' own rows."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._words = WordIndex()
        self._grams = GramIndex()
        self._rows = Grown(np.int64)
        self._place: dict[int, int] = {}

    @property
    def rows(self) -> Rows:
        """The corpus row of each text, in the order of `words`."""
        return self._rows.values

    def append(self, row: int, text: str) -> None:
        """Add the text of a corpus row."""
        self._place[row] = len(self._rows)
        self._rows.extend(np.array([row]))
        self._words.append(text, self._lang)
        self._grams.append(text)

    def drop(self, row: int) -> None:
        """Forget a corpus row."""
        place = self._place.pop(row)
        self._words.drop(place)
        self._grams.drop(place)

    def words(self, text: str) -> Scores:
        """BM25 share of all texts, 0-1."""
        return self._words.score(text, self._lang)

    def shared(self, row: int, terms: Iterable[str]) -> dict[str, float]:
        """Those of `terms` that a corpus row holds, with the share of all texts (0-1) doing so."""
        return self._words.shared(self._place[row], terms)

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """idf of each of `terms` among the texts of the language."""
        return self._words.rarity(terms)

    def share(self, stem: str) -> float:
        """The share of all texts (0-1) that hold a word."""
        return self._words.share(stem)

    def grams(self, text: str, rows: Rows) -> Scores:
        """Character n-gram cosine of corpus rows, 0-1."""
        return self._grams.score(text, self._places(rows))

    def gram_counts(self, rows: Rows) -> Rows:
        """How many n-grams each of the corpus rows holds."""
        return self._grams.counts(self._places(rows))

    def gram_overlaps(self, row: int, rows: Rows) -> Rows:
        """How many n-grams each of the corpus rows has in common with one."""
        return self._grams.overlaps(self._place[row], self._places(rows))

    def _places(self, rows: Rows) -> Rows:
        return np.searchsorted(self._rows.values, rows)
