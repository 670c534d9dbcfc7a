"""How good the ranking is on a judged set: corpus.jsonl, queries.jsonl, qrels.tsv in a folder.

The ranking is the product's own and sees `text` and `lang` only; the judgements are read after it.
Queries arrive in the order of the file, each counting in the centre of those after it.
"""

import json
import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.background import Background
from matching.centres import Centres
from matching.corpus import Corpus
from matching.embedders import encode_profiles
from matching.engine import Engine
from matching.rank import RANKERS, Ranker, make_query
from matching.text import detect_language
from matching.types import Embedder, Encoding, Profile, Vectors

_DEPTH = 100
Judgements = Mapping[str, Mapping[str, int]]
Run = Mapping[str, Sequence[tuple[str, float]]]


class JudgedSetError(ValueError):
    """A file of a judged set is missing or malformed; the message names the file and line."""


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A document or a query of a judged set."""

    id: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Documents, queries, and grades (gain 2^grade - 1) by query and document."""

    documents: Sequence[JudgedText]
    queries: Sequence[JudgedText]
    judgements: Judgements


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Means over the queries that have a positive judgement; all 0-1 but the last three."""

    ndcg10: float
    recall10: float
    mrr10: float
    queries_per_second: float
    queries: int
    documents: int


def read_judged_set(folder: Path) -> JudgedSet:
    """Read a folder. Raises JudgedSetError."""
    documents = list(_read_texts(folder / "corpus.jsonl"))
    queries = list(_read_texts(folder / "queries.jsonl"))
    return JudgedSet(documents, queries, _read_judgements(folder / "qrels.tsv"))


def _read_texts(file: Path) -> Iterator[JudgedText]:
    for number, line in _lines(file):
        try:
            record = json.loads(line)
            text = record["text"]
            text.encode()  # a lone surrogate is not text; AttributeError when not a string
            yield JudgedText(str(record["id"]), text, record.get("lang") or detect_language(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JudgedSetError(
                f"{file}, line {number}: expected a JSON object with id and text."
            ) from error


def _read_judgements(file: Path) -> Judgements:
    judgements: dict[str, dict[str, int]] = {}
    for number, line in _lines(file):
        try:
            query, document, grade = line.split("\t")
            judgements.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise JudgedSetError(
                f"{file}, line {number}: expected query, document and grade, with tabs between."
            ) from error
    return judgements


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        with file.open(encoding="utf-8") as lines:
            numbered = enumerate(lines, start=1)
            yield from ((number, line.rstrip("\r\n")) for number, line in numbered if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise JudgedSetError(f"{file} cannot be read: {error}") from error


def run_set(
    judged: JudgedSet, embedder: Embedder, background: Background, ranker: Ranker = "hybrid"
) -> tuple[Run, float]:
    """Rank every query; (the 100 best documents of each with scores, seconds without encoding)."""
    texts = [text.text for text in judged.documents]
    engine = fill(
        judged.documents, encode_profiles(embedder, "solution", texts), embedder, background
    )
    asked = embedder.encode_query([query.text for query in judged.queries])
    for lang in {query.lang for query in judged.queries}:
        engine.null(lang, RANKERS[ranker])  # encodes the probes, once a process in the service
    began = time.perf_counter()
    run = dict(answer(engine, judged.queries, asked, background, ranker))
    return run, time.perf_counter() - began


def fill(
    documents: Sequence[JudgedText],
    encodings: Sequence[Encoding],
    embedder: Embedder,
    background: Background,
) -> Engine:
    """An engine over the documents."""
    corpus = Corpus("solution", embedder.dimension, background)
    for document, encoding in zip(documents, encodings, strict=True):
        corpus.upsert(Profile(document.id, document.text, document.lang), encoding)
    return Engine(corpus, embedder, background)


def answer(
    engine: Engine,
    queries: Sequence[JudgedText],
    vectors: Vectors,
    background: Background,
    ranker: Ranker,
) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """(query, [(document, score), ...]) for each query in its order of arrival."""
    centres = Centres("need", engine.corpus.dimension, background)
    for query, vector in zip(queries, vectors, strict=True):
        asked = make_query(query.text, query.lang, vector, centres.of(query.lang))
        ranked = engine.answer(asked, engine.corpus.alive, RANKERS[ranker]).ranked
        best = zip(ranked.rows[:_DEPTH].tolist(), ranked.scores[:_DEPTH].tolist(), strict=True)
        yield query.id, [(engine.corpus.ids[row], score) for row, score in best]
        centres.add(query.lang, vector)


def measure(judged: JudgedSet, run: Run, seconds: float) -> Evaluation:
    """nDCG@10, recall@10, MRR@10 of a run, as means over the queries with a positive judgement."""
    asked = [
        q.id for q in judged.queries if max(judged.judgements.get(q.id, {}).values(), default=0) > 0
    ]
    graded = [(judged.judgements[query], [d for d, _ in run[query]]) for query in asked]
    return Evaluation(
        ndcg10=_mean([ndcg(grades, found) for grades, found in graded]),
        recall10=_mean([recall(grades, found) for grades, found in graded]),
        mrr10=_mean([reciprocal_rank(grades, found) for grades, found in graded]),
        queries_per_second=len(judged.queries) / seconds if seconds else math.inf,
        queries=len(asked),
        documents=len(judged.documents),
    )


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


def write_run(run: Run, tag: str, file: Path) -> None:
    """Write a TREC run file: `qid Q0 docid rank score tag`, a line a result."""
    lines = (
        f"{query} Q0 {document} {place} {score:.6f} {tag}\n"
        for query, found in run.items()
        for place, (document, score) in enumerate(found, start=1)
    )
    file.write_text("".join(lines), encoding="utf-8")
