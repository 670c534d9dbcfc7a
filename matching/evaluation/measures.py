"""How good a run is against judgements: nDCG@10, recall@10, MRR@10, and their means."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from matching.evaluation.judged import JudgedSet, Tongues
from matching.lexical import Scores

Run: TypeAlias = Mapping[str, Sequence[tuple[str, float]]]
MEANS: Final[Mapping[str, frozenset[Tongues]]] = {
    "all": frozenset({"mono", "cross", "mixed"}),
    "mono": frozenset({"mono"}),
    "cross": frozenset({"cross"}),
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over the queries that have a positive judgement; the first three 0-1."""

    ndcg10: float
    recall10: float
    mrr10: float
    queries_per_second: float
    queries: int
    documents: int
    tongues: Tongues = "mixed"


@dataclass(frozen=True, slots=True)
class Mean:
    """The same over several sets, each counting the same however large it is."""

    ndcg10: float
    recall10: float
    mrr10: float
    sets: int


def measure(judged: JudgedSet, run: Run, seconds: float) -> Evaluation:
    """nDCG@10, recall@10, MRR@10 of a run, as means over the queries with a positive judgement."""
    asked = answerable(judged)
    graded = [(judged.judgements[query], _documents(run, query)) for query in asked]
    return Evaluation(
        ndcg10=_mean([ndcg(grades, found) for grades, found in graded]),
        recall10=_mean([recall(grades, found) for grades, found in graded]),
        mrr10=_mean([reciprocal_rank(grades, found) for grades, found in graded]),
        queries_per_second=len(judged.queries) / seconds if seconds else math.inf,
        queries=len(asked),
        documents=len(judged.documents),
        tongues=judged.tongues,
    )


def means(measured: Iterable[Evaluation]) -> dict[str, Mean]:
    """Means over all sets, over those within one language, and over those across languages."""
    held = list(measured)
    by_name = {name: [one for one in held if one.tongues in of] for name, of in MEANS.items()}
    return {name: _mean_of(among) for name, among in by_name.items() if among}


def _mean_of(among: Sequence[Evaluation]) -> Mean:
    return Mean(
        ndcg10=_mean([one.ndcg10 for one in among]),
        recall10=_mean([one.recall10 for one in among]),
        mrr10=_mean([one.mrr10 for one in among]),
        sets=len(among),
    )


def ndcgs(judged: JudgedSet, run: Run) -> Scores:
    """nDCG@10 of each query that has a positive judgement, in the order of the set."""
    asked = answerable(judged)
    return np.array([ndcg(judged.judgements[query], _documents(run, query)) for query in asked])


def answerable(judged: JudgedSet) -> list[str]:
    """The queries that have a positive judgement."""
    return [query.id for query in judged.queries if judged.right(query.id)]


def _documents(run: Run, query: str) -> list[str]:
    return [document for document, _ in run.get(query, ())]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0


def ndcg(grades: Mapping[str, int], found: Sequence[str], k: int = 10) -> float:
    """Discounted gain of the first k over the best possible, 0-1 (Jarvelin and Kekalainen 2002).

    Gain 2^grade - 1, discount log2(place + 1).
    """
    ideal = _discounted(sorted(grades.values(), reverse=True)[:k])
    return (
        _discounted([grades.get(document, 0) for document in found[:k]]) / ideal if ideal else 0.0
    )


def _discounted(grades: Sequence[int]) -> float:
    gains = ((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
    return float(sum(gains))


def recall(grades: Mapping[str, int], found: Sequence[str], k: int = 10) -> float:
    """The share of the positively judged documents among the first k."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant & set(found[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(grades: Mapping[str, int], found: Sequence[str], k: int = 10) -> float:
    """1 / place of the first positively judged document among the first k, else 0."""
    places = (1 / place for place, d in enumerate(found[:k], start=1) if grades.get(d, 0) > 0)
    return next(places, 0.0)
