"""A database filled through the product, with vectors of solutions that cost no encoding."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine, insert, select

from backend.database import create_engine, writing
from backend.imports.encode import encode_pending
from backend.matches.matcher import Matcher
from backend.models import Embedding, Solution
from backend.settings import Settings
from backend.solutions.text import solution_text
from matching.text import text_hash, window_spans
from matching.types import Vectors
from tests.benchmarks.texts import needs, solutions, varied

_NOISE = 0.02
_ENCODED = 64
_RNG = np.random.default_rng(20_26)


def filled(folder: Path, count: int, models: Path) -> tuple[Settings, Engine, Matcher]:
    """A data folder with `count` solutions and the needs at hand, all with vectors.

    The needs are few and encoded by the product: what they ask for one by one is kept as well.
    """
    folder.mkdir(parents=True)
    (folder / "models").symlink_to(models)
    settings = Settings(data_dir=folder)
    engine, matcher = create_engine(settings.url), Matcher(settings)
    _import(count, folder)
    _give_vectors(engine, matcher)
    encode_pending(engine, matcher)
    return settings, engine, matcher


def _import(count: int, folder: Path) -> None:
    environment = {**os.environ, "PASSERELLE_DATA_DIR": str(folder)}
    for kind, records in (("solutions", varied(solutions(), count)), ("needs", needs())):
        file = folder / f"{kind}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
        command = [sys.executable, "-m", "backend.cli", "import", kind, str(file)]
        subprocess.run(
            [*command, "--defer-encoding", "--json"],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _give_vectors(engine: Engine, matcher: Matcher) -> None:
    with writing(engine) as session:
        texts = {record.id: solution_text(record) for record in session.scalars(select(Solution))}
        encoded = matcher.encode("solution", list(texts.values())[:_ENCODED])
        base = [np.frombuffer(one.vector, "<f4") for one in encoded]
        rows = [
            {**_embedding(text, base[number % len(base)]), "record_id": record}
            for number, (record, text) in enumerate(texts.items())
        ]
        kept = insert(Embedding).values(record_kind="solution", model=matcher.model)
        session.execute(kept, rows)


def _embedding(text: str, vector: Vectors) -> dict[str, Any]:
    """Real vectors with noise: encoding 10,000 texts would take an hour and tell nothing more."""
    spans = window_spans(text)
    whole = near(vector[None])
    windows = near(np.repeat(whole, len(spans), axis=0))
    return {
        "text_hash": text_hash(text),
        "dimension": len(vector),
        "vector": whole.tobytes(),
        "windows": windows.tobytes() if spans else None,
        "spans": [list(span) for span in spans],
    }


def near(vectors: Vectors) -> Vectors:
    """Unit vectors beside the given ones, shape kept."""
    moved = vectors + _RNG.normal(0, _NOISE, vectors.shape)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), "<f4")
