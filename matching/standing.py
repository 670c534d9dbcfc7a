"""What would have changed a candidate's place: a counterfactual from the signals that ranked it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Final

from matching.answering import Answers
from matching.evidence import PARTLY_FROM
from matching.rank import Ranked, Weights
from matching.types import Band, Mask, Reason

# The median cosine of a criterion and a passage that answers it (tests.benchmarks.evidence).
_ANSWERING_COSINE: Final = 0.24
_NEARLY_LEVEL: Final = 0.01
# "Its text is less close" is what any lower place means.
_SAYS_NOTHING: Final = ("dense", "passage")
_OF_WORDS: Final = ("words", "grams")
_COUNTED: Final = ("essential", "desirable", "outcome")


@dataclass(frozen=True, slots=True)
class Placed:
    """One place of a list: its score, its band, and its signals times their weights.

    `heard`: in the language of what is asked for, so that its words could be compared.
    """

    id: str
    score: float
    band: Band
    parts: Mapping[str, float]
    heard: bool = True


def placed(
    candidates: Mapping[str, int],
    ranked: Ranked,
    bands: Sequence[Band],
    weights: Weights,
    heard: Mask,
) -> list[Placed]:
    """The places of a list: `candidates` are its records in order, with their place by score.

    `heard`, shape (n,), says which of the ranked are in the language of what is asked for.
    """
    counted = asdict(weights)
    parts = {name: counted[name] * values for name, values in ranked.signals.items()}
    return [
        Placed(
            record,
            float(ranked.scores[at]),
            bands[at],
            {name: float(values[at]) for name, values in parts.items()},
            bool(heard[at]),
        )
        for record, at in candidates.items()
    ]


def standing_reasons(
    listed: Sequence[Placed], answers: Answers, criteria_weight: float
) -> dict[str, Reason]:
    """For each candidate, the one thing that would most plainly have put it higher, if any.

    An unanswered criterion that, answered, would have lifted it past the one above; else the
    signal that it lost most by. Nothing for the first, nor for one that is uncertain anyway: one
    sentence more would not make it an answer.
    """
    reasons: dict[str, Reason] = {}
    for rank, (above, here) in enumerate(pairwise(listed), start=2):
        if here.band == "uncertain":
            continue
        reason = _missing(listed, rank, answers, criteria_weight) or _lost_by(above, here, rank)
        if reason:
            reasons[here.id] = reason
    return reasons


def _missing(listed: Sequence[Placed], rank: int, answers: Answers, weight: float) -> Reason | None:
    """The first unanswered criterion, essential before desirable, that decides a place.

    Answered, its cosine would be that of an answer, and the score would rise by weight (that less
    its cosine) / criteria. The sentence would also bring the whole text nearer: a cautious guess.
    """
    here = listed[rank - 1]
    wished = [a for a in answers.get(here.id, ()) if a.aspect.kind in _COUNTED]
    for answer in wished:
        gain = weight * max(0.0, _ANSWERING_COSINE - answer.cosine) / len(wished)
        reached = sum(place.score >= here.score + gain for place in listed[: rank - 1]) + 1
        if answer.strength < PARTLY_FROM and reached < rank:
            values = {"rank": float(rank), "reached": float(reached)}
            aspect = answer.aspect
            return Reason(
                "place", "unknown", ("criteria",), values=values, aspect=aspect.text,
                aspect_kind=aspect.kind,
            )  # fmt: skip
    return None


def _lost_by(above: Placed, here: Placed, rank: int) -> Reason | None:
    """The signal by which a candidate stands below the one above, when it is one most of all.

    Words are no reason between two languages: they were not compared.
    """
    if above.score - here.score < _NEARLY_LEVEL:
        return None
    lost = {name: above.parts[name] - here.parts.get(name, 0.0) for name in above.parts}
    signal = max(sorted(lost), key=lost.__getitem__)
    gap = above.score - here.score
    compared = signal not in _OF_WORDS or (above.heard and here.heard)
    if lost[signal] < gap / 2 or signal in _SAYS_NOTHING or not compared:
        return None
    values = {"rank": float(rank), "lost": round(lost[signal], 4)}
    return Reason("place", "unknown", (signal,), values=values)
