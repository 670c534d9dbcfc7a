"""What the staff of an authority ask of the API: shortlists, comparisons, saved searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict, cast
from urllib.parse import urlencode

from ui import api
from ui.api import segment
from ui.i18n import language
from ui.records import Band, Kind, Need, Reason, Solution

Decision = Literal["kept", "dropped"]


class Entry(TypedDict):
    """A candidate kept for a need; no record once it is no longer published."""

    solution_id: str
    title: str
    position: int
    note: str
    decision: Decision | None
    reason: str
    snapshot_id: str | None
    band: Band | None
    added_by: str | None
    added_at: str
    version: int
    record: Solution | None


class Shortlist(TypedDict):
    """The candidates kept for a need, in order."""

    need_id: str
    need_title: str
    items: list[Entry]


class Criterion(TypedDict):
    """One thing a need asks for."""

    text: str
    essential: bool


class Answer(TypedDict):
    """What is known of a criterion for a solution."""

    state: str
    note: str | None
    quote: str | None
    quote_lang: str | None
    strength: float | None


class Compared(TypedDict):
    """One of the solutions side by side."""

    band: Band | None
    answers: list[Answer]
    reasons: list[Reason]
    record: Solution


class Comparison(TypedDict):
    """Solutions side by side on the criteria of a need."""

    need_id: str
    need_title: str
    need_lang: str
    criteria: list[Criterion]
    solutions: list[Compared]


class SimilarNeed(TypedDict):
    """A need elsewhere that asks for nearly the same."""

    band: Band
    record: Need


class SavedSearch(TypedDict):
    """A search one keeps, with the number of results that are new."""

    id: str
    name: str
    kind: Kind
    text: str
    filters: dict[str, list[str] | int | None]
    frequency: str
    new: int


class Figures(TypedDict):
    """A need at a glance."""

    candidates: dict[Band, int] | None
    listed_at: str | None
    shortlisted: int
    kept: int


def shortlist(need_id: str) -> Shortlist:
    """The shortlist of a need."""
    return cast("Shortlist", api.client().get(_shortlist(need_id)))


def keep(need_id: str, solution_id: str, snapshot_id: str | None) -> None:
    """Put a solution on the shortlist."""
    path = f"{_shortlist(need_id)}/{segment(solution_id)}"
    api.client().send("PUT", path, {"snapshot_id": snapshot_id})


def change_entry(need_id: str, entry: Entry, changes: Mapping[str, object]) -> None:
    """Change note, place or decision of an entry as it was read."""
    path = f"{_shortlist(need_id)}/{segment(entry['solution_id'])}"
    api.client().send("PATCH", path, dict(changes), entry["version"])


def take_off(need_id: str, solution_id: str) -> None:
    """Take a solution off the shortlist."""
    api.client().send("DELETE", f"{_shortlist(need_id)}/{segment(solution_id)}")


def export_address(need_id: str, form: str) -> str:
    """Where the browser fetches the shortlist as a file."""
    query = urlencode({"format": form, "lang": language()})
    return f"/api/v1{_shortlist(need_id)}-export?{query}"


def columns() -> list[str]:
    """The columns of one's exports."""
    return list(api.client().get("/me/columns")["columns"])


def choose_columns(chosen: Sequence[str]) -> None:
    """Remember the columns of one's exports."""
    api.client().send("PUT", "/me/columns", {"columns": list(chosen)})


def compare(need_id: str, solution_ids: Sequence[str]) -> Comparison:
    """Solutions side by side."""
    query = {"solution": list(solution_ids), "lang": language()}
    return cast("Comparison", api.client().get(f"/needs/{segment(need_id)}/compare", query))


def similar_needs(need_id: str) -> list[SimilarNeed]:
    """Needs elsewhere that ask for nearly the same."""
    found = api.client().get(f"/needs/{segment(need_id)}/similar")
    return cast("list[SimilarNeed]", found["items"])


def desk() -> dict[str, Figures]:
    """One's needs at a glance, by id."""
    return cast("dict[str, Figures]", api.client().get("/me/desk")["needs"])


def searches() -> list[SavedSearch]:
    """One's saved searches."""
    return cast("list[SavedSearch]", api.client().get("/me/searches")["items"])


def keep_search(search: Mapping[str, object]) -> None:
    """Keep a search."""
    api.client().send("POST", "/me/searches", dict(search))


def change_search(search_id: str, changes: Mapping[str, object]) -> None:
    """Rename a search, or change how often its news are sent."""
    api.client().send("PATCH", f"/me/searches/{segment(search_id)}", dict(changes))


def see_search(search_id: str) -> None:
    """Say that its results have been looked at."""
    api.client().send("POST", f"/me/searches/{segment(search_id)}/seen")


def forget_search(search_id: str) -> None:
    """Keep a search no longer."""
    api.client().send("DELETE", f"/me/searches/{segment(search_id)}")


def _shortlist(need_id: str) -> str:
    return f"/needs/{segment(need_id)}/shortlist"
