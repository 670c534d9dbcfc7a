"""The closed lists, read once from data/vocabularies."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from backend.folding import fold
from backend.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "data" / "vocabularies"
NAMES = (
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
)


@lru_cache(maxsize=1)
def vocabularies() -> Mapping[str, list[dict[str, Any]]]:
    """All lists by name; themes hold groups, each with its leaves.

    The statuses' file holds one list an object: `statuses` is that of the records, the others
    are `introduction_statuses` and so on.
    """
    lists = {name: _read(name) for name in NAMES}
    lists["statuses"] = []
    for kind, words in _read("statuses").items():
        lists["statuses" if kind == "moderation" else f"{kind}_statuses"] = words
    return lists


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def entries(name: str) -> Mapping[str, dict[str, Any]]:
    """The entries of one list by code; for themes, groups and leaves alike."""
    found: dict[str, dict[str, Any]] = {}
    for entry in vocabularies()[name]:
        found[entry["code"]] = entry
        found.update((leaf["code"], leaf) for leaf in entry.get("leaves", ()))
    return found


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
        for spelling in (code, code.rpartition(".")[2], entry.get("fr"), entry.get("en")):
            if isinstance(spelling, str):
                known.setdefault(fold(spelling), code)
    near = get_close_matches(fold(value)[:100], known, n=1, cutoff=0.6)
    return known[near[0]] if near else None
