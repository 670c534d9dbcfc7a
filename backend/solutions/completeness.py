"""What would make a solution easier to find and to choose, the most useful first.

Points follow what the ranking does with each part (`matching.rank.Weights`): the texts carry the
score, the perimeter is a hard filter, facts move a record within its band by their weights, and a
contact is what an introduction needs. They add up to 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Part = Literal[
    "description",
    "summary",
    "perimeters",
    "themes",
    "beneficiaries",
    "price_band",
    "maturity",
    "client_references",
    "contact",
]

WORTH: Final[Mapping[Part, int]] = {
    "description": 30,
    "summary": 20,
    "perimeters": 10,
    "themes": 10,
    "beneficiaries": 10,
    "price_band": 8,
    "maturity": 5,
    "client_references": 4,
    "contact": 3,
}
# Characters from which a text earns all its points: two passages of the encoder
# (matching.text.WINDOW_AT_LEAST), and one sentence or two.
ENOUGH: Final[Mapping[Part, int]] = {"description": 400, "summary": 80}


class Described(Protocol):
    """What is read of a solution."""

    @property
    def summary(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def perimeters(self) -> Sequence[str]: ...
    @property
    def themes(self) -> Sequence[str]: ...
    @property
    def beneficiaries(self) -> Sequence[str]: ...
    @property
    def price_band(self) -> str | None: ...
    @property
    def maturity(self) -> int | None: ...
    @property
    def client_references(self) -> Sequence[object]: ...
    @property
    def contact_email(self) -> str | None: ...
    @property
    def contact_phone(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that would earn `points` (1-30) more; `short`: it is there, but brief."""

    part: Part
    points: int
    short: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """Points earned, 0 to 100, and the parts that would earn the rest, the most useful first."""

    points: int
    missing: tuple[Missing, ...]


def completeness(solution: Described) -> Completeness:
    """How complete a solution is.

    A text earns points with its length up to ENOUGH, everything else by being there at all.
    """
    shares = _shares(solution)
    missing = [
        Missing(part, WORTH[part] - earned, short=share > 0)
        for part, share in shares.items()
        if (earned := int(WORTH[part] * share)) < WORTH[part]
    ]
    missing.sort(key=lambda lacking: -lacking.points)
    return Completeness(100 - sum(lacking.points for lacking in missing), tuple(missing))


def _shares(solution: Described) -> Mapping[Part, float]:
    """The share (0-1) of its points that each part earns."""
    texts: dict[Part, str] = {"description": solution.description, "summary": solution.summary}
    present: dict[Part, bool] = {
        "perimeters": bool(solution.perimeters),
        "themes": bool(solution.themes),
        "beneficiaries": bool(solution.beneficiaries),
        "price_band": solution.price_band is not None,
        "maturity": solution.maturity is not None,
        "client_references": bool(solution.client_references),
        "contact": bool(solution.contact_email or solution.contact_phone),
    }
    lengths = {part: min(len(text) / ENOUGH[part], 1.0) for part, text in texts.items()}
    return {**lengths, **{part: float(there) for part, there in present.items()}}
