"""Learn what a score is worth: the constants of matching.calibrate."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from sklearn.linear_model import LogisticRegression

from matching.background import Background, Calibration
from matching.calibrate import NAMES, features
from matching.evaluation.answering import Filled, fill_set
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.variants import Variant
from matching.lexical import Scores
from matching.probes import PROBES
from matching.rank import RANKERS, Query, rank
from matching.types import Embedder, Mask

_DEPTH: Final = 10
# What part of what is asked has no answer is a matter of the place; here a fifth of it is needs
# whose answers were taken out, and a sixth is off-topic.
_ANSWERED, _BEREFT, _OFF_TOPIC = 0.63, 0.22, 0.15

Places: TypeAlias = Iterator[tuple[Scores, Scores]]


def learn_calibration(
    sets: Sequence[EncodedSet], embedder: Embedder, background: Background
) -> Calibration:
    """Fit the constants on the first ten places of lists, every set counting the same."""
    rows, labels, weights = [], [], []
    for one in sets:
        filled = fill_set(one, embedder, background, Variant())
        for share, told in _sources(filled, embedder):
            places = list(told)
            count = max(sum(len(label) for _, label in places), 1)
            rows += [place for place, _ in places]
            labels += [label for _, label in places]
            weights += [np.full(len(label), share / count) for _, label in places]
    # Nearly no regularisation: eight constants, thousands of places.
    model = LogisticRegression(C=1e4, max_iter=2000)
    total = np.concatenate(weights)
    model.fit(np.concatenate(rows), np.concatenate(labels), total * len(total) / total.sum())
    fitted = dict(zip(NAMES, model.coef_[0], strict=True), intercept=model.intercept_[0])
    return Calibration(**{name: round(float(value), 3) for name, value in fitted.items()})


def _sources(filled: Filled, embedder: Embedder) -> Iterator[tuple[float, Places]]:
    yield _ANSWERED, _judged_places(filled, _whole)
    yield _BEREFT, _judged_places(filled, Filled.without)
    yield _OFF_TOPIC, _probe_places(filled, embedder)


def _whole(filled: Filled, _right: set[str]) -> Mask:
    return filled.engine.corpus.alive


def _judged_places(filled: Filled, among: Callable[[Filled, set[str]], Mask]) -> Places:
    """Features and labels (0 or 1) of the first ten places of each query."""
    judged = filled.encoded.judged
    for text, query in zip(judged.queries, filled.queries, strict=True):
        right = judged.right(text.id)
        if right:
            yield _places(filled, query, among(filled, right), judged.judgements[text.id])


def _probe_places(filled: Filled, embedder: Embedder) -> Places:
    """The same for the off-topic probes: nothing answers them."""
    corpus = filled.engine.corpus
    for lang, probes in PROBES.items():
        centre = filled.centres.of(lang)
        for text, vector in zip(probes, embedder.encode_query(probes), strict=True):
            query = filled.engine.query(text, lang, vector, centre)
            yield _places(filled, query, corpus.alive, {})


def _places(
    filled: Filled, query: Query, only: Mask, grades: Mapping[str, int]
) -> tuple[Scores, Scores]:
    engine = filled.engine
    ranked = rank(engine.corpus, query, only)
    foreign = not engine.corpus.centres.counts.get(query.lang)
    null = engine.null(query.lang, RANKERS["hybrid"])
    found = [engine.corpus.ids[row] for row in ranked.rows[:_DEPTH]]
    labels = np.array([float(grades.get(document, 0) > 0) for document in found])
    listed = ranked.evidence(np.arange(len(ranked.rows)))
    return features(listed, null, foreign)[:_DEPTH], labels
