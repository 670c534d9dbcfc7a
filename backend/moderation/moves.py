"""Holds authors to the states in which they may leave a record."""

from backend.accounts.viewer import Viewer
from backend.moderation.transitions import author_may_move
from backend.problems import Problem


def check_move(viewer: Viewer, former: str | None, wanted: str) -> None:
    """Raise Problem 403 when somebody publishes what no operator has read, 409 for other moves.

    Leaving a record as it is, is no move.
    """
    if viewer.operator or wanted == former or author_may_move(former, wanted):
        return
    if wanted == "published":
        raise Problem(403, "forbidden", "published-by-operator")
    raise Problem(409, "conflict", "no-such-move", former=former, wanted=wanted)
