"""`GET /needs/{id}/matches` over HTTP, beside a raw FAISS flat search of the same vectors."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import faiss
import httpx
import numpy as np
from sqlalchemy import select

from backend.database import reading
from backend.models import Embedding, Need
from matching.types import Vectors
from tests.benchmarks.filled import filled

_REQUESTS = 120
_START_SECONDS = 120.0


def measure(folder: Path, count: int, models: Path) -> dict[str, Any]:
    """A server of its own with `count` solutions: latency in milliseconds, p50 and p95."""
    _, engine, _ = filled(folder, count, models)
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
        "raw_faiss_flat_ms": percentiles(raw),
        "first_view_ms": percentiles(first),
        "seen_before_ms": percentiles(again),
        "p50_above_raw_faiss_ms": round(float(np.median(first) - np.median(raw)), 2),
    }


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


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """p50 and p95, to a hundredth."""
    return {f"p{p}": round(float(np.percentile(times, p)), 2) for p in (50, 95)}
