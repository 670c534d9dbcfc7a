"""What of an introduction each side may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.consortia.service import show_consortium
from backend.introductions.contacts import contact, would_show
from backend.introductions.decisions import (
    FINAL,
    OTHER,
    SIDES,
    Side,
    allowed,
    awaited,
    contacts_shown,
    may_consent,
    may_say_outcome,
)
from backend.introductions.queries import conditions, events, messages, named, unread
from backend.introductions.schemas import (
    EventOut,
    IntroductionItem,
    IntroductionOut,
    IntroductionPage,
    IntroductionQuery,
    MessageOut,
    OutcomeOut,
    SubjectOut,
)
from backend.introductions.sides import consented, names_authority, side_of
from backend.introductions.snapshots import reasons
from backend.messages import Language
from backend.models import Introduction, IntroductionMessage, Need, Person, Solution
from backend.needs.schemas import NeedOut
from backend.needs.service import show_needs
from backend.organisations.service import reference
from backend.records.paging import Order, fetch_page
from backend.solutions.service import show_solutions

LAST_MOVED = "-moved_at"
ORDERS = {LAST_MOVED: Order(Introduction.moved_at, Introduction.id, descending=True)}


def list_introductions(
    session: Session, query: IntroductionQuery, viewer: Viewer
) -> IntroductionPage:
    """One's introductions, the last moved first. Raises InvalidField (422) for a cursor."""
    known = conditions(query, viewer)
    statement = named().where(*known)
    if query.status:
        statement = statement.where(Introduction.status.in_(query.status))
    page = fetch_page(session, statement, ORDERS, LAST_MOVED, query.limit, query.cursor)
    counted = select(Introduction.status, func.count()).where(*known)
    rows = session.execute(counted.group_by(Introduction.status))
    return IntroductionPage(
        items=_items(session, page.rows, viewer),
        next_cursor=page.next_cursor,
        total=page.total,
        counts={status: count for status, count in rows},  # noqa: C416 - typed by its use
    )


def show(
    session: Session, introduction: Introduction, viewer: Viewer, language: Language
) -> IntroductionOut:
    """One introduction, whole. `introduction` comes from `get_introduction`."""
    side = side_of(viewer, introduction)
    agreed = consented(introduction)
    status = introduction.status
    return IntroductionOut.model_validate(
        {
            **{name: getattr(introduction, name) for name in _PLAIN},
            "side": side,
            "need": _need(session, introduction, side, viewer),
            "solution": show_solutions(session, [introduction.solution], viewer)[0],
            "consortium": show_consortium(session, introduction.consortium_id, viewer),
            "reasons": reasons(
                session, introduction, language, place=names_authority(introduction, side)
            ),
            "events": [
                EventOut.model_validate(row, from_attributes=True)
                for row in events(session, introduction.id)
            ],
            "messages": _messages(session, introduction, side),
            "moves": sorted(allowed(status, side, agreed)) if side else [],
            "may_write": side is not None and status not in FINAL,
            "may_consent": side is not None and may_consent(status, side, agreed),
            "may_say_outcome": side is not None and may_say_outcome(status),
            **_contacts(session, introduction, side, viewer),
            "authority_outcome": _outcome(introduction, "authority") if side else None,
            "leader_outcome": _outcome(introduction, "leader") if side else None,
        }
    )


_PLAIN = (
    "id",
    "status",
    "started_by",
    "version",
    "created_at",
    "moved_at",
    "ended_at",
    "ended_by",
    "reason",
    "reason_note",
    "snapshot_id",
    "rank",
    "authority_consent_at",
    "leader_consent_at",
    "outcome_confirmed_at",
)


def _items(
    session: Session, rows: Sequence[Introduction], viewer: Viewer
) -> list[IntroductionItem]:
    waiting = unread(session, rows) if rows else {}
    return [_item(row, side_of(viewer, row), waiting) for row in rows]


def _item(
    row: Introduction, side: Side | None, waiting: Mapping[tuple[str, str], int]
) -> IntroductionItem:
    return IntroductionItem.model_validate(
        {
            **{name: getattr(row, name) for name in _PLAIN[:6]},
            "need": _subject(row.need, shown=names_authority(row, side)),
            "solution": _subject(row.solution, shown=True),
            "side": side,
            "awaits_you": side in awaited(row.status, consented(row)),
            "unread": waiting.get((row.id, OTHER[side]), 0) if side else 0,
        }
    )


def _subject(record: Need | Solution, *, shown: bool) -> SubjectOut:
    return SubjectOut(
        id=record.id,
        title=record.title,
        lang=record.lang,
        organisation=reference(record.organisation) if shown else None,
    )


def _need(
    session: Session, introduction: Introduction, side: Side | None, viewer: Viewer
) -> NeedOut:
    """The need; an anonymous one is named to a leader once its authority has consented."""
    need = introduction.need
    if side == "leader" and names_authority(introduction, side):
        knowing = viewer.holding(need.organisation_id, "authority_staff")
        shown = show_needs(session, [need], knowing)[0]
        return shown.model_copy(update={"yours": False})
    return show_needs(session, [need], viewer)[0]


def _contacts(
    session: Session, introduction: Introduction, side: Side | None, viewer: Viewer
) -> dict[str, object]:
    hidden = dict.fromkeys(("your_contact", "authority_contact", "leader_contact"))
    if side is None or viewer.person_id is None:
        return hidden
    agreed = consented(introduction)
    own = (
        contact(session, introduction, side)
        if side in agreed
        else would_show(session, introduction, side, viewer.person_id)
    )
    if not contacts_shown(agreed):
        return {**hidden, "your_contact": own}
    both = {f"{one}_contact": contact(session, introduction, one) for one in SIDES}
    return {"your_contact": own, **both}


def _messages(session: Session, introduction: Introduction, side: Side | None) -> list[MessageOut]:
    rows = messages(session, introduction.id)
    named_too = contacts_shown(consented(introduction))
    wanted = {row.person_id for row in rows if row.person_id}
    found = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    names = {row.id: row.name for row in found} if wanted and side else {}
    return [
        MessageOut(
            id=row.id,
            side=row.side,
            author=names.get(row.person_id) if row.side == side or named_too else None,
            text=row.text if side else None,
            created_at=row.created_at,
            read_at=_read_at(row),
        )
        for row in rows
    ]


def _read_at(row: IntroductionMessage) -> datetime | None:
    return row.leader_read_at if row.side == "authority" else row.authority_read_at


def _outcome(introduction: Introduction, side: Side) -> OutcomeOut | None:
    said_at = getattr(introduction, f"{side}_outcome_at")
    if said_at is None:
        return None
    return OutcomeOut(
        outcome=getattr(introduction, f"{side}_outcome"),
        amount_band=getattr(introduction, f"{side}_amount_band"),
        said_at=said_at,
    )
