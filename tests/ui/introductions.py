"""Introductions as the API answers them, for the stand-in."""

from __future__ import annotations

from typing import Any

from tests.ui.stub import NOW, need, solution


def item(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An introduction in a list, on the leader's side."""
    record = {
        "id": f"i{number}",
        "need": _subject(need(number)),
        "solution": _subject(solution(number)),
        "status": "contacted",
        "side": "leader",
        "started_by": "authority",
        "awaits_you": True,
        "unread": 2,
        "version": 1,
        "created_at": NOW,
        "moved_at": NOW,
    }
    return {**record, **changes}


def introduction(**changes: Any) -> dict[str, Any]:
    """One introduction, whole, on the leader's side."""
    own = {"name": "Ada", "organisation": "Cie", "email": "ada@cie.example", "phone": None}
    record = {
        **{name: item()[name] for name in ("id", "status", "side", "started_by", "version")},
        "created_at": NOW,
        "moved_at": NOW,
        "ended_at": None,
        "ended_by": None,
        "reason": None,
        "reason_note": None,
        "need": need(1, yours=False),
        "solution": solution(1),
        "consortium": None,
        "snapshot_id": None,
        "rank": None,
        "reasons": [],
        "events": [{"from_status": None, "to_status": "contacted", "side": "authority", "at": NOW}],
        "messages": [],
        "moves": ["interested", "not_interested"],
        "may_write": True,
        "may_consent": True,
        "may_say_outcome": False,
        "authority_consent_at": None,
        "leader_consent_at": None,
        "your_contact": own,
        "authority_contact": None,
        "leader_contact": None,
        "authority_outcome": None,
        "leader_outcome": None,
        "outcome_confirmed_at": None,
    }
    return {**record, **changes}


def message(**changes: Any) -> dict[str, Any]:
    """A message of the authority."""
    record = {
        "id": "m1",
        "side": "authority",
        "author": None,
        "text": "Bonjour",
        "created_at": NOW,
        "read_at": None,
    }
    return {**record, **changes}


def _subject(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ("id", "title", "lang", "organisation")}
