"""What is new in saved searches: records published since, that pass the filters and answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from backend.matches.provider import make_criteria
from backend.matches.schemas import Arranging, Filters
from backend.matches.searched import searched
from backend.models import Need, SavedSearch, Solution

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

MOST = 100
PLAIN = Arranging(group=False, newcomers=False)
Ids = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved search, and the instant after which a record is new."""

    search: SavedSearch
    since: datetime

    @property
    def kind(self) -> Literal["solution", "need"]:
        """The kind of record it looks for."""
        return "solution" if self.search.kind == "solutions" else "need"

    @property
    def filters(self) -> Filters:
        """Its filters as they were kept: a code that left a vocabulary finds nothing."""
        return Filters.model_construct(**self.search.filters)


def new_results(
    session: Session, matcher: "Matcher", search: SavedSearch, since: datetime
) -> list[str]:
    """The ids of what a saved search finds that was published after `since`, 100 at most.

    With a text, best first, and only what is at least worth a look; without, the newest first.
    """
    return news(session, matcher, [(search, since)])[search.id]


def news(
    session: Session, matcher: "Matcher", searches: Sequence[tuple[SavedSearch, datetime]]
) -> dict[str, list[str]]:
    """The same for several searches, by the id of each.

    One statement finds what is new for all of them; only a text with something new is ranked.
    """
    asked = [Asked(search, since) for search, since in searches]
    found = _published_since(session, asked)
    return {one.search.id: _answering(session, matcher, one, found[one.search.id]) for one in asked}


def _published_since(session: Session, asked: Sequence[Asked]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one.search.id: [] for one in asked}
    if not asked:
        return found
    listed = union_all(*(_candidates(one) for one in asked)).subquery()
    newest = select(listed).order_by(listed.c.published_at.desc(), listed.c.record_id)
    for search_id, record_id, _ in session.execute(newest):
        found[search_id].append(record_id)
    return found


def _candidates(one: Asked) -> Any:
    """What is new and passes the filters."""
    model = Solution if one.kind == "solution" else Need
    met = searched(one.kind, one.filters) | {
        "published": model.status == "published",
        "new": model.published_at > one.since,
    }
    columns = (
        literal(one.search.id).label("search_id"),
        model.id.label("record_id"),
        model.published_at.label("published_at"),
    )
    return select(*columns).where(*met.values())


def _answering(
    session: Session, matcher: "Matcher", one: Asked, candidates: Sequence[str]
) -> list[str]:
    """Those of the candidates that answer the text, if there is one."""
    if not one.search.text or not candidates:
        return list(candidates[:MOST])
    criteria = make_criteria(one.filters, (), PLAIN)
    ranking = matcher.search(session, one.search.text, None, one.kind, criteria, MOST)
    new = set(candidates)
    return [m.id for m in ranking.matches if m.id in new and m.band != "uncertain"]
