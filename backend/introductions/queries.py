"""Reading introductions with what is shown of them, in a number of queries that does not grow."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from backend.accounts.viewer import Viewer
from backend.ids import is_id
from backend.introductions.decisions import Side
from backend.introductions.schemas import IntroductionQuery
from backend.models import (
    Introduction,
    IntroductionEvent,
    IntroductionMessage,
    Need,
    Organisation,
    Solution,
)
from backend.problems import not_found
from backend.records.visible import own


def named() -> Select[Introduction]:
    """All introductions with the names of what they bring together."""
    return select(Introduction).options(
        joinedload(Introduction.need).joinedload(Need.organisation).joinedload(Organisation.place),
        joinedload(Introduction.solution)
        .joinedload(Solution.organisation)
        .joinedload(Organisation.place),
    )


def get_introduction(session: Session, introduction_id: str) -> Introduction:
    """One introduction with both records whole. Raises Problem 404."""
    statement = named().options(
        joinedload(Introduction.need).options(selectinload(Need.facets)),
        joinedload(Introduction.solution).options(selectinload(Solution.facets)),
    )
    statement = statement.where(Introduction.id == introduction_id)
    statement = statement.execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none() if is_id(introduction_id) else None
    if found is None:
        raise not_found("introduction", introduction_id)
    return found


def lock_introduction(session: Session, introduction_id: str) -> Introduction:
    """The same with names only, kept from other writers until the commit. Raises Problem 404."""
    statement = named().where(Introduction.id == introduction_id)
    statement = statement.with_for_update(of=Introduction)
    statement = statement.execution_options(populate_existing=True)
    found = session.scalars(statement).one_or_none() if is_id(introduction_id) else None
    if found is None:
        raise not_found("introduction", introduction_id)
    return found


def latest(session: Session, need_id: str, solution_id: str) -> Introduction | None:
    """The last introduction of a need and a solution; the open one, if there is one."""
    statement = named().where(
        Introduction.need_id == need_id, Introduction.solution_id == solution_id
    )
    newest = statement.order_by(Introduction.ended_at.is_not(None), Introduction.id.desc())
    return session.scalars(newest.limit(1)).one_or_none()


def conditions(query: IntroductionQuery, viewer: Viewer) -> list[ColumnElement[bool]]:
    """What the introductions of a list must meet, status apart."""
    found = [_sides(query.side, viewer)]
    if query.need_id:
        found.append(Introduction.need_id == query.need_id)
    if query.solution_id:
        found.append(Introduction.solution_id == query.solution_id)
    return found


def _sides(side: Side | None, viewer: Viewer) -> ColumnElement[bool]:
    authority = Introduction.need.has(own(Need, viewer, "authority_staff"))
    leader = Introduction.solution.has(own(Solution, viewer, "project_leader"))
    if side is not None:
        return authority if side == "authority" else leader
    return or_(authority, leader, true() if viewer.operator else false())


def unread(session: Session, introductions: Sequence[Introduction]) -> dict[tuple[str, str], int]:
    """How many messages wait, by introduction and by the side that wrote them."""
    message = IntroductionMessage
    waiting = or_(
        (message.side == "authority") & message.leader_read_at.is_(None),
        (message.side == "leader") & message.authority_read_at.is_(None),
    )
    rows = session.execute(
        select(message.introduction_id, message.side, func.count())
        .where(message.introduction_id.in_([row.id for row in introductions]), waiting)
        .group_by(message.introduction_id, message.side)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def messages(session: Session, introduction_id: str) -> list[IntroductionMessage]:
    """What was written, the first first."""
    wanted = select(IntroductionMessage).where(
        IntroductionMessage.introduction_id == introduction_id
    )
    return list(session.scalars(wanted.order_by(IntroductionMessage.id)))


def events(session: Session, introduction_id: str) -> list[IntroductionEvent]:
    """The changes of status, the first first."""
    wanted = select(IntroductionEvent).where(IntroductionEvent.introduction_id == introduction_id)
    return list(session.scalars(wanted.order_by(IntroductionEvent.id)))
