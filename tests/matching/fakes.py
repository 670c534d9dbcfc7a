"""Hand-written stand-ins and factories for the ranking library's tests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from matching.background import Background
from matching.corpus import Corpus
from matching.embedders import encode_profiles
from matching.indexes.faiss import FaissIndex
from matching.perimeters import Perimeters
from matching.ragged import unit
from matching.rank import Query, make_query
from matching.text import fold
from matching.types import Encoding, Facts, Index, Profile, Side, Vectors

DIMENSION = 32

# The EPCI "across" lies in two départements; the commune "twice" in two EPCI; "island" in none.
TERRITORIES = [
    ("commune:a", "epci:across", "departement:1", "region:1"),
    ("commune:b", "epci:across", "departement:2", "region:1"),
    ("commune:c", "epci:east", "departement:2", "region:1"),
    ("commune:d", "epci:south", "departement:3", "region:2"),
    ("commune:twice", "epci:east", "departement:2", "region:1"),
    ("commune:twice", "epci:south", "departement:2", "region:1"),
    ("commune:island", None, "departement:4", None),
    (None, "epci:ghost", "departement:1", "region:1"),
]
PERIMETERS = Perimeters(TERRITORIES)


class FakeEmbedder:
    """Sums a fixed direction a word, and one that all texts share: texts sharing words are near.

    A word of `same_as` counts as another one, so that two languages can meet.
    """

    name = "fake"
    dimension = DIMENSION

    def __init__(self, same_as: dict[str, str] | None = None) -> None:
        self.same_as = same_as or {}
        self.encoded: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "every need")

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "every solution")

    def _encode(self, texts: Sequence[str], common: str) -> Vectors:
        self.encoded.extend(texts)
        vectors = [self._sum(text) + 2 * direction(common) for text in texts]
        return unit(np.array(vectors, np.float32).reshape(-1, DIMENSION))

    def _sum(self, text: str) -> Vectors:
        words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
        total = np.zeros(DIMENSION, np.float32)
        for word in words:
            total += direction(self.same_as.get(word, word))
        return total / max(float(np.linalg.norm(total)), 1e-9) if words else total


@cache
def direction(word: str) -> Vectors:
    """A unit vector that depends on the word alone."""
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "little")
    return unit(np.random.default_rng(seed).normal(size=DIMENSION).astype(np.float32))


def a_profile(record: str, text: str, lang: str = "fr", **facts: Any) -> Profile:
    return Profile(record, text, lang, Facts(**facts))


def encoded(text: str, side: Side = "solution") -> Encoding:
    return encode_profiles(FakeEmbedder(), side, [text])[0]


def a_corpus(
    profiles: Iterable[Profile] = (),
    *,
    side: Side = "solution",
    background: Background | None = None,
    make_index: Callable[[int], Index] = FaissIndex,
    embedder: FakeEmbedder | None = None,
) -> Corpus:
    corpus = Corpus(side, DIMENSION, background or Background(), make_index)
    held = list(profiles)
    texts = [profile.text for profile in held]
    vectors = encode_profiles(embedder or FakeEmbedder(), side, texts)
    for profile, encoding in zip(held, vectors, strict=True):
        corpus.upsert(profile, encoding)
    return corpus


def a_query(
    text: str, lang: str = "fr", side: Side = "need", embedder: FakeEmbedder | None = None
) -> Query:
    vector = encode_profiles(embedder or FakeEmbedder(), side, [text])[0].vector
    common = direction("every need" if side == "need" else "every solution")
    return make_query(text, lang, vector, common * np.float32(vector @ common))


def write_judged_set(
    folder: Path,
    documents: Iterable[Mapping[str, Any]],
    queries: Iterable[Mapping[str, Any]],
    grades: Iterable[tuple[str, str, int]],
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, records in (("corpus.jsonl", documents), ("queries.jsonl", queries)):
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        (folder / name).write_text("".join(lines), encoding="utf-8")
    judged = "".join(f"{query}\t{document}\t{grade}\n" for query, document, grade in grades)
    (folder / "qrels.tsv").write_text(judged, encoding="utf-8")
    return folder
