"""nDCG@10 on `data/judgements/qrels.tsv`: judgements that look at the subject only."""

from collections.abc import Callable, Iterable

import numpy as np

from matching.rank import Weights
from tests.benchmarks.demo import Demo
from tests.benchmarks.rivals import DATA


def mean_ndcg(order: Callable[[str], list[str]]) -> float:
    """The mean over needs that have an answer; `order` gives a need's solutions, best first."""
    grades: dict[str, dict[str, int]] = {}
    for row in (DATA / "judgements" / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        need, solution, grade = row.split("\t")
        grades.setdefault(need, {})[solution] = int(grade)
    found = [
        _gain(known.get(name, 0) for name in order(need)) / _gain(sorted(known.values())[::-1])
        for need, known in grades.items()
        if max(known.values()) >= 2
    ]
    return round(float(np.mean(found)), 4)


def ndcg_of(demo: Demo, weights: Weights) -> float:
    """That of the demo records, by texts alone."""
    ids = demo.corpus.ids
    return mean_ndcg(lambda need: [ids[row] for row in demo.ranked(need, weights).rows.tolist()])


def _gain(grades: Iterable[int]) -> float:
    first = np.array(list(grades)[:10])
    return float(np.sum((2.0**first - 1) / np.log2(np.arange(len(first)) + 2)))
