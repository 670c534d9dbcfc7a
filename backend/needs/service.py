"""Registers needs, changes them, lists them, shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from backend.activity.service import ANYONE
from backend.models import Need
from backend.needs.queries import near_needs, region_names
from backend.needs.schemas import NeedIn, NeedOut, NeedPage, NeedPatch, NeedQuery
from backend.needs.text import need_text, need_wishes
from backend.organisations.service import reference
from backend.records import changes
from backend.records.filters import conditions
from backend.records.paging import fetch_page
from backend.records.queries import get_record, orders, perimeter_names, whole
from backend.territories.service import check_codes

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher


def _one_budget(given: dict[str, Any]) -> dict[str, Any]:
    """A budget takes the place of the reason why there was none, and the other way round."""
    if given.get("budget_band") is not None:
        return {**given, "budget_why_blank": None}
    if given.get("budget_why_blank") is not None:
        return {**given, "budget_band": None}
    return given


KIND = changes.Kind(
    name="need",
    model=Need,
    text=need_text,
    text_fields=(
        "title",
        "context",
        "description",
        "expected_outcome",
        "essential_criteria",
        "desirable_criteria",
    ),
    wishes=need_wishes,
    complete=_one_budget,
)
HIDDEN_OF_ANONYMOUS = ("source", "external_id", "organisation")
SHOWN = tuple(
    name
    for name in NeedOut.model_fields
    if name not in {"perimeters", "perimeter_names", *HIDDEN_OF_ANONYMOUS}
)


def create_need(session: Session, matcher: "Matcher", data: NeedIn, actor: str = ANYONE) -> NeedOut:
    """Register a need. Raises as `records.changes.create`."""
    return _show_one(session, changes.create(session, matcher, KIND, data, actor))


def update_need(
    session: Session,
    matcher: "Matcher",
    need_id: str,
    version: int,
    patch: NeedPatch,
    actor: str = ANYONE,
) -> NeedOut:
    """Change a need. Raises as `records.changes.update`."""
    return _show_one(
        session, changes.update(session, matcher, KIND, need_id, version, patch, actor)
    )


def archive_need(session: Session, need_id: str, version: int, actor: str = ANYONE) -> NeedOut:
    """Archive a need. Raises Problem 404 or 412."""
    return _show_one(session, changes.archive(session, KIND, need_id, version, actor))


def get_need(session: Session, need_id: str) -> NeedOut:
    """One need. Raises Problem 404."""
    return _show_one(session, get_record(session, Need, need_id))


def list_needs(session: Session, query: NeedQuery) -> NeedPage:
    """The needs that meet all filters, a page at a time.

    Raises InvalidField (422) for a territory or a cursor that does not exist.
    """
    check_codes(session, "perimeter", query.perimeter)
    statement = whole(Need).where(*conditions(Need, query, Need.budget_band))
    if query.organisation_id:
        # Whose need it is, is what an anonymous one hides.
        statement = statement.where(Need.anonymous.is_(False))
    place = near_needs(query.perimeter)
    if place is not None:
        statement = statement.where(place)
    page = fetch_page(session, statement, orders(Need), query.sort, query.limit, query.cursor)
    items = show_needs(session, page.rows)
    return NeedPage(items=items, next_cursor=page.next_cursor, total=page.total)


def show_needs(session: Session, needs: Sequence[Need]) -> list[NeedOut]:
    """What anyone may see of needs that are loaded whole; two queries for all."""
    named = [need.id for need in needs if not need.anonymous]
    hidden = [need.id for need in needs if need.anonymous]
    places = {**perimeter_names(session, Need, named), **region_names(session, hidden)}
    return [_show(need, places.get(need.id, {})) for need in needs]


def _show_one(session: Session, need: Need) -> NeedOut:
    return show_needs(session, [need])[0]


def _show(need: Need, names: dict[str, str]) -> NeedOut:
    shown = {name: getattr(need, name) for name in SHOWN}
    shown |= {"perimeter_names": names, **dict.fromkeys(HIDDEN_OF_ANONYMOUS)}
    if need.anonymous:
        return NeedOut(**shown, perimeters=sorted(names))
    shown |= {
        "source": need.source,
        "external_id": need.external_id,
        "organisation": reference(need.organisation),
    }
    return NeedOut(**shown, perimeters=need.perimeters)
