"""Judged sets with their vectors; each distinct text is encoded once a process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.embedders import encode_profiles
from matching.evaluation.judged import JudgedSet, read_judged_set
from matching.types import Embedder, Encoding, Side, Vectors


@dataclass(frozen=True, slots=True)
class EncodedSet:
    """A judged set with the vectors of its documents and queries."""

    judged: JudgedSet
    documents: Sequence[Encoding]
    queries: Sequence[Encoding]


class CachedEmbedder:
    """An embedder that remembers: judged sets share corpora, and rankers share sets."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[tuple[Side, str], Vectors] = {}

    @property
    def name(self) -> str:
        return self._embedder.name

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """As the embedder's."""
        return self._encode("need", self._embedder.encode_query, texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """As the embedder's."""
        return self._encode("solution", self._embedder.encode_document, texts)

    def _encode(
        self, side: Side, encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str]
    ) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if (side, text) not in self._known]
        if new:
            self._known.update(
                ((side, text), vector) for text, vector in zip(new, encode(new), strict=True)
            )
        vectors = [self._known[side, text] for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)


def encode_set(folder: Path, embedder: Embedder) -> EncodedSet:
    """Read and encode one judged set. Raises JudgedSetError."""
    judged = read_judged_set(folder)
    return EncodedSet(
        judged,
        encode_profiles(embedder, "solution", [text.text for text in judged.documents]),
        encode_profiles(embedder, "need", [text.text for text in judged.queries]),
    )
