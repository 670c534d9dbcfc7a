"""The records of both kinds that wait for an operator, as one list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import DeclarativeBase, Session

from backend.models import Need, Organisation, Solution
from backend.moderation.kinds import PATHS
from backend.moderation.schemas import QueueItem, QueuePage, QueueQuery
from backend.records.paging import Order, fetch_page

MODELS: Mapping[str, Any] = {"solution": Solution, "need": Need}


def _rows(kind: str) -> Select[Any]:
    model = MODELS[kind]
    return select(
        literal(kind).label("kind"),
        model.id.label("id"),
        model.title.label("title"),
        model.sort_title.label("sort_title"),
        model.lang.label("lang"),
        model.status.label("status"),
        model.version.label("version"),
        model.updated_at.label("updated_at"),
        model.organisation_id.label("organisation_id"),
    )


class _Views(DeclarativeBase):
    """Base of what is read of several tables at once."""


class Waiting(_Views):
    """A solution or a need, with what a list of both shows of it."""

    __table__ = union_all(_rows("solution"), _rows("need")).subquery("waiting")
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012 - SQLAlchemy's own

    if TYPE_CHECKING:
        kind: Any
        id: Any
        title: Any
        sort_title: Any
        lang: Any
        status: Any
        version: Any
        updated_at: Any
        organisation_id: Any


OLDEST = {"updated_at": Order(Waiting.updated_at, Waiting.id, descending=False)}


def read_queue(session: Session, query: QueueQuery) -> QueuePage:
    """What waits, the longest unchanged first, a page at a time.

    Raises InvalidField (422) for a cursor of another list.
    """
    wanted = select(Waiting).where(Waiting.status.in_(query.status))
    if query.kind:
        wanted = wanted.where(Waiting.kind == query.kind.removesuffix("s"))
    page = fetch_page(session, wanted, OLDEST, "updated_at", query.limit, query.cursor)
    names = _organisations(session, page.rows)
    same = _same_titles(session, page.rows)
    items = [_show(row, names, same) for row in page.rows]
    return QueuePage(
        items=items, next_cursor=page.next_cursor, total=page.total, counts=count(session)
    )


def count(session: Session) -> dict[str, Counter[str]]:
    """How many records of each kind are in each state: {"submitted": {"needs": 3}}."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for kind, model in MODELS.items():
        for status, number in session.execute(
            select(model.status, func.count()).group_by(model.status)
        ):
            found[status][PATHS[kind]] = number
    return dict(found)


def _organisations(session: Session, rows: Iterable[Any]) -> dict[str, str]:
    ids = {row.organisation_id for row in rows if row.organisation_id}
    wanted = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {row.id: row.name for row in session.execute(wanted)}


def _same_titles(session: Session, rows: Iterable[Any]) -> Counter[str]:
    """How many solutions that are not archived bear each folded title."""
    titles = {row.sort_title for row in rows if row.kind == "solution"}
    wanted = (
        select(Solution.sort_title, func.count())
        .where(Solution.sort_title.in_(titles), Solution.status != "archived")
        .group_by(Solution.sort_title)
    )
    return Counter(dict(session.execute(wanted).all()))


def _show(row: Any, names: Mapping[str, str], same: Counter[str]) -> QueueItem:
    others = same[row.sort_title] - 1 if row.kind == "solution" else 0
    return QueueItem(
        kind=PATHS[row.kind],
        id=row.id,
        title=row.title,
        lang=row.lang,
        status=row.status,
        version=row.version,
        organisation_id=row.organisation_id,
        organisation=names.get(row.organisation_id),
        updated_at=row.updated_at,
        same_title=max(0, others),
    )
