"""What a list of matches must not tell about an anonymous need."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backend.matches.matcher import Match, Reason

PLACE = frozenset({"perimeter", "coverage"})
TERRITORIAL = PLACE | {"population", "references"}


def without_place(match: "Match") -> "Match":
    """The same match, without how much of which place is covered."""
    signals = {name: value for name, value in match.signals.items() if name not in PLACE}
    told = (reason for reason in match.reasons if not _by_place(reason))
    reasons = tuple(_vague(r) if r.kind == "perimeter" else r for r in told)
    similar = tuple(without_place(other) for other in match.similar)
    return replace(match, signals=signals, reasons=reasons, similar=similar)


def _by_place(reason: "Reason") -> bool:
    """Whether it tells that a territory decided a place of the list."""
    return reason.kind == "place" and not TERRITORIAL.isdisjoint(reason.codes)


def _vague(reason: "Reason") -> "Reason":
    return replace(reason, codes=(), quote=None, strength=None, values={})
