"""A small judged set, and how to write others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matching.embedders import encode_profiles
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedSet, JudgedText
from matching.types import Embedder
from tests.matching.fakes import FakeEmbedder, write_judged_set

DOCUMENTS = {
    "leak": "Repérer les fuites du réseau d'eau",
    "bike": "Une piste cyclable pour les vélos",
    "roof": "Isoler la toiture de l'école",
}
QUERIES = {"q1": "une fuite d'eau", "q2": "toiture de l'école à isoler", "q3": "des vélos"}
GRADES = [("q1", "leak", 3), ("q1", "bike", 0), ("q2", "roof", 2), ("q3", "bike", 1)]


def lines(texts: Mapping[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"id": i, "text": text, "lang": "fr", **more} for i, text in texts.items()]


def a_folder(folder: Path, grades: Sequence[tuple[str, str, int]] = GRADES, **more: Any) -> Path:
    return write_judged_set(folder, lines(DOCUMENTS, **more), lines(QUERIES), grades)


def texts(held: Mapping[str, str], lang: str = "fr") -> list[JudgedText]:
    return [JudgedText(name, text, lang) for name, text in held.items()]


def a_set(
    documents: Sequence[JudgedText] | None = None,
    queries: Sequence[JudgedText] | None = None,
    grades: Mapping[str, Mapping[str, int]] | None = None,
    name: str = "set",
) -> JudgedSet:
    judged: dict[str, dict[str, int]] = {}
    for query, document, grade in GRADES:
        judged.setdefault(query, {})[document] = grade
    return JudgedSet(
        texts(DOCUMENTS) if documents is None else documents,
        texts(QUERIES) if queries is None else queries,
        judged if grades is None else grades,
        name,
    )


def encode(judged: JudgedSet, embedder: Embedder | None = None) -> EncodedSet:
    used = embedder or FakeEmbedder()
    return EncodedSet(
        judged,
        encode_profiles(used, "solution", [text.text for text in judged.documents]),
        encode_profiles(used, "need", [text.text for text in judged.queries]),
    )
