"""The numpy reference: what every other index is compared with."""

import numpy as np

from matching.types import Hit, Mask, Rows, Vectors


class ExactIndex:
    """All inner products, sorted; ties by the lower id."""

    def __init__(self, dimension: int) -> None:
        self._ids = np.empty(0, np.int64)
        self._vectors = np.empty((0, dimension), np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def upsert(self, ids: Rows, vectors: Vectors) -> None:
        """Add vectors, shape (n, d), replacing those of ids already known; the last one counts."""
        last = {int(row): position for position, row in enumerate(ids)}
        self.remove(ids)
        kept = np.fromiter(last.values(), np.int64, len(last))
        self._ids = np.concatenate([self._ids, ids[kept]])
        self._vectors = np.concatenate([self._vectors, vectors[kept]])

    def remove(self, ids: Rows) -> None:
        """Forget ids; unknown ones are ignored."""
        kept = ~np.isin(self._ids, ids)
        self._ids, self._vectors = self._ids[kept], self._vectors[kept]

    def search(self, vectors: Vectors, k: int, only: Mask | None = None) -> list[list[Hit]]:
        """The k best of `only` for each vector, fewer when there are fewer."""
        kept = np.ones(len(self), bool) if only is None else _allowed(self._ids, only)
        ids, scores = self._ids[kept], vectors @ self._vectors[kept].T
        return [_best(ids, row, k) for row in scores]


def _allowed(ids: Rows, only: Mask) -> Mask:
    known = ids < len(only)
    known[known] = only[ids[known]]
    return known


def _best(ids: Rows, scores: Vectors, k: int) -> list[Hit]:
    order = np.lexsort((ids, -scores))[:k]
    return [Hit(int(ids[i]), float(scores[i])) for i in order]
