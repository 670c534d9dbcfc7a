"""From a text asked for to a ranked list: candidates, signals, one score."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from matching.calibrate import Evidence
from matching.corpus import Corpus
from matching.lexical import Scores
from matching.ragged import unit
from matching.types import Mask, Rows, Vectors

Fits: TypeAlias = Callable[[Rows], Mapping[str, Scores]]
Ranker: TypeAlias = Literal["hybrid", "dense", "lexical"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Constants of the score; how much each signal counts.

    s = dense S + passage M + hubness H + criteria C + [same language] (words B + grams G). S and M
    are cosines (-1 to 1) of centred vectors, H is matching.hubness (it counts against), B and G are
    shares (0 to 1). Words and n-grams count only within one language: across languages they measure
    names and chance, and a record in another language gets what the others get on average. C is how
    well the text answers what is asked for one by one, above what the
    candidates do on average (`criteria_signal`). On the demo records it lifts nDCG@10 from
    .937 to .947, .948 at half the weight and .938 at one and a half (tests.benchmarks.evidence),
    and it is why a sentence that answers a criterion counts.

    The rest are weights of facts (matching.fits), each between -1 and 1: their sum is the most that
    facts can move a record. They are learned from judged pairs (matching.tune_fits).
    """

    dense: float = 0.7
    passage: float = 0.3
    hubness: float = -0.25
    words: float = 0.7
    grams: float = 0.8
    criteria: float = 0.5
    themes: float = 0.08
    beneficiaries: float = 0.09
    maturity: float = 0.04
    budget: float = 0.08
    population: float = 0.02
    references: float = 0.02
    age: float = 0.06


RANKERS: Final[Mapping[Ranker, Weights]] = {
    "hybrid": Weights(),
    "dense": Weights(words=0, grams=0),
    "lexical": Weights(dense=0, passage=0, hubness=0, criteria=0),
}
FACTS: Final = (
    "themes",
    "beneficiaries",
    "maturity",
    "budget",
    "population",
    "references",
    "age",
)
CANDIDATES: Final = 100


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: `vector` is unit length with the asking side's centre taken out.

    `wishes`, shape (n, d), are the same of what is asked for one by one; None when nothing is.
    """

    text: str
    lang: str
    vector: Vectors
    wishes: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows best first, with their scores and the signals behind them, all of shape (n,).

    `texts` is the part of the score that the texts give.
    """

    rows: Rows
    scores: Scores
    signals: Mapping[str, Scores]
    texts: Scores

    def evidence(self, order: Rows) -> Evidence:
        """What the texts of these places are calibrated by."""
        words, hubs = self.signals["words"], self.signals["hubness"]
        return Evidence(self.texts[order], words[order], hubs[order])

    def take(self, order: Rows) -> "Ranked":
        """The same list in another order."""
        signals = {name: values[order] for name, values in self.signals.items()}
        return Ranked(self.rows[order], self.scores[order], signals, self.texts[order])


def make_query(
    text: str, lang: str, vector: Vectors, centre: Vectors, wishes: Vectors | None = None
) -> Query:
    """A query from the projected vector of a text, shape (d,), and the asking side's centre.

    `wishes`, shape (n, d), are encoded and projected as the text is.
    """
    stated = None if wishes is None or not len(wishes) else unit(wishes - centre)
    return Query(text, lang, unit(vector - centre), stated)


def rank(
    corpus: Corpus,
    query: Query,
    only: Mask,
    weights: Weights = RANKERS["hybrid"],
    candidates: int = CANDIDATES,
    fits: Fits | None = None,
) -> Ranked:
    """Rank the rows of `only`: the candidates near in meaning or sharing words, best first.

    `fits` gives the signals of facts for rows; without it, only the texts count.
    Ties are broken by the record's id, so the same records give the same list in any order of
    arrival.
    """
    words = corpus.words(query.text, query.lang)
    near = (
        corpus.nearest(query.vector, candidates, only) if weights.dense else np.empty(0, np.int64)
    )
    sharing = (
        best_rows(words, only, candidates, corpus.ids) if weights.words else np.empty(0, np.int64)
    )
    rows = np.union1d(near, sharing)
    signals = {**dense_signals(corpus, query, rows), "hubness": corpus.hubness(rows)}
    same = corpus.speaks(query.lang, rows)
    signals["words"] = unheard_as_average(words[rows], same)
    signals["grams"] = unheard_as_average(corpus.grams(query.text, query.lang, rows), same)
    facts = fits(rows) if fits else {}
    texts = np.zeros(len(rows)) + _weighted(signals, weights)
    scores = texts + _weighted(facts, weights)
    order = _best_first(scores, [corpus.ids[row] for row in rows.tolist()])
    ordered = {name: values[order] for name, values in {**signals, **facts}.items()}
    return Ranked(rows[order], scores[order], ordered, texts[order])


def best_rows(scores: Scores, only: Mask, k: int, ids: Sequence[str]) -> Rows:
    """The k rows of `only` with the highest scores above zero, in no order; ties by id."""
    eligible = np.flatnonzero(only & (scores > 0))
    if len(eligible) <= k:
        return eligible
    least = -np.partition(-scores[eligible], k - 1)[k - 1]
    above = eligible[scores[eligible] > least]
    ties = sorted(eligible[scores[eligible] == least].tolist(), key=lambda row: ids[row])
    return np.append(above, np.array(ties[: k - len(above)], np.int64))


def unheard_as_average(values: Scores, same: Mask) -> Scores:
    """A signal within one language, with the others' records given the mean of those in it.

    Words cannot be compared across languages: to count that as no word in common would put any
    record of the query's language before a better one in another.
    """
    return np.where(same, values, values[same].mean() if same.any() else 0.0)


def _weighted(signals: Mapping[str, Scores], weights: Weights) -> Scores:
    counted = asdict(weights)
    return np.asarray(sum(counted[name] * values for name, values in signals.items()))


def _best_first(scores: Scores, ids: Sequence[str]) -> Rows:
    """Places by falling score, ties by id; ids are compared only where there are ties."""
    order = np.argsort(-scores, kind="stable")
    if np.any(np.diff(scores[order]) == 0):
        order = np.lexsort((np.array(ids), -scores))
    return order


def dense_signals(corpus: Corpus, query: Query, rows: Rows) -> dict[str, Scores]:
    """Cosines of `rows` with the query: `dense` of the whole, `passage` of the best window.

    A text without windows is its own passage. `criteria` is that of `criteria_signal`.
    """
    whole = corpus.centred(rows)
    windows, lengths = corpus.centred_windows(rows)
    dense = cosines(whole, query.vector).astype(float)
    passage = best_of_windows(dense, cosines(windows, query.vector), lengths)
    criteria = criteria_signal(query.wishes, whole, windows, lengths)
    return {"dense": dense, "passage": passage, "criteria": criteria}


def best_of_windows(whole: Scores, windows: Scores | Vectors, lengths: Rows) -> Scores:
    """For each text the highest value of its windows; of the whole, where it has none.

    `whole` has a row a text, shape (n, ...), `windows` one a window, text after text.
    """
    best = whole.copy()
    filled = np.flatnonzero(lengths)
    if len(filled):
        starts = (np.cumsum(lengths) - lengths)[filled]
        best[filled] = np.maximum.reduceat(windows, starts, axis=0)
    return best


def criteria_signal(
    wishes: Vectors | None, whole: Vectors, windows: Vectors, lengths: Rows
) -> Scores:
    """How well each text answers what is asked for one by one (late interaction, MaxSim).

    C(d) = mean over wishes a of max over windows w of d of a.w, less the mean of the candidates: so
    it is a matter of order only, and leaves the score of the list where it is without wishes.
    After Khattab and Zaharia, ColBERT (2020), criteria and passages in place of tokens.
    """
    if wishes is None or not len(whole):
        return np.zeros(len(whole))
    # Rounded, so that equal texts tie: a matrix product rounds rows differently by their place.
    near = np.round((windows @ wishes.T).astype(float), 5)
    best = best_of_windows(np.round((whole @ wishes.T).astype(float), 5), near, lengths)
    mean = best.mean(axis=1)
    return np.asarray(mean - mean.mean())


def cosines(vectors: Vectors, vector: Vectors) -> Vectors:
    """Inner products of rows, shape (n, d), with one vector, shape (d,)."""
    # A matrix product rounds equal rows differently by their place, and ties would not be ties.
    return np.asarray(np.einsum("ij,j->i", vectors, vector))
