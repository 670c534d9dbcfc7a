"""The lists of the files with the changes of operators laid over them. Pure, once read."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from math import inf
from typing import Any, Final

from backend.models import VocabularyEntry
from backend.settings import PROJECT_ROOT

FOLDER: Final = PROJECT_ROOT / "data" / "vocabularies"
NAMES: Final = (
    "themes",
    "beneficiaries",
    "labels",
    "organisation_kinds",
    "price_bands",
    "why_blank",
    "project_stages",
    "maturity",
    "statuses",
    "languages",
    "introduction_outcomes",
    "introduction_reasons",
    "unanswered_reasons",
)
Entry = dict[str, Any]
Lists = Mapping[str, list[Entry]]


def merged(changes: Iterable[VocabularyEntry]) -> Lists:
    """The lists of the files, each changed entry in the words and at the place it was given."""
    lists = deepcopy(_files())
    placed: dict[int, float] = {}
    for change in changes:
        entry = _entry(lists, change)
        entry |= {"fr": change.fr, "en": change.en}
        entry.pop("retired", None)
        if change.retired_at is not None:
            entry["retired"] = True
        if change.position is not None:
            placed[id(entry)] = change.position
    for entries in lists.values():
        _order(entries, placed)
        for entry in entries:
            _order(entry.get("leaves", []), placed)
    return lists


def flat(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by code, the leaves of themes after their group."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found[entry["code"]] = entry
        found.update((leaf["code"], leaf) for leaf in entry.get("leaves", ()))
    return found


@cache
def _files() -> dict[str, list[Entry]]:
    lists = {name: _read(name) for name in NAMES}
    lists["statuses"] = []
    for kind, words in _read("statuses").items():
        lists["statuses" if kind == "moderation" else f"{kind}_statuses"] = words
    return lists


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _entry(lists: dict[str, list[Entry]], change: VocabularyEntry) -> Entry:
    """The entry that a change is about; a new one where the files have none."""
    entries = lists[change.vocabulary]
    known = flat(entries)
    if change.code in known:
        return known[change.code]
    made: Entry = {"code": change.code}
    parent = known.get(change.parent or "")
    (entries if parent is None else parent["leaves"]).append(made)
    return made


def _order(entries: list[Entry], placed: Mapping[int, float]) -> None:
    entries.sort(key=lambda entry: placed.get(id(entry), inf))
