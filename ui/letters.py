"""Letters and alerts as the API answers them."""

from __future__ import annotations

from typing import Literal, TypedDict

LetterKind = Literal["introduction", "moderation", "match", "search", "reminder"]
LeastBand = Literal["strong", "good", "possible"]


class RecordAlerts(TypedDict):
    """One of the reader's records, and its own least band if it has one."""

    id: str
    kind: Literal["solution", "need"]
    title: str
    least_band: LeastBand | None


class Alerts(TypedDict):
    """Which letters the reader gets, how often, and of how close matches."""

    frequencies: dict[LetterKind, str]
    least_band: LeastBand
    records: list[RecordAlerts]


class Letter(TypedDict):
    """One letter of the outbox, without its words."""

    id: str
    kind: str
    address: str
    created_at: str
    due_at: str
    attempts: int
    sent_at: str | None
    given_up_at: str | None
    last_error: str | None


class LetterPage(TypedDict):
    """Letters in one state, and how many there are in each; whether they are sent at all."""

    items: list[Letter]
    next_cursor: str | None
    total: int
    counts: dict[str, int]
    sending: bool
