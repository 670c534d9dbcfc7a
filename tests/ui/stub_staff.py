"""The part of the stand-in that an authority's staff works with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

NOW = "2026-11-02T09:30:00+00:00"
Given = tuple[int, Any]


def saved_search(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A saved search as the API answers it."""
    return {
        "id": f"q{number}",
        "name": f"Recherche {number}",
        "kind": "solutions",
        "text": "capteurs",
        "filters": {"theme": ["water"], "maturity_min": 7},
        "frequency": "weekly",
        "created_at": NOW,
        "last_seen_at": NOW,
        "new": 2,
        **changes,
    }


@dataclass
class StaffStub:
    """Shortlists by need, saved searches, similar needs; change them between two requests."""

    shortlists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    searches: list[dict[str, Any]] = field(default_factory=list)
    similar: list[dict[str, Any]] = field(default_factory=list)
    desk: dict[str, Any] = field(default_factory=dict)
    columns: list[str] = field(default_factory=lambda: ["title", "decision"])
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def answer(self, records: Any, method: str, path: str, query: Any, body: Any) -> Given | None:
        """Status and JSON for a request about the staff's work, None for another."""
        if path == "/me/columns":
            self.columns = (body or {}).get("columns", self.columns)
        known = {"/me/desk": {"needs": self.desk}, "/me/columns": {"columns": self.columns}}
        if path in known:
            return 200, known[path]
        if path.startswith("/me/searches"):
            return self._searches(method, path.removeprefix("/me/searches").strip("/"), body)
        return self._of_need(records, method, path, query, body)

    def _of_need(self, records: Any, method: str, path: str, query: Any, body: Any) -> Given | None:
        found = re.fullmatch(r"/needs/([^/]+)/(shortlist|compare|similar)(?:/([^/]+))?", path)
        if found is None:
            return None
        need_id, what, solution_id = found.groups()
        need = next((n for n in records.needs if n["id"] == need_id), None)
        if need is None:
            return 404, {"title": "Not found", "status": 404, "detail": "Rien ici."}
        if what == "similar":
            return 200, {"items": [{"band": "good", "record": one} for one in self.similar]}
        if what == "compare":
            return 200, self._compare(records, need, query["solution"])
        return self._shortlist(records, method, need, solution_id, body)

    def _searches(self, method: str, search_id: str, body: Any) -> Given:
        if method == "POST" and not search_id:
            self.searches.append(saved_search(len(self.searches) + 1, new=0, **body))
            return 201, self.searches[-1]
        if method == "GET":
            return 200, {"items": self.searches}
        own = search_id.removesuffix("/seen")
        if search_id.endswith("/seen"):
            body = {"new": 0}
        for search in self.searches:
            if search["id"] == own:
                search.update(body or {})
        if method == "DELETE":
            self.searches = [one for one in self.searches if one["id"] != own]
        return (204, None) if method != "PATCH" else (200, {})

    def _shortlist(
        self, records: Any, method: str, need: Any, solution_id: str | None, body: Any
    ) -> Given:
        kept = self.shortlists.setdefault(need["id"], [])
        if method == "GET":
            return 200, {"need_id": need["id"], "need_title": need["title"], "items": kept}
        if method == "DELETE":
            kept[:] = [one for one in kept if one["solution_id"] != solution_id]
            return 204, None
        if method == "PUT":
            record = next(s for s in records.solutions if s["id"] == solution_id)
            kept.append(entry(record, len(kept) + 1, snapshot_id=body.get("snapshot_id")))
            return 200, kept[-1]
        found = next(one for one in kept if one["solution_id"] == solution_id)
        found.update(body, version=found["version"] + 1)
        return 200, found

    def _compare(self, records: Any, need: Any, ids: list[str]) -> dict[str, Any]:
        states = ["declared_yes", "to_check", "declared_no", "unknown"]
        chosen = [next(s for s in records.solutions if s["id"] == one) for one in ids]
        criteria = [{"text": text, "essential": True} for text in need["essential_criteria"]]
        return {
            "need_id": need["id"],
            "need_title": need["title"],
            "need_lang": need["lang"],
            "criteria": criteria,
            "solutions": [
                {
                    "band": "good" if place == 0 else None,
                    "answers": [
                        {
                            "state": states[place % 4],
                            "note": "Dit le porteur" if place == 0 else None,
                            "quote": "Une <alerte> par SMS." if place == 1 else None,
                            "quote_lang": None,
                            "strength": None,
                        }
                        for _ in criteria
                    ],
                    "reasons": [],
                    "record": record,
                }
                for place, record in enumerate(chosen)
            ],
        }


def entry(made: dict[str, Any], position: int = 1, **changes: Any) -> dict[str, Any]:
    """A candidate on a shortlist as the API answers it."""
    return {
        "solution_id": made["id"],
        "title": made["title"],
        "position": position,
        "note": "",
        "decision": None,
        "reason": "",
        "snapshot_id": None,
        "band": "good",
        "added_by": "Sana Agent",
        "added_at": NOW,
        "updated_at": NOW,
        "version": 1,
        "record": made,
        **changes,
    }
