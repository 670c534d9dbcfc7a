"""The rankers, each as an index that is built once and asked query by query."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np

from matching.background import Background
from matching.evaluation.answering import fill_set, listed
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedText
from matching.evaluation.variants import Variant
from matching.text import content_words
from matching.types import Embedder, Encoding, Vectors

DEPTH: Final = 100
_RRF: Final = 60
Found: TypeAlias = list[tuple[str, float]]


class Ranker(ABC):
    """Built over the documents of a set; `ask` gives the best for a query, by its number."""

    @abstractmethod
    def ask(self, number: int) -> Found:
        """(document, score) of the hundred best, best first."""


class Bm25(Ranker):
    """bm25s over Snowball stems, our stop words out."""

    def __init__(self, encoded: EncodedSet) -> None:
        import bm25s

        self._judged = encoded.judged
        self._depth = min(DEPTH, len(encoded.documents))
        self._index = bm25s.BM25(k1=1.5, b=0.75)
        self._index.index([_stems(text) for text in encoded.judged.documents], show_progress=False)

    def ask(self, number: int) -> Found:
        stems = _stems(self._judged.queries[number])
        rows, scores = self._index.retrieve([stems], k=self._depth, show_progress=False)
        pairs = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        return [(self._judged.documents[row].id, score) for row, score in pairs if score > 0]


def _stems(text: JudgedText) -> list[str]:
    return [stem for stem, _ in content_words(text.text, text.lang)]


class Cosine(Ranker):
    """Plain sentence-transformers vectors in a flat FAISS index."""

    def __init__(self, encoded: EncodedSet) -> None:
        import faiss

        self._judged = encoded.judged
        self._queries = _vectors(encoded.queries)
        self._depth = min(DEPTH, len(encoded.documents))
        self._index = faiss.IndexFlatIP(self._queries.shape[1])
        self._index.add(_vectors(encoded.documents))

    def ask(self, number: int) -> Found:
        scores, rows = self._index.search(self._queries[number : number + 1], self._depth)
        pairs = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        return [(self._judged.documents[row].id, score) for row, score in pairs]


def _vectors(encodings: Sequence[Encoding]) -> Vectors:
    return np.array([encoding.vector for encoding in encodings], np.float32)


class Fused(Ranker):
    """Reciprocal rank fusion of the two, k = 60 (Cormack, Clarke and Büttcher 2009)."""

    def __init__(self, encoded: EncodedSet) -> None:
        self._both = Bm25(encoded), Cosine(encoded)

    def ask(self, number: int) -> Found:
        scores: dict[str, float] = defaultdict(float)
        for ranker in self._both:
            for place, (document, _) in enumerate(ranker.ask(number), start=1):
                scores[document] += 1 / (_RRF + place)
        return sorted(scores.items(), key=lambda pair: -pair[1])[:DEPTH]


class TxtaiHybrid(Ranker):
    """txtai with its hybrid option as it comes, given the same vectors."""

    def __init__(self, encoded: EncodedSet) -> None:
        from txtai import Embeddings

        self._judged = encoded.judged
        self._queries = _by_text(encoded.judged.queries, encoded.queries)
        self._known = _by_text(encoded.judged.documents, encoded.documents)

        def transform(texts: Sequence[str]) -> Vectors:
            return np.array([self._known[text] for text in texts], np.float32)

        # txtai takes a plain function; a method it would call without arguments.
        self._index = Embeddings(
            {"method": "external", "transform": transform, "hybrid": True, "content": False}
        )
        self._index.index([(text.id, text.text, None) for text in encoded.judged.documents])
        self._known = self._queries

    def ask(self, number: int) -> Found:
        found: list[Any] = self._index.search(self._judged.queries[number].text, DEPTH)
        return [(str(document), float(score)) for document, score in found]


def _by_text(texts: Sequence[JudgedText], encodings: Sequence[Encoding]) -> Mapping[str, Vectors]:
    return {text.text: one.vector for text, one in zip(texts, encodings, strict=True)}


class Passerelle(Ranker):
    """The product: its own engine, the queries arriving one after the other."""

    def __init__(self, encoded: EncodedSet, embedder: Embedder, known: Background) -> None:
        self._weights = Variant().weights
        self._filled = fill_set(encoded, embedder, known, Variant())

    def ask(self, number: int) -> Found:
        engine, query = self._filled.engine, self._filled.queries[number]
        return listed(engine, engine.answer(query, engine.corpus.alive, self._weights))
