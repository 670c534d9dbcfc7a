"""All records of one side in memory, ready to be ranked: vectors, words, facts.

A cache of what the database holds: it can be thrown away and filled again at any moment. A record
that changes gets a new row, and its old row dies.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.background import Background
from matching.centres import Centres
from matching.eligibility import FactTable
from matching.hubness import hubness, sample_rows
from matching.indexes.faiss import FaissIndex
from matching.lexical import Scores, TongueIndex
from matching.ragged import Grown, Ragged, unit
from matching.text import title_words
from matching.types import Encoding, Index, Mask, Profile, Rows, Side, Vectors

_DRIFT: Final = 1.1


class Corpus:
    """The records of one side, by row; a row is an int, an id the caller's string."""

    def __init__(
        self,
        side: Side,
        dimension: int,
        background: Background,
        make_index: Callable[[int], Index] = FaissIndex,
    ) -> None:
        self.side: Final[Side] = side
        self.dimension: Final = dimension
        self.facts: Final = FactTable()
        self.ids: Final[list[str]] = []
        self._make_index = make_index
        self._index = make_index(dimension)
        self._indexed = 0
        self._index_centres: dict[str, Vectors] = {}
        self._index_counts: dict[str, int] = {}
        self._row_of: dict[str, int] = {}
        self._vectors = Grown(np.float32, (dimension,))
        # Half precision: passages are most of the memory, and lists do not change.
        self._windows = Ragged(np.float16, (dimension,))
        self._spans = Ragged(np.int32, (2,))
        self._titles = Ragged(np.int32)
        self._langs: list[str] = []
        self._lang_numbers: dict[str, int] = {}
        self._lang_of = Grown(np.int16)
        self._alive = Grown(np.bool_)
        self._tongues: dict[str, TongueIndex] = {}
        self._hubness = Grown(np.float64)
        self._hub_size = 0
        self._sampled = np.empty(0, np.int64)
        self._sample = np.empty((0, dimension), np.float32)
        self.centres: Final = Centres(side, dimension, background)

    def __len__(self) -> int:
        return len(self._row_of)

    def __contains__(self, record: str) -> bool:
        return record in self._row_of

    @property
    def dead(self) -> int:
        """Rows that hold nothing any more; when they outnumber the living, fill a new corpus."""
        return len(self.ids) - len(self)

    @property
    def alive(self) -> Mask:
        """Which rows hold a record."""
        return self._alive.values

    def upsert(self, profile: Profile, encoding: Encoding) -> int:
        """Add a record, or replace the one with its id; its row is returned.

        The vectors are projected ones (Background.project), as everywhere in the ranking.
        """
        self.remove(profile.id)
        row = len(self.ids)
        lang = profile.lang
        self.ids.append(profile.id)
        self._row_of[profile.id] = row
        self._langs.append(lang)
        number = self._lang_numbers.setdefault(lang, len(self._lang_numbers))
        self._lang_of.extend(np.array([number]))
        self._spans.append(np.array(encoding.spans, np.int32).reshape(-1, 2))
        self._titles.append(title_words(profile.text, lang))
        self._alive.extend(np.ones(1, bool))
        self._hubness.extend(np.full(1, np.nan))
        self._vectors.extend(encoding.vector[None])
        self._windows.append(encoding.windows.reshape(-1, self.dimension))
        self.facts.append(profile.facts)
        self._tongues.setdefault(lang, TongueIndex(lang)).append(row, profile.text)
        self.centres.add(lang, encoding.vector)
        return row

    def remove(self, record: str) -> None:
        """Forget a record; an unknown id is ignored."""
        row = self._row_of.pop(record, None)
        if row is None:
            return
        lang = self._langs[row]
        self._alive.values[row] = False
        self.facts.drop(row)
        self._tongues[lang].drop(row)
        self.centres.remove(lang, self._vectors.values[row])
        self._index.remove(np.array([row]))

    def lang(self, row: int) -> str:
        """The language of a row."""
        return self._langs[row]

    def spans(self, row: int) -> tuple[tuple[int, int], ...]:
        """The character ranges of a row's windows."""
        return tuple((int(start), int(end)) for start, end in self._spans.row(row))

    def centred(self, rows: Rows) -> Vectors:
        """Unit vectors of `rows` with their languages' centres taken out, shape (n, d)."""
        return unit(self._vectors.values[rows] - self._centres(rows))

    def centred_windows(self, rows: Rows) -> tuple[Vectors, Rows]:
        """The same for all windows of `rows`, one row after the other, and how many each has."""
        lengths = self._windows.lengths(rows)
        centres = np.repeat(self._centres(rows), lengths, axis=0)
        return unit(self._windows.gather(rows).astype(np.float32) - centres), lengths

    def _centres(self, rows: Rows) -> Vectors:
        table = np.array([self.centres.of(lang) for lang in self._lang_numbers], np.float32)
        return table.reshape(-1, self.dimension)[self._lang_of.values[rows]]

    def hubness(self, rows: Rows) -> Scores:
        """How much of a hub each of `rows` is (matching.hubness), shape (n,).

        Measured when first asked for, and again once the corpus has changed by a tenth.
        """
        if not self._hub_size / _DRIFT <= len(self) <= self._hub_size * _DRIFT:
            self._sampled = sample_rows(np.flatnonzero(self.alive), self.ids)
            self._sample = self.centred(self._sampled)
            self._hub_size = len(self)
            self._hubness.values[:] = np.nan
        self._renew_sample()
        new = rows[np.isnan(self._hubness.values[rows])]
        if len(new):
            measured = hubness(self.centred(new), new, self._sample, self._sampled)
            self._hubness.values[new] = measured
        return np.array(self._hubness.values[rows])

    def _renew_sample(self) -> None:
        """Put a sampled record that changed in the place of what it was; drop one that is gone.

        Left in, it would be its own nearest neighbour; left out, each change would wear the sample
        away, and with it the hubness of whatever is changed next.
        """
        dead = np.flatnonzero(~self.alive[self._sampled])
        if not len(dead):
            return
        now = [self._row_of.get(self.ids[row], -1) for row in self._sampled[dead].tolist()]
        self._sampled[dead] = now
        kept = self._sampled >= 0
        self._sampled, self._sample = self._sampled[kept], self._sample[kept]
        changed = np.isin(self._sampled, now)
        self._sample[changed] = self.centred(self._sampled[changed])

    def nearest(self, vector: Vectors, k: int, only: Mask) -> Rows:
        """The k rows of `only` nearest to a centred vector, shape (d,)."""
        self._sync_index()
        mask = None if self.dead == 0 and only.all() else only
        return np.array([hit.id for hit in self._index.search(vector[None], k, mask)[0]], np.int64)

    def _sync_index(self) -> None:
        """Bring the index up to the rows: it is filled with vectors centred as of some moment.

        A centre that has since moved only matters for who is a candidate: candidates are scored
        with the centres of now. So it is filled afresh only when a language has grown by a tenth.
        """
        counts = self.centres.counts
        if any(n > _DRIFT * self._index_counts.get(lang, 0) for lang, n in counts.items()):
            self._index = self._make_index(self.dimension)
            self._index_centres = {lang: self.centres.of(lang) for lang in counts}
            self._index_counts = counts
            self._indexed = 0
        rows = np.arange(self._indexed, len(self.ids))
        rows = rows[self.alive[rows]]
        if len(rows):
            centres = np.array([self._index_centres[self._langs[row]] for row in rows])
            self._index.upsert(rows, unit(self._vectors.values[rows] - centres))
        self._indexed = len(self.ids)

    def speaks(self, lang: str, rows: Rows) -> Mask:
        """Which of `rows` are in a language."""
        return np.asarray(self._lang_of.values[rows] == self._lang_numbers.get(lang, -1))

    def words(self, text: str, lang: str) -> Scores:
        """BM25 share (0-1) of every row with a text of the language; 0 in other languages."""
        scores = np.zeros(len(self.ids))
        tongue = self._tongues.get(lang)
        if tongue:
            scores[tongue.rows] = tongue.words(text)
        return scores

    def shared(self, row: int, terms: Iterable[str]) -> dict[str, float]:
        """Those of `terms` that a row holds, with the share of its language's texts doing so."""
        return self._tongues[self._langs[row]].shared(row, terms)

    def rarity(self, lang: str, terms: Iterable[str]) -> dict[str, float]:
        """How rare each of `terms` is in a language (idf); alike where no text is in it."""
        tongue = self._tongues.get(lang)
        return tongue.rarity(terms) if tongue else dict.fromkeys(terms, 1.0)

    def share(self, stem: str, lang: str) -> float:
        """The share of a language's texts (0-1) that hold a word; 0 where there are none."""
        tongue = self._tongues.get(lang)
        return tongue.share(stem) if tongue else 0.0

    def grams(self, text: str, lang: str, rows: Rows) -> Scores:
        """Character n-gram cosine (0-1) of `rows` with a text; 0 in other languages."""
        scores = np.zeros(len(rows))
        tongue = self._tongues.get(lang)
        if tongue:
            same = self.speaks(lang, rows)
            scores[same] = tongue.grams(text, rows[same])
        return scores

    def title_words(self, rows: Rows) -> tuple[NDArray[np.int32], Rows]:
        """The words of the titles of `rows`, as numbers, and how many distinct ones each has."""
        return self._titles.pick(rows), self._titles.lengths(rows)

    def gram_counts(self, lang: str, rows: Rows) -> Rows:
        """How many character n-grams each of `rows` holds, all of one language, shape (n,)."""
        return self._tongues[lang].gram_counts(rows)

    def gram_overlaps(self, lang: str, row: int, rows: Rows) -> Rows:
        """How many of them each has in common with one row of the language, shape (n,)."""
        return self._tongues[lang].gram_overlaps(row, rows)

    def holding(self, records: Iterable[str]) -> Mask:
        """Which rows hold these records; those that are not here are left out."""
        mask = np.zeros(len(self.ids), bool)
        mask[[self._row_of[record] for record in records if record in self]] = True
        return mask

    def rows(self, records: Sequence[str]) -> Rows:
        """The rows of records. Raises KeyError for an unknown one."""
        return np.array([self._row_of[record] for record in records], np.int64)
