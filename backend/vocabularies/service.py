"""The closed lists: those of data/vocabularies, with what operators changed in them.

They are kept in memory. A counter in the database numbers the changes: a process that has read
another number reads the changes again, within FRESH_SECONDS of any request.
"""

import logging
import time
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.database import reading
from backend.folding import fold
from backend.models import Counter, VocabularyEntry
from backend.vocabularies.merge import Lists, flat, merged

logger = logging.getLogger(__name__)
COUNTER: Final = "vocabularies"
FRESH_SECONDS: Final = 2.0
# Lists whose entries the code does not name: operators may add to them and retire from them.
OPEN_LISTS: Final = frozenset({"themes", "beneficiaries", "labels"})


class _Words:
    """What this process holds of the lists, and since when."""

    def __init__(self) -> None:
        self.lists: Lists = merged([])
        self.entries = {name: flat(entries) for name, entries in self.lists.items()}
        self.number = 0
        self.asked_at = float("-inf")

    def hold(self, number: int, changes: Iterable[VocabularyEntry]) -> None:
        """Take in the changes that operators made, all of them."""
        self.lists = merged(changes)
        self.entries = {name: flat(entries) for name, entries in self.lists.items()}
        self.number = number


_words = _Words()


def refresh(engine: Engine) -> None:
    """Read what changed, if this process has not asked for FRESH_SECONDS.

    While the database does not answer, the words known so far serve.
    """
    if time.monotonic() - _words.asked_at < FRESH_SECONDS:
        return
    _words.asked_at = time.monotonic()
    try:
        with reading(engine) as session:
            read_changes(session)
    except DBAPIError as error:
        logger.warning("the changed words of the lists cannot be read: %s", error.orig)


def read_changes(session: Session) -> None:
    """Read what changed since this process last read."""
    number = session.scalar(select(Counter.value).where(Counter.name == COUNTER)) or 0
    if number != _words.number:
        _words.hold(number, session.scalars(select(VocabularyEntry)).all())


def ask_again() -> None:
    """Read what changed at the next request, however soon it comes."""
    _words.asked_at = float("-inf")


def forget() -> None:
    """Go back to the words of the files."""
    _words.hold(0, [])
    ask_again()


def vocabularies() -> Lists:
    """All lists by name; themes hold groups, each with its leaves.

    The statuses' file holds one list an object: `statuses` is that of the records, the others
    are `introduction_statuses` and so on. What may no longer be chosen bears `retired`.
    """
    return _words.lists


def entries(name: str) -> Mapping[str, dict[str, Any]]:
    """The entries of one list by code, retired ones too; for themes, groups and leaves alike."""
    return _words.entries[name]


def is_retired(name: str, code: str) -> bool:
    """Whether `code` is in the list and can no longer be chosen."""
    return bool(entries(name).get(code, {}).get("retired"))


def label(name: str, code: str, language: str) -> str:
    """What a person reads for `code`; the code itself when it is no longer in the list."""
    entry = entries(name).get(code)
    return str(entry[language]) if entry else code


def with_leaves(themes: Iterable[str]) -> list[str]:
    """The codes that satisfy a filter on `themes`: a group stands for its leaves as well."""
    groups = set(themes)
    return sorted(c for c in entries("themes") if c in groups or c.partition(".")[0] in groups)


def suggestion(name: str, value: str) -> str | None:
    """The code nearest to a wrong `value`, by code or by the words people read."""
    known: dict[str, str] = {}
    for code, entry in entries(name).items():
        if entry.get("retired"):
            continue
        for spelling in (code, code.rpartition(".")[2], entry.get("fr"), entry.get("en")):
            if isinstance(spelling, str):
                known.setdefault(fold(spelling), code)
    near = get_close_matches(fold(value)[:100], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None
