"""The list that was kept when nothing has changed since: no encoder is loaded to show it again."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from backend.commands.common import Language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from backend.matches.schemas import MatchList, MatchOut


# Only a reason about something asked for says what.
UNASKED = {"aspect": None, "aspect_kind": None}
# Lists in which something was moved are made again.
PLAIN: dict[str, Any] = {"newcomer": None, "similar": []}


def kept_list(session: "Session", need_id: str, limit: int, lang: Language) -> "MatchList | None":
    """The first `limit` solutions of the last list of this need, or None if it may have aged."""
    from sqlalchemy import select

    from backend.matches.schemas import Arranging, HiddenOut, MatchList, Subject
    from backend.models import Snapshot, Solution
    from backend.records.queries import by_ids
    from backend.revisions import last_revision
    from backend.solutions.service import show_solutions

    wanted = select(Snapshot).where(
        Snapshot.subject_id == need_id, Snapshot.index_revision == last_revision(session)
    )
    kept = session.scalars(wanted.order_by(Snapshot.created_at.desc()).limit(1)).one_or_none()
    plain = Arranging().model_dump()
    if kept is None or kept.payload["filters"] != {"relax": []}:
        return None
    results = kept.payload["results"][:limit]
    arranged = any(result.get("similar") or result.get("newcomer") for result in results)
    if kept.payload.get("arrangement") != plain or kept.payload["notices"] or arranged:
        return None
    rows = by_ids(session, Solution, [result["id"] for result in results])
    records = {shown.id: shown for shown in show_solutions(session, list(rows.values()))}
    if len(records) < len(results) or len(results) < limit:
        return None
    subject = {name: kept.payload["subject"][name] for name in Subject.model_fields}
    return MatchList(
        subject=Subject(**subject),
        direction="need_to_solutions",
        snapshot_id=kept.id,
        model=kept.model,
        index_revision=kept.index_revision,
        weights=kept.payload["weights"],
        filters=kept.payload["filters"],
        arrangement=Arranging(),
        notices=[],
        hidden=[HiddenOut(**hidden) for hidden in kept.payload["hidden"]],
        eligible=kept.payload["eligible"],
        items=[_item(rank, r, records[r["id"]], lang) for rank, r in enumerate(results, start=1)],
    )


def _item(rank: int, result: dict[str, Any], record: Any, lang: Language) -> "MatchOut":
    from backend.matches.schemas import MatchOut, ReasonOut
    from backend.matches.wording import word

    reasons = [
        ReasonOut(
            text=word(
                SimpleNamespace(**{**UNASKED, **reason, "codes": tuple(reason["codes"])}),
                lang.value,
            ),
            **{name: value for name, value in reason.items() if name != "values"},
        )
        for reason in result["reasons"]
    ]
    return MatchOut(**{**result, **PLAIN, "rank": rank, "reasons": reasons, "record": record})
