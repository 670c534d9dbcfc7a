"""`GET /needs/{id}/matches` over HTTP, beside a raw FAISS flat search of the same vectors."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import faiss
import httpx
import numpy as np
from sqlalchemy import Engine, insert, select

from backend.database import create_engine, reading, writing
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
_REQUESTS = 120
_START_SECONDS = 120.0
Kind = Literal["solution", "need"]
_RNG = np.random.default_rng(20_26)


def measure(folder: Path, count: int, models: Path) -> dict[str, Any]:
    """A server of its own with `count` solutions: latency in milliseconds, p50 and p95."""
    folder.mkdir(parents=True)
    (folder / "models").symlink_to(models)
    settings = Settings(data_dir=folder)
    engine = create_engine(settings.url)
    _fill(engine, settings, count, folder)
    with reading(engine) as session:
        subjects = list(session.scalars(select(Need.id)))[:_REQUESTS]
        stored = {
            kind: [
                np.frombuffer(vector, "<f4")
                for vector in session.scalars(
                    select(Embedding.vector).where(Embedding.record_kind == kind)
                )
            ]
            for kind in ("solution", "need")
        }
    engine.dispose()
    raw = _raw_search(np.array(stored["solution"]), np.array(stored["need"][:_REQUESTS]))
    with serving(folder) as address:
        first, again = (_requests(address, subjects) for _ in range(2))
    return {
        "solutions": count,
        "raw_faiss_flat_ms": _percentiles(raw),
        "first_view_ms": _percentiles(first),
        "seen_before_ms": _percentiles(again),
        "p50_above_raw_faiss_ms": round(float(np.median(first) - np.median(raw)), 2),
    }


def _fill(engine: Engine, settings: Settings, count: int, folder: Path) -> None:
    """Import through the product without vectors, then give every record some."""
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
    matcher = Matcher(settings)
    _give_vectors(engine, matcher, "solution")
    _give_vectors(engine, matcher, "need")


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
    whole = _near(vector[None])
    windows = _near(np.repeat(whole, len(spans), axis=0))
    return {
        "text_hash": text_hash(text),
        "dimension": len(vector),
        "vector": whole.tobytes(),
        "windows": windows.tobytes() if spans else None,
        "spans": [list(span) for span in spans],
    }


def _near(vectors: Vectors) -> Vectors:
    moved = vectors + _RNG.normal(0, _NOISE, vectors.shape)
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), "<f4")


def _raw_search(documents: Vectors, queries: Vectors) -> list[float]:
    index = faiss.IndexFlatIP(documents.shape[1])
    index.add(documents)
    times = []
    for query in queries:
        began = time.perf_counter()
        index.search(query[None], 10)
        times.append(1000 * (time.perf_counter() - began))
    return times


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server over `folder`, stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "backend.cli", "serve", "--api-only", "--port", str(port)]
    environment = {**os.environ, "PASSERELLE_DATA_DIR": str(folder)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_ready(address)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_ready(address: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/health", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"the server was not ready within {_START_SECONDS:.0f} s")


def _requests(address: str, subjects: Sequence[str]) -> list[float]:
    times = []
    with httpx.Client(base_url=f"{address}/api/v1", timeout=30) as client:
        client.get("/themes").raise_for_status()
        client.post("/search", json={"text": "énergie", "limit": 1}).raise_for_status()
        for subject in subjects:
            began = time.perf_counter()
            client.get(f"/needs/{subject}/matches").raise_for_status()
            times.append(1000 * (time.perf_counter() - began))
    return times


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    return {f"p{p}": round(float(np.percentile(times, p)), 2) for p in (50, 95)}
