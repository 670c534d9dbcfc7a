"""Registers needs, changes them, lists them, shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from backend.accounts.viewer import ANONYMOUS, Viewer
from backend.models import Need
from backend.needs.queries import near_needs, region_names
from backend.needs.schemas import NeedIn, NeedOut, NeedPage, NeedPatch, NeedQuery
from backend.needs.text import need_text, need_wishes
from backend.organisations.service import reference
from backend.records import changes
from backend.records.counts import count_values
from backend.records.filters import Conditions, conditions
from backend.records.paging import fetch_page
from backend.records.queries import get_record, orders, perimeter_names, whole
from backend.records.visible import own, visible
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
    role="authority_staff",
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
    if name not in {"perimeters", "perimeter_names", "yours", *HIDDEN_OF_ANONYMOUS}
)


def create_need(
    session: Session, matcher: "Matcher", data: NeedIn, viewer: Viewer, key: str | None = None
) -> NeedOut:
    """Register a need. Raises as `records.changes.create`."""
    made = changes.create(session, matcher, KIND, data, viewer, key)
    return _show_one(session, made, viewer.holding(made.organisation_id, KIND.role))


def update_need(
    session: Session,
    matcher: "Matcher",
    need_id: str,
    version: int,
    patch: NeedPatch,
    viewer: Viewer,
) -> NeedOut:
    """Change a need. Raises as `records.changes.update`."""
    changed = changes.update(session, matcher, KIND, need_id, version, patch, viewer)
    return _show_one(session, changed, viewer)


def archive_need(session: Session, need_id: str, version: int, viewer: Viewer) -> NeedOut:
    """Archive a need. Raises Problem 404 or 412."""
    return _show_one(session, changes.archive(session, KIND, need_id, version, viewer), viewer)


def get_need(session: Session, need_id: str, viewer: Viewer) -> NeedOut:
    """One need. Raises Problem 404."""
    return _show_one(session, get_record(session, Need, need_id), viewer)


def list_needs(session: Session, query: NeedQuery, viewer: Viewer) -> NeedPage:
    """The needs that meet all filters, a page at a time.

    Raises InvalidField (422) for a territory or a cursor that does not exist.
    """
    check_codes(session, "perimeter", query.perimeter)
    met = meets(query) | {"viewer": (own if query.mine else visible)(Need, viewer, KIND.role)}
    if query.organisation_id and not viewer.may_change(query.organisation_id, KIND.role):
        # Whose need it is, is what an anonymous one hides.
        met["anonymous"] = Need.anonymous.is_(False)
    statement = whole(Need).where(*met.values())
    page = fetch_page(session, statement, orders(Need), query.sort, query.limit, query.cursor)
    items = show_needs(session, page.rows, viewer)
    counts = count_values(session, Need, met) if query.counts else None
    return NeedPage(items=items, next_cursor=page.next_cursor, total=page.total, counts=counts)


def meets(query: NeedQuery) -> Conditions:
    """What needs must meet for a query, by filter; who may see them apart."""
    met = conditions(Need, query, Need.budget_band)
    if query.unanswered:
        met["unanswered"] = Need.unanswered_at.is_not(None)
    place = near_needs(query.perimeter)
    if place is not None:
        met["perimeter"] = place
    return met


def show_needs(
    session: Session, needs: Sequence[Need], viewer: Viewer = ANONYMOUS
) -> list[NeedOut]:
    """What the viewer may see of needs that are loaded whole; two queries for all."""
    named = [need.id for need in needs if not _hides(need, viewer)]
    hidden = [need.id for need in needs if _hides(need, viewer)]
    places = {**perimeter_names(session, Need, named), **region_names(session, hidden)}
    return [_show(need, places.get(need.id, {}), viewer) for need in needs]


def _show_one(session: Session, need: Need, viewer: Viewer) -> NeedOut:
    return show_needs(session, [need], viewer)[0]


def _hides(need: Need, viewer: Viewer) -> bool:
    """Whether the viewer must not learn whose need it is."""
    return need.anonymous and not viewer.may_change(need.organisation_id, KIND.role)


def _show(need: Need, names: dict[str, str], viewer: Viewer) -> NeedOut:
    shown = {name: getattr(need, name) for name in SHOWN}
    shown |= {"perimeter_names": names, **dict.fromkeys(HIDDEN_OF_ANONYMOUS)}
    shown["yours"] = viewer.may_change(need.organisation_id, KIND.role)
    if _hides(need, viewer):
        return NeedOut(**shown, perimeters=sorted(names))
    shown |= {
        "source": need.source,
        "external_id": need.external_id,
        "organisation": reference(need.organisation),
    }
    return NeedOut(**shown, perimeters=need.perimeters)
