"""Operators change the words of the closed lists, add to them and retire from them."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.activity.service import record
from backend.database import begin_write
from backend.models import Counter, VocabularyEntry
from backend.models.base import now
from backend.problems import InvalidField, Problem, not_found
from backend.vocabularies.schemas import Term, TermIn
from backend.vocabularies.service import (
    COUNTER,
    OPEN_LISTS,
    ask_again,
    entries,
    read_changes,
    vocabularies,
)

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}(\.[a-z0-9][a-z0-9_-]{0,20})?")


def put_term(session: Session, name: str, code: str, data: TermIn, viewer: Viewer) -> Term:
    """Give an entry of a list its words; add it where there is none. A repeat is harmless.

    Raises Problem 404 for a list that does not exist, 409 for adding to or retiring from a list
    whose codes have a meaning of their own, InvalidField (422) for a code or group that cannot be.
    """
    begin_write(session)
    # Its row is held until the commit: changes are numbered in the order in which they are seen.
    counter = session.scalars(
        select(Counter).where(Counter.name == COUNTER).with_for_update()
    ).one()
    read_changes(session)
    if name not in vocabularies():
        raise not_found("vocabulary", name)
    former = entries(name).get(code)
    _check(name, code, data, former)
    row = session.get(VocabularyEntry, (name, code))
    if former is not None and _same(former, row, data):
        return Term.model_validate(former)
    _write(session, name, code, data, row)
    counter.value += 1
    told = {"changed": _told(former, data)}
    record(session, viewer.actor, "update", "vocabulary", f"{name}/{code}"[:64], told)
    session.flush()
    ask_again()
    return Term(code=code, fr=data.fr, en=data.en, retired=data.retired)


def _check(name: str, code: str, data: TermIn, former: dict[str, Any] | None) -> None:
    keeps_its_codes = former is not None and not data.retired and data.position is None
    if name not in OPEN_LISTS and not keeps_its_codes:
        raise Problem(409, "conflict", "closed-list", name=name)
    if former is None and not CODE.fullmatch(code):
        raise InvalidField("code", "new_code")
    if name != "themes":
        return
    group = code.partition(".")[0]
    if former is None and (data.parent != group or "." not in code or not _is_group(group)):
        raise InvalidField("parent", "theme_group")
    if data.retired and _is_group(code):
        raise Problem(409, "conflict", "closed-list", name=name)


def _is_group(code: str) -> bool:
    return "leaves" in entries("themes").get(code, {})


def _same(former: dict[str, Any], row: VocabularyEntry | None, data: TermIn) -> bool:
    words = (former["fr"], former["en"], bool(former.get("retired")))
    position = row.position if row else None
    return (*words, position) == (data.fr, data.en, data.retired, data.position)


def _write(
    session: Session, name: str, code: str, data: TermIn, row: VocabularyEntry | None
) -> None:
    if row is None:
        row = VocabularyEntry(vocabulary=name, code=code, parent=data.parent)
        session.add(row)
    row.fr, row.en, row.position = data.fr, data.en, data.position
    row.updated_at = now()
    row.retired_at = (row.retired_at or now()) if data.retired else None


def _told(former: dict[str, Any] | None, data: TermIn) -> dict[str, list[Any]]:
    """Each difference as a pair of before and after."""
    known = former or {}
    pairs: dict[str, list[Any]] = {
        "fr": [known.get("fr"), data.fr],
        "en": [known.get("en"), data.en],
        "retired": [bool(known.get("retired")), data.retired],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
