"""Lists the best candidates for a need, a solution or a text, and says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.matches import snapshots
from backend.matches.notices import word_newcomer, word_notices
from backend.matches.privacy import without_place
from backend.matches.provider import make_criteria
from backend.matches.schemas import (
    Arranging,
    Direction,
    Filters,
    HiddenOut,
    MatchList,
    MatchOut,
    MatchQuery,
    OwnMatches,
    OwnQuery,
    ReasonOut,
    SearchIn,
    Subject,
)
from backend.matches.searched import searched
from backend.matches.similar import listed_ids, show_similar
from backend.matches.wording import Candidate, Language, word
from backend.models import Need, Solution
from backend.needs.schemas import NeedOut
from backend.needs.service import show_needs
from backend.records.counts import count_values
from backend.records.queries import by_ids, get_bare
from backend.records.visible import own
from backend.solutions.schemas import SolutionOut
from backend.solutions.service import show_solutions
from backend.territories.service import check_codes

if TYPE_CHECKING:
    from backend.matches.matcher import Criteria, Match, Matcher, Ranking, Reason

RecordOut = SolutionOut | NeedOut
CANDIDATES: Mapping[Direction, Candidate] = {
    "need_to_solutions": "solution",
    "solution_to_needs": "need",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked with, as it is shown and kept."""

    filters: Filters
    relax: list[str]
    limit: int
    language: Language
    arranging: Arranging

    @property
    def criteria(self) -> "Criteria":
        """The same for the matcher."""
        return make_criteria(self.filters, self.relax, self.arranging)

    @property
    def shown(self) -> dict[str, Any]:
        """The filters that were set."""
        names = Filters.model_fields
        given = {name: getattr(self.filters, name) for name in names}
        return {name: value for name, value in given.items() if value} | {"relax": self.relax}


def match_need(session: Session, matcher: "Matcher", need_id: str, query: MatchQuery) -> MatchList:
    """The solutions that answer a need; the list is kept.

    Raises Problem 404, InvalidField (422).
    """
    check_codes(session, "perimeter", query.perimeter)
    need = get_bare(session, Need, need_id)
    subject = Subject(kind="need", id=need.id, title=need.title)
    version, place_hidden = need.version, need.anonymous
    asked = _asked(query)
    ranking = matcher.match_need(session, need, asked.criteria, query.limit)
    matches = [without_place(m) if place_hidden else m for m in ranking.matches]
    records = _solutions(session, matches)
    shown = _list(ranking, matches, records, asked, "need_to_solutions")
    return _keep(session, shown, matches, subject, version)


def match_solution(
    session: Session, matcher: "Matcher", solution_id: str, query: MatchQuery
) -> MatchList:
    """The needs that a solution answers; the list is kept.

    Raises Problem 404, InvalidField (422).
    """
    check_codes(session, "perimeter", query.perimeter)
    return _keep(session, *_answered_by(session, matcher, solution_id, _asked(query)))


def match_own(session: Session, matcher: "Matcher", query: OwnQuery, viewer: Viewer) -> OwnMatches:
    """The needs that the viewer's published solutions answer, the last changed solution first.

    All are ranked before the first list is kept, so that no other writer waits meanwhile.
    """
    held = select(Solution.id).where(
        Solution.status == "published", own(Solution, viewer, "project_leader")
    )
    ids = session.scalars(held.order_by(Solution.updated_at.desc(), Solution.id)).all()
    asked = _asked(MatchQuery(limit=query.limit, lang=query.lang))
    found = [_answered_by(session, matcher, one, asked) for one in ids[: query.solutions]]
    return OwnMatches(items=[_keep(session, *one) for one in found], total=len(ids))


def _answered_by(
    session: Session, matcher: "Matcher", solution_id: str, asked: Asked
) -> "tuple[MatchList, list[Match], Subject, int]":
    """The needs that a solution answers, and what is kept with them. Raises Problem 404."""
    solution = get_bare(session, Solution, solution_id)
    subject = Subject(kind="solution", id=solution.id, title=solution.title)
    version = solution.version
    ranking = matcher.match_solution(session, solution, asked.criteria, asked.limit)
    records, matches = _needs(session, ranking.matches)
    return _list(ranking, matches, records, asked, "solution_to_needs"), matches, subject, version


def search(session: Session, matcher: "Matcher", query: SearchIn, language: Language) -> MatchList:
    """The records that answer a text; nothing is kept. Raises InvalidField (422)."""
    check_codes(session, "filters.perimeter", query.filters.perimeter)
    asked = Asked(query.filters, list(query.relax), query.limit, language, query)
    kind: Literal["solution", "need"] = "solution" if query.kind == "solutions" else "need"
    ranking = matcher.search(session, query.text, query.lang, kind, asked.criteria, query.limit)
    if kind == "solution":
        records: Mapping[str, RecordOut] = _solutions(session, ranking.matches)
        found = _list(ranking, ranking.matches, records, asked, "need_to_solutions")
    else:
        needs, matches = _needs(session, ranking.matches)
        found = _list(ranking, matches, needs, asked, "solution_to_needs")
    if not query.counts:
        return found
    model = Solution if kind == "solution" else Need
    counts = count_values(session, model, searched(kind, query.filters, query.relax))
    return found.model_copy(update={"counts": counts})


def _asked(query: MatchQuery) -> Asked:
    return Asked(query, list(query.relax), query.limit, query.lang, query)


def _solutions(session: Session, matches: "list[Match]") -> dict[str, RecordOut]:
    rows = by_ids(session, Solution, listed_ids(matches))
    return {shown.id: shown for shown in show_solutions(session, list(rows.values()))}


def _needs(session: Session, matches: "list[Match]") -> "tuple[dict[str, RecordOut], list[Match]]":
    """The needs as shown, and their matches without what anonymous ones hide."""
    rows = by_ids(session, Need, [match.id for match in matches])
    shown: dict[str, RecordOut] = {
        need.id: need for need in show_needs(session, list(rows.values()))
    }
    hidden = {need.id for need in rows.values() if need.anonymous}
    return shown, [without_place(m) if m.id in hidden else m for m in matches]


def _list(
    ranking: "Ranking",
    matches: "list[Match]",
    records: Mapping[str, RecordOut],
    asked: Asked,
    direction: Direction,
) -> MatchList:
    # A record that was archived since the index last looked is left out.
    present = [match for match in matches if match.id in records]
    return MatchList(
        subject=None,
        direction=direction,
        snapshot_id=None,
        model=ranking.model,
        index_revision=ranking.revision,
        weights=dict(ranking.weights),
        filters=asked.shown,
        arrangement=Arranging(**asked.arranging.model_dump(include=set(Arranging.model_fields))),
        notices=word_notices(ranking.notices, asked.language),
        hidden=[HiddenOut(filter=h.filter, count=h.count, gain=h.gain) for h in ranking.hidden],
        eligible=ranking.eligible,
        items=[
            _item(rank, match, records, asked.language, CANDIDATES[direction])
            for rank, match in enumerate(present, start=1)
        ],
    )


def _item(
    rank: int,
    match: "Match",
    records: Mapping[str, RecordOut],
    language: Language,
    candidate: Candidate,
) -> MatchOut:
    lifted = match.newcomer
    return MatchOut(
        rank=rank,
        original_rank=match.original_rank,
        id=match.id,
        score=match.score,
        band=match.band,
        signals=dict(match.signals),
        reasons=[show_reason(reason, language, candidate) for reason in match.reasons],
        newcomer=word_newcomer(match.original_rank, language, candidate) if lifted else None,
        similar=show_similar(match, records),
        record=records[match.id],
    )


def show_reason(reason: "Reason", language: Language, candidate: Candidate) -> ReasonOut:
    """A reason as it is shown, in the reader's language."""
    return ReasonOut(
        kind=reason.kind,
        polarity=reason.polarity,
        text=word(reason, language, candidate),
        quote=reason.quote,
        codes=list(reason.codes),
        strength=reason.strength,
        aspect=reason.aspect,
        aspect_kind=reason.aspect_kind,
        aspect_lang=_lang(reason.values.get("aspect_lang")),
        quote_lang=_lang(reason.values.get("quote_lang")),
    )


def _lang(told: float | str | None) -> str | None:
    return str(told) if told else None


def _keep(
    session: Session, shown: MatchList, matches: "list[Match]", subject: Subject, version: int
) -> MatchList:
    """Keep the list without its wording, so that it is the same in every language."""
    listed = {item.id for item in shown.items}
    payload = {
        "subject": {**subject.model_dump(), "version": version},
        "weights": shown.weights,
        "filters": shown.filters,
        "arrangement": shown.arrangement.model_dump(),
        "notices": [notice.code for notice in shown.notices],
        "hidden": [hidden.model_dump() for hidden in shown.hidden],
        "eligible": shown.eligible,
        "results": [_result(match) for match in matches if match.id in listed],
    }
    snapshot_id = snapshots.keep(
        session,
        direction=shown.direction,
        subject_id=subject.id,
        model=shown.model,
        index_revision=shown.index_revision,
        payload=payload,
        shown=[*listed, *(other.id for item in shown.items for other in item.similar)],
    )
    return shown.model_copy(update={"subject": subject, "snapshot_id": snapshot_id})


def _result(match: "Match") -> dict[str, Any]:
    reasons = [
        {
            "kind": reason.kind,
            "polarity": reason.polarity,
            "codes": list(reason.codes),
            "quote": reason.quote,
            "strength": reason.strength,
            "values": dict(reason.values),
            **(
                {"aspect": reason.aspect, "aspect_kind": reason.aspect_kind}
                if reason.aspect
                else {}
            ),
        }
        for reason in match.reasons
    ]
    return {
        **_entry(match),
        "reasons": reasons,
        "newcomer": match.newcomer,
        "similar": [_entry(other) for other in match.similar],
    }


def _entry(match: "Match") -> dict[str, Any]:
    return {
        "id": match.id,
        "original_rank": match.original_rank,
        "score": match.score,
        "band": match.band,
        "signals": dict(match.signals),
    }


def _aspect(reason: "Reason") -> dict[str, str | None]:
    if reason.aspect is None:
        return {}
    return {"aspect": reason.aspect, "aspect_kind": reason.aspect_kind}
