"""Whether the bands keep their word: what is called strong answers, and nothing else is.

All of it is about the first result of a list, the one that a reader trusts most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from sklearn.metrics import roc_auc_score

from matching.calibrate import BANDS
from matching.engine import Engine
from matching.evaluation.answering import Filled
from matching.evaluation.off_topic import OFF_TOPIC
from matching.lexical import Scores
from matching.rank import Query, Weights
from matching.types import Band, Embedder, Mask

ORDER: Final[tuple[Band, ...]] = (*(name for _, name in BANDS), "uncertain")
_BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Top:
    """The first result of one list: its probability (0 when the list is empty), band, and label."""

    probability: float
    band: Band
    right: bool


@dataclass(frozen=True, slots=True)
class Tops:
    """First results of a set: of its queries, without their answers, and of off-topic texts."""

    judged: Sequence[Top]
    bereft: Sequence[Top]
    off_topic: Sequence[Top]


@dataclass(frozen=True, slots=True)
class BandFigures:
    """Shares 0-1 of one band; `precision` is None when no judged query lands in it."""

    share: float
    precision: float | None
    off_topic: float


@dataclass(frozen=True, slots=True)
class BandReport:
    """`auc` is None when all first results are right or all wrong; `bereft` is the hard test.

    The hard test takes a query's right answers out of the corpus: the share of first results that
    is still called strong is an upper bound of what is wrong, for labels are incomplete.
    """

    auc: float | None
    calibration_error: float
    bereft: float
    queries: int
    bands: Mapping[Band, BandFigures] = field(default_factory=dict)


def tops(filled: Filled, embedder: Embedder, weights: Weights) -> Tops:
    """The first results that the bands of a set are judged by."""
    engine, judged = filled.engine, filled.encoded.judged
    asked, bereft = [], []
    for text, query in zip(judged.queries, filled.queries, strict=True):
        right = judged.right(text.id)
        if right:
            asked.append(_top(engine, query, engine.corpus.alive, weights, right))
            bereft.append(_top(engine, query, filled.without(right), weights, set()))
    off_topic = _off_topic_queries(filled, embedder)
    return Tops(
        asked,
        bereft,
        [_top(engine, query, engine.corpus.alive, weights, set()) for query in off_topic],
    )


def _top(engine: Engine, query: Query, only: Mask, weights: Weights, right: set[str]) -> Top:
    answered = engine.answer(query, only, weights)
    if not answered.bands:
        return Top(0.0, "uncertain", right=False)
    first = engine.corpus.ids[int(answered.ranked.rows[0])]
    return Top(answered.probabilities[0], answered.bands[0], first in right)


def _off_topic_queries(filled: Filled, embedder: Embedder) -> Iterator[Query]:
    """In the languages that the set's queries are in, arriving after these."""
    for lang in sorted({query.lang for query in filled.queries} & OFF_TOPIC.keys()):
        texts = OFF_TOPIC[lang]
        for text, vector in zip(texts, embedder.encode_query(texts), strict=True):
            yield filled.engine.query(text, lang, vector, filled.centres.of(lang))


def report(sets: Sequence[Tops]) -> BandReport:
    """The figures of one set, or of several of which each counts the same."""
    judged, weights = _pooled(one.judged for one in sets)
    _, off_weights = _pooled(one.off_topic for one in sets)
    off_topic = [top for one in sets for top in one.off_topic]
    bereft, bereft_weights = _pooled(one.bereft for one in sets)
    return BandReport(
        auc=_auc(judged, weights),
        calibration_error=calibration_error(
            np.array([top.probability for top in judged]),
            np.array([float(top.right) for top in judged]),
            weights,
        ),
        bereft=_share(bereft, bereft_weights, "strong"),
        queries=len(judged),
        bands={
            band: BandFigures(
                share=_share(judged, weights, band),
                precision=_precision(judged, weights, band),
                off_topic=_share(off_topic, off_weights, band),
            )
            for band in ORDER
        },
    )


def _pooled(sets: Iterable[Sequence[Top]]) -> tuple[list[Top], Scores]:
    """All of several sets, with weights that sum to one for each set."""
    held = [one for one in sets if one]
    weights = [np.full(len(one), 1 / len(one)) for one in held]
    return [top for one in held for top in one], np.concatenate(weights or [np.zeros(0)])


def _share(found: Sequence[Top], weights: Scores, band: Band) -> float:
    within = np.array([top.band == band for top in found], bool)
    return float(weights[within].sum() / weights.sum()) if len(found) else 0.0


def _precision(found: Sequence[Top], weights: Scores, band: Band) -> float | None:
    within = np.array([top.band == band for top in found], bool)
    if not within.any():
        return None
    right = np.array([float(top.right) for top in found])
    return float(np.average(right[within], weights=weights[within]))


def _auc(found: Sequence[Top], weights: Scores) -> float | None:
    right = [top.right for top in found]
    if len(set(right)) < 2:
        return None
    probabilities = [top.probability for top in found]
    return float(roc_auc_score(right, probabilities, sample_weight=weights))


def calibration_error(probabilities: Scores, right: Scores, weights: Scores) -> float:
    """Expected calibration error, 0-1, over ten bins of equal width (Naeini and others 2015).

    sum over bins of weight(bin) |share of right in it - mean probability in it| / whole weight.
    """
    bins = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(bins, weights * (right - probabilities), minlength=_BINS)
    whole = float(weights.sum())
    return float(np.abs(gaps).sum() / whole) if whole else 0.0
