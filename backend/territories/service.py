"""Look-ups of territories, and the check of the codes that records give."""

import re
from collections.abc import Iterable

from sqlalchemy.orm import Session

from backend.models import Territory
from backend.problems import InvalidField, not_found
from backend.territories import queries

FORM = re.compile(r"[a-z]{1,16}:[0-9A-Z]{1,12}")


def get_territory(session: Session, code: str) -> Territory:
    """The territory of `code`. Raises Problem 404."""
    territory = session.get(Territory, code) if FORM.fullmatch(code) else None
    if territory is None:
        raise not_found("territory", code)
    return territory


def check_codes(session: Session, field: str, codes: Iterable[str | None]) -> None:
    """Raise InvalidField (422) naming the first of `codes` that is not a territory."""
    given = [code for code in codes if code is not None]
    known = queries.existing(session, given) if given else {}
    for code in given:
        if code not in known:
            near = queries.nearest(session, code)
            raise InvalidField(field, "unknown_territory", value=code, near=near)
