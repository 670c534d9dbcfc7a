"""Learn an encoder's background from judged sets: means, transform, what a score is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from matching.background import Background
from matching.centres import Centres
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedSet, JudgedText
from matching.ragged import unit
from matching.transform import learn_transform
from matching.tune_calibration import learn_calibration
from matching.types import Embedder, Encoding, Side, Vectors

_ENOUGH: Final = 20
_NEEDS_A_SET: Final = 300
_ANSWERS_A_NEED: Final = 3


def learn_background(sets: Sequence[EncodedSet], embedder: Embedder) -> Background:
    """Means, transform and calibration, every set counting the same however large it is."""
    means = Background({"solution": _means(sets, "solution"), "need": _means(sets, "need")})
    known = replace(means, transform=_learn_transform(sets, means, embedder.dimension))
    return replace(known, calibration=learn_calibration(sets, embedder, known))


def _learn_transform(
    sets: Sequence[EncodedSet], means: Background, dimension: int
) -> Vectors | None:
    pairs = [pair for one in sets for pair in _pairs(one, means, dimension)]
    asked = np.array([query for query, _ in pairs], np.float32).reshape(-1, dimension)
    answering = np.array([document for _, document in pairs], np.float32).reshape(-1, dimension)
    return learn_transform(asked, answering)


def _pairs(one: EncodedSet, means: Background, dimension: int) -> Iterator[tuple[Vectors, Vectors]]:
    """Centred vectors of at most 300 needs of a set, each with its three best answers."""
    needs = Centres("need", dimension, means)
    solutions = Centres("solution", dimension, means)
    for text, encoding in zip(one.judged.documents, one.documents, strict=True):
        solutions.add(text.lang, encoding.vector)
    documents = {
        text.id: (text.lang, encoding.vector)
        for text, encoding in zip(one.judged.documents, one.documents, strict=True)
    }
    judged = _first(one.judged, _NEEDS_A_SET)
    for text, encoding in zip(one.judged.queries, one.queries, strict=True):
        if text.id in judged:
            asked = unit(encoding.vector - needs.of(text.lang))
            for lang, vector in _best(one.judged.judgements[text.id], documents):
                yield asked, unit(vector - solutions.of(lang))
        needs.add(text.lang, encoding.vector)


def _first(judged: JudgedSet, most: int) -> set[str]:
    """Ids of at most `most` needs with an answer, spread evenly over the set."""
    held = [text.id for text in judged.queries if judged.right(text.id)]
    step = max(1.0, len(held) / most)
    return {held[int(place * step)] for place in range(min(most, len(held)))}


def _best(
    grades: Mapping[str, int], documents: Mapping[str, tuple[str, Vectors]]
) -> list[tuple[str, Vectors]]:
    right = [document for document, grade in grades.items() if grade > 0 and document in documents]
    best = sorted(right, key=lambda document: (-grades[document], document))[:_ANSWERS_A_NEED]
    return [documents[document] for document in best]


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
