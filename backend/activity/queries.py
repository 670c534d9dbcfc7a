"""Finds lines of the trace and names who and what they are about."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from backend.activity.schemas import ActivityFilter, ActivityOut, ActivityPage, ActivityQuery
from backend.folding import fold
from backend.models import Activity, Need, Organisation, Person, Solution
from backend.records.paging import Order, fetch_page

PARIS: Final = ZoneInfo("Europe/Paris")
LATEST: Final = "-done_at"
ORDERS: Final = {LATEST: Order(Activity.at, Activity.id, descending=True)}
# By kind of object: its table, the column that names it, and the folded text in which it is found.
NAMED: Final[Mapping[str, tuple[Any, Any, Any]]] = {
    "solution": (Solution, Solution.title, Solution.search_text),
    "need": (Need, Need.title, Need.search_text),
    "organisation": (Organisation, Organisation.name, Organisation.sort_name),
}


def list_activity(session: Session, query: ActivityQuery) -> ActivityPage:
    """One page, the latest first. Raises InvalidField (422) for a cursor of another list."""
    wanted = select_lines(session, query)
    page = fetch_page(session, wanted, ORDERS, LATEST, query.limit, query.cursor)
    actions = session.scalars(select(Activity.action).distinct().order_by(Activity.action))
    return ActivityPage(
        items=show_lines(session, page.rows),
        next_cursor=page.next_cursor,
        total=page.total,
        actions=list(actions),
    )


def select_lines(session: Session, wanted: ActivityFilter) -> Select[Any]:
    """The lines that meet all filters, in no order."""
    found = select(Activity)
    for name in ("actor", "action", "object_kind", "object_id"):
        if (value := getattr(wanted, name)) is not None:
            found = found.where(getattr(Activity, name) == value)
    if wanted.since is not None:
        found = found.where(Activity.at >= _midnight(wanted.since))
    if wanted.until is not None:
        found = found.where(Activity.at < _midnight(wanted.until + timedelta(days=1)))
    return found.where(_bears(session, wanted.q)) if wanted.q else found


def show_lines(session: Session, lines: Sequence[Activity]) -> list[ActivityOut]:
    """Lines with the names of people and objects, in a number of queries that does not grow."""
    people = {line.actor for line in lines}
    people |= {line.object_id for line in lines if line.object_kind == "person"}
    persons = _names(session, Person, Person.name, people)
    objects: dict[str, Mapping[str, str]] = {"person": persons}
    for kind, (model, name, _) in NAMED.items():
        ids = {line.object_id for line in lines if line.object_kind == kind}
        objects[kind] = _names(session, model, name, ids)
    return [
        ActivityOut(
            id=line.id,
            at=line.at,
            actor=line.actor,
            actor_name=persons.get(line.actor),
            action=line.action,
            object_kind=line.object_kind,
            object_id=line.object_id,
            object_name=objects.get(line.object_kind, {}).get(line.object_id),
            detail=line.detail,
        )
        for line in lines
    ]


def _names(session: Session, model: Any, name: Any, ids: Iterable[str]) -> dict[str, str]:
    wanted = set(ids)
    if not wanted:
        return {}
    rows = session.execute(select(model.id, name).where(model.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def _bears(session: Session, text: str) -> ColumnElement[bool]:
    """Lines whose detail bears `text`, or that are by or about what is named so."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    # SQLite keeps JSON as it was written, with letters beyond ASCII spelt out.
    needle = json.dumps(text)[1:-1] if sqlite else text
    named = Person.name.icontains(text, autoescape=True)
    people = select(Person.id).where(or_(named, Person.email == text.lower()))
    ways = [
        cast(Activity.detail, Text).icontains(needle, autoescape=True),
        Activity.actor.in_(people),
        (Activity.object_kind == "person") & Activity.object_id.in_(people),
    ]
    for kind, (model, _, folded) in NAMED.items():
        about = select(model.id).where(folded.contains(fold(text), autoescape=True))
        ways.append((Activity.object_kind == kind) & Activity.object_id.in_(about))
    return or_(*ways)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS).astimezone(UTC)
