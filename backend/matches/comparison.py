"""Puts up to four solutions side by side on what a need asks for, one by one."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from backend.accounts.access import check
from backend.accounts.viewer import Viewer
from backend.criteria.keys import criteria_of, criterion_key
from backend.matches.comparison_schemas import (
    AnswerOut,
    ComparedOut,
    Comparison,
    CriterionOut,
    State,
)
from backend.matches.privacy import without_place
from backend.matches.provider import make_criteria
from backend.matches.schemas import Arranging, Filters, ReasonOut
from backend.matches.service import show_reason
from backend.matches.wording import Language
from backend.models import Need, Solution
from backend.records.queries import by_ids, get_bare
from backend.solutions.service import show_solutions

if TYPE_CHECKING:
    from backend.matches.matcher import Criteria, Match, Matcher, Reason

PLAIN = Arranging(group=False, newcomers=False)
DECLARED: Mapping[str, State] = {
    "fits": "declared_yes",
    "unknown": "declared_partly",
    "misses": "declared_no",
}
WHOLE = 1_000


def compare(
    session: Session,
    matcher: "Matcher",
    need_id: str,
    solution_ids: Sequence[str],
    viewer: Viewer,
    language: Language,
) -> Comparison:
    """The solutions in the order they were asked for. Raises Problem 404."""
    need = get_bare(session, Need, need_id)
    for solution_id in solution_ids:
        check(session, viewer, "read_solution", solution_id)
    criteria = [
        CriterionOut(text=one.text, essential=one.essential) for one in criteria_of(need).values()
    ]
    title, anonymous, lang = need.title, need.anonymous, need.lang
    found, unsure = _matches(session, matcher, need, solution_ids)
    if anonymous:
        found = {match.id: without_place(match) for match in found.values()}
    rows = by_ids(session, Solution, solution_ids)
    records = show_solutions(session, [rows[one] for one in solution_ids], viewer)
    return Comparison(
        need_id=need_id,
        need_title=title,
        need_lang=lang,
        criteria=criteria,
        solutions=[
            ComparedOut(
                band=None if record.id in unsure or match is None else match.band,
                answers=[answer_of(match, one.text) for one in criteria],
                reasons=facts_of(match, language),
                record=record,
            )
            for record in records
            for match in [found.get(record.id)]
        ],
    )


def _matches(
    session: Session, matcher: "Matcher", need: Need, ids: Sequence[str]
) -> tuple[dict[str, "Match"], frozenset[str]]:
    """What speaks for each, and which are not among the candidates, so that no band is sure.

    First as the need's own list has them, then with its filters set aside.
    """

    def ask(criteria: "Criteria") -> dict[str, "Match"]:
        ranking = matcher.match_need(session, need, criteria, WHOLE)
        return {match.id: match for match in ranking.matches if match.id in ids}

    found = ask(make_criteria(Filters(), (), PLAIN, ids=frozenset(ids)))
    apart = frozenset(ids) - set(found)
    if apart:
        found |= ask(make_criteria(Filters(), (), PLAIN, among=apart))
    return found, apart


def answer_of(match: "Match | None", criterion: str) -> AnswerOut:
    """What is known of one criterion: a declared answer, the sentence that answers, or nothing."""
    key = criterion_key(criterion)
    listed = match.reasons if match else ()
    about = [r for r in listed if r.aspect and criterion_key(r.aspect) == key]
    declared = next((r for r in about if r.kind == "declared"), None)
    quoted = next((r for r in about if r.kind == "criterion" and r.quote), None)
    state: State = "unknown"
    if declared is not None:
        state = DECLARED[declared.polarity]
    elif quoted is not None:
        state = "answered" if quoted.polarity == "fits" else "to_check"
    note = declared.values.get("note") if declared else None
    return AnswerOut(
        state=state,
        note=str(note) if note else None,
        quote=quoted.quote if quoted else None,
        quote_lang=_text(quoted, "quote_lang"),
        strength=quoted.strength if quoted else None,
    )


def facts_of(match: "Match | None", language: Language) -> list[ReasonOut]:
    """The other reasons in sentences: the best passage and the facts."""
    apart = ("criterion", "declared", "place")
    listed = [r for r in match.reasons if r.kind not in apart] if match else []
    return [show_reason(reason, language, "solution") for reason in listed]


def _text(reason: "Reason | None", name: str) -> str | None:
    values: Mapping[str, object] = reason.values if reason else {}
    return str(values[name]) if values.get(name) else None
