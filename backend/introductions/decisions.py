"""What may happen to an introduction, decided without reading or writing anything.

The table `MOVES` says which status each side may give it from which other; a status that is not a
key is never left. Being seen, and what follows from consents and outcomes, is not chosen but
follows: `after_reading`, `after_consent`, `after_outcomes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

Side = Literal["authority", "leader"]
Status = Literal[
    "contacted",
    "seen",
    "interested",
    "not_interested",
    "in_progress",
    "unreachable",
    "met",
    "pilot",
    "deal",
    "closed",
    "expired",
]
Outcome = Literal["met", "pilot", "deal", "nothing"]
SIDES: tuple[Side, ...] = get_args(Side)
STATUSES: tuple[Status, ...] = get_args(Status)
OTHER: Final[Mapping[Side, Side]] = {"authority": "leader", "leader": "authority"}

_ASKED: Mapping[Side, frozenset[Status]] = {
    "authority": frozenset({"unreachable", "closed"}),
    "leader": frozenset({"interested", "not_interested"}),
}
_CLOSE: frozenset[Status] = frozenset({"closed"})
_TALKING: frozenset[Status] = frozenset({"met", "unreachable", "closed"})
MOVES: Final[Mapping[Status, Mapping[Side, frozenset[Status]]]] = {
    "contacted": _ASKED,
    "seen": _ASKED,
    "interested": {
        "authority": frozenset({"unreachable", "closed"}),
        "leader": frozenset({"not_interested"}),
    },
    "in_progress": {"authority": _TALKING, "leader": _TALKING},
    "unreachable": {
        "authority": frozenset({"in_progress", "closed"}),
        "leader": frozenset({"in_progress", "interested", "not_interested"}),
    },
    "met": {"authority": _CLOSE, "leader": _CLOSE},
    "pilot": {"authority": _CLOSE, "leader": _CLOSE},
}
FINAL: Final[frozenset[Status]] = frozenset(STATUSES) - frozenset(MOVES)
WITH_REASON: Final[frozenset[Status]] = frozenset({"not_interested", "closed"})
# Meeting, trying and buying come in this order; what is said later never undoes it.
PROGRESS: Final[tuple[Status, ...]] = ("in_progress", "met", "pilot", "deal")

REMINDERS: Final = (timedelta(days=9), timedelta(days=21))
OUTCOME_ASKED: Final = timedelta(days=45)
EXPIRES: Final = timedelta(days=60)
# A trial lasts as long as it was agreed to: it does not run out by itself.
LASTING: Final[frozenset[Status]] = frozenset({"pilot"})


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says came of it; the amount is a code of price bands."""

    outcome: Outcome
    amount_band: str | None = None


def allowed(status: Status, side: Side, consented: frozenset[Side]) -> frozenset[Status]:
    """The statuses that `side` may choose now."""
    moves = MOVES[status][side] if status in MOVES else frozenset()
    if contacts_shown(consented):
        return moves - {"interested"} if status == "unreachable" else moves
    return moves - {"in_progress"}


def contacts_shown(consented: frozenset[Side]) -> bool:
    """Contacts are shown, to both, only once both sides have consented."""
    return consented == frozenset(SIDES)


def may_consent(status: Status, side: Side, consented: frozenset[Side]) -> bool:
    """Whether there is something left for `side` to consent to."""
    return status not in FINAL and side not in consented


def after_reading(status: Status, side: Side) -> Status:
    """What is asked of a project leader is seen when they open it."""
    return "seen" if status == "contacted" and side == "leader" else status


def after_consent(status: Status, consented: frozenset[Side]) -> Status:
    """A leader who gives their contact is interested; once both have, they are in progress."""
    if contacts_shown(consented) and status in {"contacted", "seen", "interested"}:
        return "in_progress"
    if "leader" in consented and status in {"contacted", "seen"}:
        return "interested"
    return status


def may_say_outcome(status: Status) -> bool:
    """Outcomes are of people who were put in touch."""
    return status in {"in_progress", "met", "pilot"}


def agree(first: Said | None, second: Said | None) -> bool:
    """Whether both sides say the same; an amount that one leaves out contradicts none."""
    if first is None or second is None or first.outcome != second.outcome:
        return False
    amounts = {first.amount_band, second.amount_band} - {None}
    return len(amounts) <= 1


def after_outcomes(status: Status, first: Said | None, second: Said | None) -> Status:
    """The status once both sides say the same; it never goes back."""
    if first is None or not may_say_outcome(status) or not agree(first, second):
        return status
    if first.outcome == "nothing":
        return "closed"
    reached: tuple[Status, ...] = (status, first.outcome)
    return max(reached, key=PROGRESS.index)


def awaited(status: Status, consented: frozenset[Side]) -> frozenset[Side]:
    """Whose answer the introduction waits for."""
    if status in {"contacted", "seen"}:
        return frozenset({"leader"})
    if status == "interested":
        return frozenset(SIDES) - consented
    return frozenset()


def reminder(since: datetime, at: datetime) -> int | None:
    """Which reminder is due of an answer awaited `since`: 1, 2 or none.

    Nobody gets the first one late: where reminders were not sent in time, the second stands alone.
    """
    due = [number for number, wait in enumerate(REMINDERS, start=1) if at - since >= wait]
    return due[-1] if due else None


def asks_outcome(status: Status, status_at: datetime, said: bool, at: datetime) -> bool:
    """Whether a side is asked what came of it."""
    return status in {"in_progress", "met"} and not said and at - status_at >= OUTCOME_ASKED


def expires(status: Status, moved_at: datetime, at: datetime) -> bool:
    """Whether nothing has happened for too long."""
    return status not in FINAL | LASTING and at - moved_at >= EXPIRES
