"""A corpus, the side that asks, and what was learned of the encoder: one place that answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from matching.background import Background
from matching.bounds import settle
from matching.calibrate import band, probabilities
from matching.centres import Centres
from matching.corpus import Corpus
from matching.notices import NOTHING_SAID, says_something
from matching.probes import PROBES
from matching.rank import RANKERS, Fits, Query, Ranked, Weights, make_query, rank
from matching.types import Band, Embedder, Mask, Rows, Side, Vectors

Alike: TypeAlias = Callable[[Corpus, Rows], Rows]
_STALE: Final = 1.1
# What chance looks like was measured in no text of such a language: "possible" is the most.
UNHEARD: Final = 0.49


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A ranked list with the probability (0-1) and band of each place, and the null behind them.

    Places of one number in `groups`, shape (n,), hold records that are nearly the same.
    """

    ranked: Ranked
    probabilities: tuple[float, ...]
    bands: tuple[Band, ...]
    null: float
    groups: Rows


class Engine:
    """Answers queries over one corpus.

    The null of a language is measured with off-topic probes, encoded once, and measured again when
    the corpus has changed by a tenth.
    """

    def __init__(self, corpus: Corpus, embedder: Embedder, background: Background) -> None:
        self.corpus: Final = corpus
        self._embedder = embedder
        self._background = background
        self._probe_centres = Centres(asking_side(corpus), corpus.dimension, background)
        self._probe_vectors: dict[str, Vectors] = {}
        self._nulls: dict[tuple[str, Weights], tuple[int, float]] = {}

    def query(self, text: str, lang: str, vector: Vectors, centre: Vectors) -> Query:
        """A query from the encoder's vector of a text, shape (d,), and the asking side's centre."""
        return make_query(text, lang, self._background.project(vector), centre)

    def answer(
        self,
        query: Query,
        only: Mask,
        weights: Weights = RANKERS["hybrid"],
        fits: Fits | None = None,
        alike: Alike | None = None,
    ) -> Calibrated:
        """Rank the rows of `only` for a query and say how likely each text answers it.

        Facts, when `fits` tells them, put nearly equal texts in order (matching.bounds). Records
        that `alike` tells to be nearly the same are one text when their list is calibrated: who is
        copied leads by no less for it, and a copy is as likely as what it copies.
        """
        ranked = rank(self.corpus, query, only, weights, fits=fits)
        null = self.null(query.lang, weights)
        foreign = not self.corpus.centres.counts.get(query.lang)
        by_text = np.argsort(-ranked.texts, kind="stable")
        groups = alike(self.corpus, ranked.rows[by_text]) if alike else np.arange(len(by_text))
        heads, group_of = np.unique(groups, return_inverse=True)
        listed = ranked.evidence(by_text[heads])
        apart = probabilities(listed, null, foreign, self._background.calibration)
        chances = np.empty(len(by_text))
        chances[by_text] = apart[group_of]
        if not says_something(self.corpus, query.text, query.lang):
            chances = np.minimum(chances, NOTHING_SAID)
        if self._background.unheard(query.lang):
            chances = np.minimum(chances, UNHEARD)
        order, shown = settle(chances, ranked.scores)
        bands = tuple(band(chance) for chance in shown)
        grouped = group_of[np.argsort(by_text)][order]
        return Calibrated(ranked.take(order), tuple(shown.tolist()), bands, null, grouped)

    def null(self, lang: str, weights: Weights) -> float:
        """The mean top score of the off-topic probes of a language (English ones for a third)."""
        size, value = self._nulls.get((lang, weights), (0, 0.0))
        if not size or not size / _STALE <= len(self.corpus) <= size * _STALE:
            value = self._measure_null(lang, weights)
            self._nulls[lang, weights] = (len(self.corpus), value)
        return value

    def _measure_null(self, lang: str, weights: Weights) -> float:
        probes = PROBES.get(lang, PROBES["en"])
        centre = self._probe_centres.of(lang)
        tops = []
        for text, vector in zip(probes, self._vectors(probes), strict=True):
            query = make_query(text, lang, vector, centre)
            ranked = rank(self.corpus, query, self.corpus.alive, weights, candidates=20)
            tops.append(float(ranked.scores[0]) if len(ranked.scores) else 0.0)
        return float(np.mean(tops))

    def _vectors(self, probes: Sequence[str]) -> Vectors:
        key = probes[0]
        if key not in self._probe_vectors:
            asks = self._embedder.encode_query, self._embedder.encode_document
            encode = asks[0] if self.corpus.side == "solution" else asks[1]
            self._probe_vectors[key] = self._background.project(encode(probes))
        return self._probe_vectors[key]


def asking_side(corpus: Corpus) -> Side:
    """Needs ask solutions, solutions ask needs."""
    return "need" if corpus.side == "solution" else "solution"
