"""Keeps searches for people, and tells what is new in them."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.database import begin_write
from backend.matches.schemas import Filters
from backend.models import SavedSearch
from backend.models.base import now
from backend.problems import Problem, not_found
from backend.searches.news import new_results, news
from backend.searches.schemas import (
    MOST,
    SavedSearches,
    SavedSearchOut,
    SavedSearchPatch,
    SearchToKeep,
)
from backend.territories.service import check_codes

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

__all__ = ["new_results"]
SHOWN = ("id", "name", "kind", "text", "frequency", "created_at", "last_seen_at")


def list_searches(session: Session, matcher: "Matcher", viewer: Viewer) -> SavedSearches:
    """One's own searches, the newest first, with the number of new results of each."""
    wanted = select(SavedSearch).where(SavedSearch.person_id == viewer.person_id)
    kept = list(session.scalars(wanted.order_by(SavedSearch.id.desc())))
    found = news(session, matcher, [(one, one.last_seen_at) for one in kept])
    return SavedSearches(items=[_show(one, len(found[one.id])) for one in kept])


def keep_search(session: Session, data: SearchToKeep, viewer: Viewer) -> SavedSearchOut:
    """Keep a search; the same text and filters are kept once, under their first name.

    Raises InvalidField (422) for an unknown territory, Problem 409 for one too many.
    """
    check_codes(session, "filters.perimeter", data.filters.perimeter)
    given = {"kind": data.kind, "text": data.text, "filters": _given(data.filters)}
    key = _content_key(given)
    begin_write(session)
    own = select(SavedSearch).where(SavedSearch.person_id == viewer.person_id)
    kept = session.scalars(own.where(SavedSearch.content_key == key)).one_or_none()
    if kept is None:
        count = session.scalar(select(func.count()).select_from(own.subquery())) or 0
        if count >= MOST:
            raise Problem(409, "conflict", "searches-full", most=MOST)
        kept = SavedSearch(
            person_id=viewer.person_id,
            content_key=key,
            name=data.name,
            frequency=data.frequency,
            **given,
        )
        session.add(kept)
        session.flush()
    return _show(kept, 0)


def change_search(
    session: Session, matcher: "Matcher", search_id: str, patch: SavedSearchPatch
) -> SavedSearchOut:
    """Give a search another name, or have its news sent more or less often. Raises Problem 404."""
    begin_write(session)
    kept = _get(session, search_id)
    for name in patch.model_fields_set:
        setattr(kept, name, getattr(patch, name))
    session.flush()
    return _show(kept, len(new_results(session, matcher, kept, kept.last_seen_at)))


def see_search(session: Session, search_id: str) -> None:
    """Note that its results have been looked at: what is published from now on is new."""
    begin_write(session)
    _get(session, search_id).last_seen_at = now()


def forget_search(session: Session, search_id: str) -> None:
    """Keep a search no longer. Raises Problem 404."""
    begin_write(session)
    session.delete(_get(session, search_id))


def _get(session: Session, search_id: str) -> SavedSearch:
    found = session.get(SavedSearch, search_id)
    if found is None:
        raise not_found("saved_search", search_id)
    return found


def _given(filters: Filters) -> dict[str, Any]:
    return {name: value for name, value in filters if value}


def _content_key(given: dict[str, Any]) -> str:
    text = json.dumps(given, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _show(kept: SavedSearch, new: int) -> SavedSearchOut:
    shown = {name: getattr(kept, name) for name in SHOWN}
    # Not checked again: a code that has left a vocabulary must not hide the whole list.
    filters = Filters.model_construct(**kept.filters)
    return SavedSearchOut.model_construct(**shown, filters=filters, new=new)
