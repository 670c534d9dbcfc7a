"""Lists for the queries of a judged set: the product's own ranking, on text and language alone.

Queries arrive in the order of the file, each counting in the centre of those after it.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from matching.background import Background
from matching.centres import Centres
from matching.corpus import Corpus
from matching.engine import Calibrated, Engine
from matching.evaluation.encoded import EncodedSet
from matching.evaluation.judged import JudgedText
from matching.evaluation.measures import Run
from matching.evaluation.variants import Variant
from matching.rank import Query, Weights, make_query
from matching.types import Embedder, Encoding, Mask, Profile

DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """An engine over the documents of a judged set, and its queries ready to be asked.

    `centres` are those of the asking side once all the queries have arrived.
    """

    encoded: EncodedSet
    engine: Engine
    queries: Sequence[Query]
    centres: Centres

    def without(self, records: set[str]) -> Mask:
        """The rows of all documents but these."""
        corpus = self.engine.corpus
        only = corpus.alive.copy()
        only[corpus.rows([record for record in records if record in corpus])] = False
        return only


@dataclass(frozen=True, slots=True)
class Answers:
    """The lists of a set's queries, the seconds they took, and the signals they carry."""

    run: Run
    seconds: float
    signals: frozenset[str]


def fill(
    documents: Sequence[JudgedText],
    encodings: Sequence[Encoding],
    embedder: Embedder,
    background: Background,
) -> Engine:
    """An engine over the documents."""
    corpus = Corpus("solution", embedder.dimension, background)
    for document, encoding in zip(documents, encodings, strict=True):
        profile = Profile(document.id, document.text, document.lang)
        corpus.upsert(profile, background.project_encoding(encoding))
    return Engine(corpus, embedder, background)


def fill_set(
    encoded: EncodedSet, embedder: Embedder, background: Background, variant: Variant
) -> Filled:
    """Everything that comes before the first list of a variant."""
    known = variant.known(background)
    engine = fill(encoded.judged.documents, encoded.documents, embedder, known)
    centres = Centres("need", embedder.dimension, known)
    asked = zip(encoded.judged.queries, encoded.queries, strict=True)
    queries = list(arrive(asked, centres, known, variant.history))
    return Filled(encoded, engine, queries, centres)


def arrive(
    asked: Iterable[tuple[JudgedText, Encoding]],
    centres: Centres,
    background: Background,
    history: bool,
) -> Iterator[Query]:
    """Queries in their order of arrival, each centred with those before it, or with none."""
    for text, encoding in asked:
        vector = background.project(encoding.vector)
        yield make_query(text.text, text.lang, vector, centres.of(text.lang))
        if history:
            centres.add(text.lang, vector)


def ask_all(filled: Filled, weights: Weights) -> Answers:
    """The lists of a set's queries; encoding was done before."""
    engine, signals = filled.engine, set[str]()
    for lang in {query.lang for query in filled.queries}:
        engine.null(lang, weights)  # encodes the probes, once a process in the service
    began = time.perf_counter()
    run = {}
    for text, query in zip(filled.encoded.judged.queries, filled.queries, strict=True):
        answered = engine.answer(query, engine.corpus.alive, weights)
        run[text.id] = listed(engine, answered)
        signals |= answered.ranked.signals.keys()
    return Answers(run, time.perf_counter() - began, frozenset(signals))


def listed(engine: Engine, answered: Calibrated) -> list[tuple[str, float]]:
    """(document, score) of the hundred best."""
    ranked = answered.ranked
    best = zip(ranked.rows[:DEPTH].tolist(), ranked.scores[:DEPTH].tolist(), strict=True)
    return [(engine.corpus.ids[row], score) for row, score in best]
