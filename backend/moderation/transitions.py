"""In which states a record may be left, and by whom: one table for forms and decisions."""

from collections.abc import Mapping
from typing import Final, Literal

Decision = Literal["publish", "request_edits", "reject", "archive"]

# To what state the people of a record's organisation may move it, from each state. A new record
# has none; archiving is an action of its own.
AUTHOR_MOVES: Final[Mapping[str | None, frozenset[str]]] = {
    None: frozenset({"draft", "submitted"}),
    "draft": frozenset({"draft", "submitted"}),
    "submitted": frozenset({"draft", "submitted"}),
    "edits_requested": frozenset({"draft", "submitted"}),
    "rejected": frozenset({"draft", "submitted"}),
    "published": frozenset({"draft", "submitted", "published"}),
    "archived": frozenset(),
}
RESULTS: Final[Mapping[Decision, str]] = {
    "publish": "published",
    "request_edits": "edits_requested",
    "reject": "rejected",
    "archive": "archived",
}
# From which states an operator may decide so.
DECIDED_FROM: Final[Mapping[Decision, frozenset[str]]] = {
    "publish": frozenset({"draft", "submitted", "edits_requested", "rejected"}),
    "request_edits": frozenset({"submitted", "published", "rejected"}),
    "reject": frozenset({"submitted", "edits_requested", "published"}),
    "archive": frozenset({"draft", "submitted", "edits_requested", "rejected", "published"}),
}
# What the author must be told in words.
NEEDS_REMARK: Final[frozenset[Decision]] = frozenset({"request_edits", "reject"})


def author_may_move(former: str | None, wanted: str) -> bool:
    """Whether the people of a record's organisation may take it from `former` to `wanted`."""
    return wanted in AUTHOR_MOVES[former]


def decision_allowed(former: str, decision: Decision) -> bool:
    """Whether an operator may decide so of a record in the state `former`."""
    return former in DECIDED_FROM[decision]
