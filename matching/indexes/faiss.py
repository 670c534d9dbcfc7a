"""FAISS in the process: exact inner product over float32, to about 200,000 vectors."""

import faiss
import numpy as np

from matching.types import Hit, Mask, Rows, Vectors


class FaissIndex:
    """A flat index: HNSW cannot remove ids, and at this size flat is as quick and exact."""

    def __init__(self, dimension: int) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def upsert(self, ids: Rows, vectors: Vectors) -> None:
        """Add vectors, shape (n, d), replacing those of ids already known; the last one counts."""
        last = {int(row): position for position, row in enumerate(ids)}
        kept = np.fromiter(last.values(), np.int64, len(last))
        if len(self):
            self.remove(ids)
        if len(kept):
            self._index.add_with_ids(np.ascontiguousarray(vectors[kept]), ids[kept])

    def remove(self, ids: Rows) -> None:
        """Forget ids; unknown ones are ignored."""
        if len(ids) and len(self):
            self._index.remove_ids(faiss.IDSelectorBatch(np.ascontiguousarray(ids, np.int64)))

    def search(self, vectors: Vectors, k: int, only: Mask | None = None) -> list[list[Hit]]:
        """The k best of `only` for each vector, fewer when there are fewer."""
        if not len(self) or k < 1 or (only is not None and not only.any()):
            return [[] for _ in vectors]
        scores, ids = self._search(np.ascontiguousarray(vectors), min(k, len(self)), only)
        return [
            [Hit(int(i), float(s)) for i, s in zip(*pair, strict=True) if i >= 0]
            for pair in zip(ids, scores, strict=True)
        ]

    def _search(self, vectors: Vectors, k: int, only: Mask | None) -> tuple[Vectors, Rows]:
        parameters = faiss.SearchParameters()
        if only is not None:
            # The selector keeps a bare pointer to `bits`, which lives until the search is over, and
            # counts in bytes: told the number of rows it would read past the end.
            bits = np.packbits(only, bitorder="little")
            parameters.sel = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
        # Waking a second thread costs more than searching for one query among some 200,000
        # vectors. OpenMP keeps this number by thread: said here, it holds in any of them.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(vectors, k, params=parameters)
        return scores, ids
