"""French-English parity: does the language one asks in change the list one gets?

One corpus is asked the same thing twice, in the words of a French text and of its English twin.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.background import Background
from matching.centres import Centres
from matching.embedders import encode_profiles
from matching.evaluation.answering import arrive, fill, listed
from matching.evaluation.judged import JudgedSet, JudgedText
from matching.evaluation.variants import Variant
from matching.types import Embedder

_DEPTH: Final = 10
_PERSISTENCE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Parity:
    """How alike the two lists are, as means over pairs, all 0-1.

    `top1`: the same first result. `overlap10`: shared share of the first ten. `rbo10`: rank-biased
    overlap of the first ten, which looks at their order.
    """

    top1: float
    overlap10: float
    rbo10: float
    pairs: int
    documents: int


def twins(judged: JudgedSet) -> list[tuple[JudgedText, JudgedText]]:
    """(query, best judged document in another language) of each query that has one."""
    documents = {text.id: text for text in judged.documents}
    found = []
    for query in judged.queries:
        grades = judged.judgements.get(query.id, {})
        best = min(judged.right(query.id), key=lambda d: (-grades[d], d), default="")
        twin = documents.get(best)
        if twin and twin.lang != query.lang:
            found.append((query, twin))
    return found


def parity(
    pairs: Sequence[tuple[JudgedText, JudgedText]],
    documents: Sequence[JudgedText],
    embedder: Embedder,
    background: Background,
    ranking: Variant,
) -> Parity:
    """Ask `documents` both texts of each pair. Raises ValueError when there is no pair."""
    if not pairs:
        raise ValueError("There is no pair of a query and its twin in another language.")
    known = ranking.known(background)
    texts = [text.text for text in documents]
    engine = fill(documents, encode_profiles(embedder, "solution", texts), embedder, known)
    lists = []
    for asked in zip(*pairs, strict=True):
        encodings = encode_profiles(embedder, "need", [text.text for text in asked])
        centres = Centres("need", embedder.dimension, known)
        queries = arrive(zip(asked, encodings, strict=True), centres, known, ranking.history)
        answers = (engine.answer(q, engine.corpus.alive, ranking.weights) for q in queries)
        lists.append([[d for d, _ in listed(engine, answer)[:_DEPTH]] for answer in answers])
    return _likeness(list(zip(*lists, strict=True)), len(documents))


def _likeness(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], documents: int) -> Parity:
    return Parity(
        top1=float(np.mean([one[:1] == other[:1] for one, other in pairs])),
        overlap10=float(np.mean([overlap(one, other) for one, other in pairs])),
        rbo10=float(np.mean([rank_biased_overlap(one, other) for one, other in pairs])),
        pairs=len(pairs),
        documents=documents,
    )


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The shared share (0-1) of two lists; 1 when both are empty."""
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1.0


def rank_biased_overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """RBO extrapolated from the depth k of the shorter list, p = 0.9, 0-1.

    (1 - p) / p (sum over d = 1..k of p^d A_d) + p^k A_k, with A_d the overlap of the first d
    (Webber, Moffat and Zobel 2010, equation 32 for lists of one length).
    """
    depth = min(len(one), len(other))
    if not depth:
        return 1.0 if len(one) == len(other) else 0.0
    agreement = np.array([overlap(one[:d], other[:d]) for d in range(1, depth + 1)])
    powers = _PERSISTENCE ** np.arange(1, depth + 1)
    seen = (1 - _PERSISTENCE) / _PERSISTENCE * float(powers @ agreement)
    return seen + float(powers[-1] * agreement[-1])
