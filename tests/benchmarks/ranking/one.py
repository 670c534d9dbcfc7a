"""One ranker on all sets, in a process of its own."""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil

from matching.evaluation.encoded import EncodedSet
from matching.evaluation.measures import measure
from tests.benchmarks.ranking.rankers import (
    Bm25,
    Cosine,
    Found,
    Fused,
    Passerelle,
    Ranker,
    TxtaiHybrid,
)
from tests.benchmarks.ranking.vectors import ReadEmbedder, known_of, read

_MEGABYTE: Final = 1e6
Build = Callable[[EncodedSet], Ranker]
PASSERELLE: Final = {"passerelle": True, "passerelle_as_shipped": False}
PEERS: Final[dict[str, Build]] = {
    "bm25": Bm25,
    "e5_faiss": Cosine,
    "rrf": Fused,
    "txtai_hybrid": TxtaiHybrid,
}


def measure_one(name: str, data: Path, folder: Path) -> dict[str, Any]:
    """nDCG@10 a set; seconds to index all; milliseconds a query; megabytes of all the indexes."""
    sets = read(data, folder)
    build = PEERS[name] if name in PEERS else _passerelle(folder, PASSERELLE[name])
    # Libraries are loaded, and the first queries' work is done, before anything is measured.
    build(sets[0]).ask(0)
    before = _resident()
    began = time.perf_counter()
    rankers = [build(one) for one in sets]
    indexing = time.perf_counter() - began
    asked = [_ask_all(ranker, one) for ranker, one in zip(rankers, sets, strict=True)]
    return {
        "sets": {
            one.judged.name: measure(one.judged, run, sum(times)).ndcg10
            for one, (run, times) in zip(sets, asked, strict=True)
        },
        "index_s": round(indexing, 2),
        "query_p50_ms": round(float(np.median([t for _, times in asked for t in times])) * 1000, 2),
        "memory_mb": round(_resident() - before, 1),
    }


def _passerelle(folder: Path, apart: bool) -> Build:
    embedder = ReadEmbedder(folder)

    def build(encoded: EncodedSet) -> Ranker:
        known = known_of(encoded.judged, folder, apart, embedder.name)
        return Passerelle(encoded, embedder, known)

    return build


def _ask_all(ranker: Ranker, encoded: EncodedSet) -> tuple[dict[str, Found], list[float]]:
    run, times = {}, []
    ranker.ask(0)
    for number, query in enumerate(encoded.judged.queries):
        began = time.perf_counter()
        run[query.id] = ranker.ask(number)
        times.append(time.perf_counter() - began)
    return run, times


def _resident() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / _MEGABYTE


if __name__ == "__main__":
    name, data, folder = sys.argv[1:]
    sys.stdout.write(json.dumps(measure_one(name, Path(data), Path(folder))))
