"""A database filled through the product, with vectors that cost no encoding."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import numpy as np
from sqlalchemy import Engine, insert, select

from backend.database import create_engine, writing
from backend.matches.matcher import Matcher
from backend.models import Embedding, Need, Solution
from backend.needs.text import need_text
from backend.settings import Settings
from backend.solutions.text import solution_text
from matching.text import text_hash, window_spans
from matching.types import Vectors
from tests.benchmarks.texts import needs, solutions, varied

_NOISE = 0.02
_ENCODED = 64
Kind = Literal["solution", "need"]
_RNG = np.random.default_rng(20_26)


def filled(folder: Path, count: int, models: Path) -> tuple[Settings, Engine, Matcher]:
    """A data folder with `count` solutions and the needs at hand, all with vectors."""
    folder.mkdir(parents=True)
    (folder / "models").symlink_to(models)
    settings = Settings(data_dir=folder)
    engine, matcher = create_engine(settings.url), Matcher(settings)
    _import(count, folder)
    _give_vectors(engine, matcher, "solution")
    _give_vectors(engine, matcher, "need")
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


def _give_vectors(engine: Engine, matcher: Matcher, kind: Kind) -> None:
    with writing(engine) as session:
        if kind == "solution":
            texts = {
                record.id: solution_text(record) for record in session.scalars(select(Solution))
            }
        else:
            texts = {record.id: need_text(record) for record in session.scalars(select(Need))}
        encoded = matcher.encode(kind, list(texts.values())[:_ENCODED])
        base = [np.frombuffer(one.vector, "<f4") for one in encoded]
        rows = [
            {**_embedding(text, base[number % len(base)]), "record_id": record}
            for number, (record, text) in enumerate(texts.items())
        ]
        session.execute(insert(Embedding).values(record_kind=kind, model=matcher.model), rows)


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
