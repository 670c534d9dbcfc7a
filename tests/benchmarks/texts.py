"""Texts to measure with: real ones where they are at hand, else the demo records."""

import csv
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from matching.text import sentence_spans

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data"
_MOST_CHARACTERS = 2_500


def solutions() -> list[dict[str, Any]]:
    """Title, description and language of solutions."""
    return list(_real_solutions()) if REAL.is_dir() else _demo("solutions")


def needs() -> list[dict[str, Any]]:
    """Title, description and language of needs."""
    file = REAL / "eval" / "beta_problem2solution" / "queries.jsonl"
    if not file.is_file():
        return _demo("needs")
    texts = [(record["text"], record["lang"]) for record in _lines(file)]
    return [_record(text[:80], text[:_MOST_CHARACTERS], lang) for text, lang in texts]


def sentences() -> list[str]:
    """One-line projects, some 20 tokens each."""
    file = REAL / "needs" / "local_projects_sample.jsonl"
    if file.is_file():
        return [record["text"] for record in _lines(file)]
    return [record["title"] for record in _demo("needs") + _demo("solutions")]


def pool() -> list[tuple[str, str]]:
    """Sentences with their language, to make long texts of."""
    cut = [
        (record["description"][start:stop], record["lang"])
        for record in solutions()
        for start, stop in sentence_spans(record["description"])
    ]
    return [(text, lang) for text, lang in cut if lang in {"fr", "en"}] + [
        (text, "fr") for text in _project_lines()
    ]


def _project_lines() -> list[str]:
    """Some 99,000 lines, so that the vocabulary is as rich as that of real records."""
    file = REAL / "needs" / "local_projects_2018_2024.csv.gz"
    if not file.is_file():
        return sentences()
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        return [row["intitule"] for row in csv.DictReader(lines) if row["intitule"]]


def varied(records: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """`records` over and over, from the second time on with their words in another order."""
    shuffle = random.Random(20_26).shuffle
    for number in range(count):
        record = dict(records[number % len(records)])
        if number >= len(records):
            words = record["description"].split()
            shuffle(words)
            record["description"] = " ".join(words)
        yield {**record, "external_id": f"bench-{number}"}


def _real_solutions() -> Iterator[dict[str, Any]]:
    for record in _lines(REAL / "solutions" / "beta_gouv_startups.jsonl"):
        body = "\n".join(section["text"] for section in record["sections"])
        yield _record(record["title"], f"{record['mission']}\n{body}", "fr")
    for record in _lines(REAL / "solutions" / "digital_public_goods.jsonl"):
        yield _record(record["name"], record["description"], "en")
    for record in _lines(REAL / "solutions" / "aides_territoires.jsonl"):
        yield _record(record["name"], record["description"], "fr")


def _demo(kind: str) -> list[dict[str, Any]]:
    records = _lines(ROOT / "data" / "samples" / f"{kind}.jsonl")
    return [_record(r["title"], r["description"], r["lang"]) for r in records]


def _record(title: str, description: str, lang: str) -> dict[str, Any]:
    body = description[:_MOST_CHARACTERS] or title
    return {"title": title[:200], "description": body, "lang": lang}


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
