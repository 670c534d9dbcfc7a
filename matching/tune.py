"""Learn an encoder's background from judged sets: mean vectors, and what a score is worth."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from matching.background import Background, Calibration
from matching.calibrate import features
from matching.centres import Centres
from matching.engine import Engine
from matching.evaluation.answering import fill
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedText
from matching.lexical import Scores
from matching.probes import PROBES
from matching.rank import RANKERS, Query, make_query
from matching.types import Embedder, Encoding, Side, Vectors

_ENOUGH: Final = 20
_DEPTH: Final = 10
_OFF_TOPIC: Final = 0.3


def learn_background(sets: Sequence[EncodedSet], embedder: Embedder) -> Background:
    """Means and calibration, every set counting the same however large it is."""
    means = Background({"solution": _means(sets, "solution"), "need": _means(sets, "need")})
    return Background(means.means, _learn_calibration(sets, embedder, means))


def _means(sets: Sequence[EncodedSet], side: Side) -> dict[str, Vectors]:
    found: dict[str, list[Vectors]] = {}
    for one in sets:
        texts = one.judged.queries if side == "need" else one.judged.documents
        encodings = one.queries if side == "need" else one.documents
        for lang, vectors in _by_language(texts, encodings).items():
            if len(vectors) >= _ENOUGH:
                found.setdefault(lang, []).append(np.mean(vectors, axis=0))
    return {lang: np.mean(means, axis=0).astype(np.float32) for lang, means in found.items()}


def _by_language(
    texts: Sequence[JudgedText], encodings: Sequence[Encoding]
) -> dict[str, list[Vectors]]:
    vectors: dict[str, list[Vectors]] = {}
    for text, encoding in zip(texts, encodings, strict=True):
        vectors.setdefault(text.lang, []).append(encoding.vector)
    return vectors


def _learn_calibration(
    sets: Sequence[EncodedSet], embedder: Embedder, background: Background
) -> Calibration:
    """Fit the constants on the first places of judged queries and of off-topic ones (wrong)."""
    rows, labels, weights = [], [], []
    for one in sets:
        for share, source in ((1 - _OFF_TOPIC, _judged_places), (_OFF_TOPIC, _probe_places)):
            places = list(source(one, embedder, background))
            rows += [place for place, _ in places]
            labels += [label for _, label in places]
            count = sum(len(label) for _, label in places)
            weights += [np.full(len(label), share / count) for _, label in places]
    # Nearly no regularisation: six constants, thousands of places.
    model = LogisticRegression(C=1e4, max_iter=1000)
    total = np.concatenate(weights)
    model.fit(np.concatenate(rows), np.concatenate(labels), total * len(total) / total.sum())
    constants = [round(float(value), 3) for value in (*model.intercept_, *model.coef_[0])]
    return Calibration(*constants)


def _judged_places(
    one: EncodedSet, embedder: Embedder, background: Background
) -> Iterator[tuple[Scores, Scores]]:
    """Features and labels (0 or 1) of the first ten places of each query."""
    engine = fill(one.judged.documents, one.documents, embedder, background)
    centres = Centres("need", embedder.dimension, background)
    for text, encoding in zip(one.judged.queries, one.queries, strict=True):
        query = make_query(text.text, text.lang, encoding.vector, centres.of(text.lang))
        grades = one.judged.judgements.get(text.id, {})
        yield _places(engine, query, grades)
        centres.add(text.lang, encoding.vector)


def _probe_places(
    one: EncodedSet, embedder: Embedder, background: Background
) -> Iterator[tuple[Scores, Scores]]:
    """The same for the off-topic probes: nothing answers them."""
    engine = fill(one.judged.documents, one.documents, embedder, background)
    centres = Centres("need", embedder.dimension, background)
    for lang, probes in PROBES.items():
        for text, vector in zip(probes, embedder.encode_query(probes), strict=True):
            yield _places(engine, make_query(text, lang, vector, centres.of(lang)), {})


def _places(engine: Engine, query: Query, grades: Mapping[str, int]) -> tuple[Scores, Scores]:
    answered = engine.answer(query, engine.corpus.alive, RANKERS["hybrid"])
    foreign = not engine.corpus.centres.counts.get(query.lang)
    found = [engine.corpus.ids[row] for row in answered.ranked.rows[:_DEPTH]]
    labels = np.array([float(grades.get(document, 0) > 0) for document in found])
    return features(answered.ranked.scores, answered.null, foreign)[:_DEPTH], labels
