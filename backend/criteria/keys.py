"""Criteria of a need, known by their text."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple, Protocol


class WithCriteria(Protocol):
    """A need, as far as its criteria go."""

    @property
    def essential_criteria(self) -> Sequence[str]: ...
    @property
    def desirable_criteria(self) -> Sequence[str]: ...


class Criterion(NamedTuple):
    """A criterion of a need as it reads now."""

    text: str
    essential: bool


def criterion_key(text: str) -> str:
    """SHA-256 of the text; spaces and capitals do not make another criterion."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()


def criteria_of(need: WithCriteria) -> dict[str, Criterion]:
    """The criteria of a need by key, essential ones first; one named twice is essential."""
    found: dict[str, Criterion] = {}
    for texts, essential in ((need.essential_criteria, True), (need.desirable_criteria, False)):
        for text in texts:
            found.setdefault(criterion_key(text), Criterion(text, essential))
    return found
