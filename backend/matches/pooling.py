"""Finds needs elsewhere that ask for nearly the same, so that they can be pooled."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.matches.schemas import SimilarNeed, SimilarNeeds
from backend.models import Need
from backend.needs.service import show_needs
from backend.records.queries import by_ids, get_bare

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

LISTED = 5
# One's own needs are taken out afterwards.
ASKED = 20


def similar_needs(
    session: Session, matcher: "Matcher", need_id: str, viewer: Viewer
) -> SimilarNeeds:
    """The published needs of others nearest to one. Raises Problem 404."""
    need = get_bare(session, Need, need_id)
    own = need.organisation_id
    found = matcher.similar_needs(session, need, ASKED)
    rows = by_ids(session, Need, [match.id for match in found])
    elsewhere = {row.id: row for row in rows.values() if own is None or row.organisation_id != own}
    shown = {one.id: one for one in show_needs(session, list(elsewhere.values()), viewer)}
    listed = [
        SimilarNeed(band=match.band, record=shown[match.id])
        for match in found
        if match.id in shown and shown[match.id].status == "published"
    ]
    return SimilarNeeds(items=listed[:LISTED])
