"""Why a need and a solution match, from the list in which one was found."""

from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from backend.matches.schemas import ReasonOut
from backend.matches.wording import Candidate, word
from backend.messages import Language
from backend.models import Introduction, Snapshot
from backend.problems import InvalidField

# Nothing in these is told of where an anonymous need is.
PLACES = frozenset({"perimeter", "place", "population", "references"})


def rank_in(
    session: Session, snapshot_id: str | None, need_id: str, solution_id: str
) -> int | None:
    """The place of one in the kept list of the other, from 1; None without a list.

    Raises InvalidField (422) when that list does not hold this pair.
    """
    if snapshot_id is None:
        return None
    result = _result(session.get(Snapshot, snapshot_id), need_id, solution_id)
    if result is None:
        raise InvalidField("snapshot_id", "other_list")
    return result[0]


def reasons(
    session: Session, introduction: Introduction, language: Language, *, place: bool
) -> list[ReasonOut]:
    """The reasons of that list in `language`; without `place`, none that tells where."""
    if introduction.snapshot_id is None:
        return []
    snapshot = session.get(Snapshot, introduction.snapshot_id)
    found = _result(snapshot, introduction.need_id, introduction.solution_id)
    if snapshot is None or found is None:
        return []
    candidate: Candidate = "solution" if snapshot.direction == "need_to_solutions" else "need"
    told = (kept for kept in found[1]["reasons"] if place or kept["kind"] not in PLACES)
    return [_reason(kept, language, candidate) for kept in told]


def _result(
    snapshot: Snapshot | None, need_id: str, solution_id: str
) -> tuple[int, dict[str, Any]] | None:
    if snapshot is None:
        return None
    pairs = {"need_to_solutions": (need_id, solution_id)}
    subject, wanted = pairs.get(snapshot.direction, (solution_id, need_id))
    if snapshot.subject_id != subject:
        return None
    for rank, result in enumerate(snapshot.payload["results"], start=1):
        if result["id"] == wanted:
            return rank, result
        if any(other["id"] == wanted for other in result.get("similar", ())):
            return rank, {"reasons": []}
    return None


def _reason(kept: dict[str, Any], language: Language, candidate: Candidate) -> ReasonOut:
    whole = {"aspect": None, "aspect_kind": None, **kept}
    facts = SimpleNamespace(**{**whole, "codes": tuple(kept["codes"])})
    values = whole.pop("values")
    return ReasonOut(
        **whole,
        text=word(facts, language, candidate),
        aspect_lang=values.get("aspect_lang"),
        quote_lang=values.get("quote_lang"),
    )
