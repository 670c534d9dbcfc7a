"""Introductions as the pages ask for and change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict, cast

from ui import api
from ui.api import ApiError, Query
from ui.records import Need, NeedPage, Organisation, Reason, Solution

Side = Literal["authority", "leader"]


class Subject(TypedDict):
    """A need or a solution, as named in a list."""

    id: str
    title: str
    lang: str
    organisation: Organisation | None


class Item(TypedDict):
    """An introduction in a list."""

    id: str
    need: Subject
    solution: Subject
    status: str
    side: Side | None
    started_by: Side
    awaits_you: bool
    unread: int
    created_at: str
    moved_at: str


class Page(TypedDict):
    """One page of introductions; `counts` by status."""

    items: list[Item]
    next_cursor: str | None
    total: int
    counts: dict[str, int]


class Contact(TypedDict):
    """Whom to reach, and how."""

    name: str | None
    organisation: str | None
    email: str | None
    phone: str | None


class Message(TypedDict):
    """What one side wrote."""

    id: str
    side: Side
    author: str | None
    text: str | None
    created_at: str
    read_at: str | None


class Event(TypedDict):
    """One change of status."""

    from_status: str | None
    to_status: str
    side: Side | None
    at: str


class Outcome(TypedDict):
    """What one side says came of it."""

    outcome: str
    amount_band: str | None
    said_at: str


class Partner(TypedDict):
    """A solution of a joint answer."""

    solution_id: str
    title: str
    lang: str
    organisation: str | None
    status: str
    yours: bool


class Consortium(TypedDict):
    """A joint answer to a need."""

    id: str
    need_id: str
    need_title: str
    need_lang: str
    note: str
    partners: list[Partner]


class Introduction(TypedDict):
    """One introduction, whole."""

    id: str
    status: str
    side: Side | None
    started_by: Side
    version: int
    created_at: str
    moved_at: str
    ended_by: Side | None
    reason: str | None
    reason_note: str | None
    need: Need
    solution: Solution
    consortium: Consortium | None
    rank: int | None
    reasons: list[Reason]
    events: list[Event]
    messages: list[Message]
    moves: list[str]
    may_write: bool
    may_consent: bool
    may_say_outcome: bool
    authority_consent_at: str | None
    leader_consent_at: str | None
    your_contact: Contact | None
    authority_contact: Contact | None
    leader_contact: Contact | None
    authority_outcome: Outcome | None
    leader_outcome: Outcome | None
    outcome_confirmed_at: str | None


class Request(TypedDict):
    """A client reference and whether its client confirms it."""

    id: str
    solution_id: str
    solution_title: str
    solution_lang: str
    name: str
    year: int | None
    organisation: Organisation | None
    status: Literal["requested", "confirmed", "refused"]
    note: NotRequired[str | None]


def listed(query: Query) -> Page:
    """One page of the reader's introductions."""
    return cast("Page", api.client().get("/introductions", query))


def opened(introduction_id: str) -> Introduction:
    """One introduction, which the reader's side has then seen; an operator leaves no mark."""
    path = _path(introduction_id)
    try:
        return cast("Introduction", api.client().send("POST", f"{path}/read", None))
    except ApiError as error:
        if error.problem != "refused":
            raise
    return cast("Introduction", api.client().get(path))


def ask(need_id: str, solution_id: str, snapshot_id: str | None) -> Introduction:
    """Ask for an introduction; the one that is open, if there is one."""
    body = {"solution_id": solution_id, "snapshot_id": snapshot_id}
    path = f"/needs/{api.segment(need_id)}/introductions"
    return cast("Introduction", _start(path, body))


def as_item(found: Introduction) -> Item:
    """The same as in a list."""
    need, solution = found["need"], found["solution"]
    return {
        "id": found["id"],
        "need": _subject(need),
        "solution": _subject(solution),
        "status": found["status"],
        "side": found["side"],
        "started_by": found["started_by"],
        "awaits_you": False,
        "unread": 0,
        "created_at": found["created_at"],
        "moved_at": found["moved_at"],
    }


def _subject(record: Need | Solution) -> Subject:
    return {
        "id": record["id"],
        "title": record["title"],
        "lang": record["lang"],
        "organisation": record["organisation"],
    }


def answer_need(solution_id: str, body: Mapping[str, object]) -> Introduction:
    """Say whether one is interested in a need."""
    return cast("Introduction", _start(f"/solutions/{api.segment(solution_id)}/interest", body))


def move(introduction: Introduction, body: Mapping[str, object]) -> None:
    """Give it another status, provided it still is as it was read."""
    api.client().send("PATCH", _path(introduction["id"]), body, introduction["version"])


def consent(introduction_id: str) -> None:
    """Let the other side have one's contact once both have consented."""
    api.client().send("POST", f"{_path(introduction_id)}/consent", {"share_contact": True})


def write(introduction_id: str, text: str, key: str) -> None:
    """Write to the other side; the same key again writes nothing."""
    api.client().send("POST", f"{_path(introduction_id)}/messages", {"text": text}, key=key)


def say_outcome(introduction_id: str, body: Mapping[str, object]) -> None:
    """Say what came of it."""
    api.client().send("PUT", f"{_path(introduction_id)}/outcome", body)


def unanswered(themes: list[str]) -> NeedPage:
    """Needs of those themes for which no solution is suitable."""
    query: Query = {"unanswered": "true", "theme": themes, "limit": 50}
    return api.client().needs(query)


def declare_unanswered(need_id: str, body: Mapping[str, object] | None) -> None:
    """Say of a need that no solution is suitable; None takes it back."""
    method = "DELETE" if body is None else "PUT"
    api.client().send(method, f"/needs/{api.segment(need_id)}/unanswered", body)


def consortia() -> list[Consortium]:
    """The joint answers of the reader's solutions."""
    return cast("list[Consortium]", api.client().get("/consortia")["items"])


def invite(solution_id: str, body: Mapping[str, object]) -> None:
    """Invite solutions to a joint answer."""
    _start(f"/solutions/{api.segment(solution_id)}/consortia", body)


def join(consortium_id: str, solution_id: str, answer: str) -> None:
    """Accept or decline an invitation."""
    body = {"solution_id": solution_id, "answer": answer}
    api.client().send("POST", f"/consortia/{api.segment(consortium_id)}/answer", body)


def references(solution_id: str) -> list[Request]:
    """What clients have answered about the references of a solution."""
    path = f"/solutions/{api.segment(solution_id)}/references"
    return cast("list[Request]", api.client().get(path)["items"])


def request_reference(solution_id: str, name: str, year: int | None) -> None:
    """Ask a client to confirm a reference."""
    path = f"/solutions/{api.segment(solution_id)}/references"
    api.client().send("POST", path, {"name": name, "year": year})


def requests() -> list[Request]:
    """The references that the reader's organisations are asked to confirm."""
    return cast("list[Request]", api.client().get("/reference-requests")["items"])


def answer_reference(request_id: str, body: Mapping[str, object]) -> None:
    """Confirm a reference, or refuse."""
    api.client().send("POST", f"/reference-requests/{api.segment(request_id)}/answer", body)


def _start(path: str, body: Mapping[str, object]) -> object:
    """Begin something. A conflict is then no change of somebody else's, but a plain refusal."""
    try:
        return api.client().send("POST", path, body)
    except ApiError as error:
        if error.problem != "conflict":
            raise
        raise ApiError("refused", error.detail) from error


def _path(introduction_id: str) -> str:
    return f"/introductions/{api.segment(introduction_id)}"
