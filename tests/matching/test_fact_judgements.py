"""The judged pairs of facts: well formed, complete, and what the product makes of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from matching.embedders import SentenceTransformerEmbedder
from matching.rank import FACTS
from tests.benchmarks.facts import measure, read_pairs
from tests.benchmarks.rivals import DATA


def ids(file: Path) -> set[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["external_id"] for line in lines}


def test_judged_pairs_name_records_that_exist_and_none_twice() -> None:
    pairs = read_pairs()
    solutions = ids(DATA / "samples" / "solutions.jsonl")
    rivals = ids(DATA / "judgements" / "rivals.jsonl")
    assert not solutions & rivals
    assert {pair.need for pair in pairs} <= ids(DATA / "samples" / "needs.jsonl")
    named = {name for pair in pairs for name in (pair.better, pair.worse)}
    assert named <= solutions | rivals
    assert rivals <= named
    two = Counter((pair.need, frozenset({pair.better, pair.worse})) for pair in pairs)
    assert set(two.values()) == {1}


def test_judged_pairs_cover_every_fact() -> None:
    decided = Counter(pair.fact for pair in read_pairs())
    assert set(decided) == {*FACTS, "text"}
    assert min(decided.values()) >= 6
    assert decided.total() >= 60


@pytest.mark.encoder
def test_facts_bring_the_judged_pairs_into_order_and_spoil_no_subject(
    encoder: SentenceTransformerEmbedder,
) -> None:
    found = measure(encoder)
    assert found["as listed, bands kept"] >= found["texts alone"] + 0.05
    assert found["learned, each need left out"] >= found["texts alone"] + 0.05
    for fact, decided in found["decided by"].items():
        assert decided["with facts"] >= decided["texts alone"], fact
    subject = found["subject nDCG@10"]
    assert subject["with facts"] >= max(subject["texts alone"], 0.7)
    polarities = found["polarities"]
    # An entry is never better for its age alone, and none worse for a reference far away.
    assert polarities["age"].pop("better fits") == 0
    assert polarities["references"].pop("worse misses") == 0
    assert all(count for told in polarities.values() for count in told.values())
