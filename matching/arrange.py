"""Arranges a ranked list before it is cut: near-duplicates grouped, themes spread, newcomers shown.

Pure decisions over the places of a list, best first; nothing is scored again, and nothing is lost:
every candidate keeps a place of its own or stands under the one it nearly repeats. What is done
does not depend on how much of the list is shown, so a longer list begins like a shorter one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matching.types import Band

# Themes: how far a record may move, and how much less likely it may be than the one it passes.
MOVES_AT_MOST: Final = 3
AS_LIKELY_WITHIN: Final = 0.1
# Newcomers: the last of each ten places, for an entry among the first so many by its text.
NEWCOMER_EVERY: Final = 10
NEWCOMER_WITHIN: Final = 30


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What to do with a ranked list. Nothing, unless asked for."""

    group: bool = False
    spread: bool = False
    newcomers: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is looked at of a candidate.

    `repeats` is the place, from 0, of the better candidate whose text is nearly the same; `themes`
    the groups of its themes, empty when unknown; `new` whether nobody else's list has shown it;
    `by_text` its place by text alone, from 0, and `above_null` whether its text scores more than
    texts do that are about something else (matching.calibrate).
    """

    probability: float
    band: Band
    repeats: int | None = None
    themes: frozenset[str] = frozenset()
    new: bool = False
    by_text: int = 0
    above_null: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """One place of the arranged list: who stands there, and who is listed under it.

    Candidates are given by their places in the ranked list, from 0. `newcomer` is True where a
    candidate stands higher than its text alone would put it, because it was never shown.
    """

    candidate: int
    similar: tuple[int, ...] = ()
    newcomer: bool = False


def arrange(candidates: Sequence[Candidate], wanted: Arrangement) -> list[Position]:
    """The places of a list whose candidates come best first."""
    under: dict[int, list[int]] = {}
    heads: list[int] = []
    for place, candidate in enumerate(candidates):
        if wanted.group and candidate.repeats is not None:
            under.setdefault(candidate.repeats, []).append(place)
        else:
            heads.append(place)
    if wanted.spread:
        heads = [heads[i] for i in spread([candidates[head] for head in heads])]
    raised: frozenset[int] = frozenset()
    if wanted.newcomers:
        order, lifted = welcome([candidates[head] for head in heads])
        raised = frozenset(heads[i] for i in lifted)
        heads = [heads[i] for i in order]
    return [Position(head, tuple(under.get(head, ())), head in raised) for head in heads]


def spread(candidates: Sequence[Candidate]) -> list[int]:
    """An order of the places in which neighbours share no theme, as far as that costs nothing.

    The first place never changes. Elsewhere a candidate that shares a theme with the one before it
    lets another pass that shares none, of the same band, less likely by at most 0.1, and at most
    three places behind; nobody moves by more than three places, up or down. A candidate whose
    themes are unknown is neither moved up nor made to wait.
    """
    left = list(range(len(candidates)))
    order: list[int] = []
    while left:
        chosen = _next_apart(candidates, left, order)
        left.remove(chosen)
        order.append(chosen)
    return order


def _next_apart(candidates: Sequence[Candidate], left: Sequence[int], order: Sequence[int]) -> int:
    first = left[0]
    # Waiting longer would move it down by more than it may.
    if not order or len(order) - first >= MOVES_AT_MOST:
        return first
    before, due = candidates[order[-1]].themes, candidates[first]
    if not before & due.themes:
        return first
    for place in left[1:]:
        other = candidates[place]
        if place - len(order) > MOVES_AT_MOST or not _as_likely(due, other):
            return first
        if other.themes and not other.themes & before:
            return place
    return first


def _as_likely(due: Candidate, other: Candidate) -> bool:
    return other.band == due.band and due.probability - other.probability <= AS_LIKELY_WITHIN


def welcome(candidates: Sequence[Candidate]) -> tuple[list[int], frozenset[int]]:
    """An order of the places in which each ten hold a newcomer where there is one, and those moved.

    Ten places that hold no newcomer give their last to the best ranked newcomer further down whose
    text is among the first 30 and above the null, whatever its band: asked for "possible", hardly
    a list had one. Who stood there and after moves down by one. So at most one place in ten is
    given, never one of the first nine, and none in a list of fewer than ten.
    """
    order = list(range(len(candidates)))
    raised: set[int] = set()
    for start in range(0, len(order) - NEWCOMER_EVERY + 1, NEWCOMER_EVERY):
        last = start + NEWCOMER_EVERY - 1
        if any(candidates[place].new for place in order[start : last + 1]):
            continue
        waiting = (p for p in order[last + 1 :] if _welcome(candidates[p]))
        newcomer = next(waiting, None)
        if newcomer is None:
            break
        order.remove(newcomer)
        order.insert(last, newcomer)
        raised.add(newcomer)
    return order, frozenset(raised)


def _welcome(candidate: Candidate) -> bool:
    return candidate.new and candidate.above_null and candidate.by_text < NEWCOMER_WITHIN
