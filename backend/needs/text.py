"""The text of a need, as encoded and searched."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from backend.records.text import join_text


class NeedTexts(Protocol):
    """The texts of a need, stored or not yet."""

    @property
    def title(self) -> str: ...
    @property
    def context(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def expected_outcome(self) -> str: ...
    @property
    def essential_criteria(self) -> Sequence[str]: ...
    @property
    def desirable_criteria(self) -> Sequence[str]: ...


def need_text(need: NeedTexts) -> str:
    """`title. context`, then description, outcome and criteria, each on a new line."""
    rest = [
        need.description,
        need.expected_outcome,
        *need.essential_criteria,
        *need.desirable_criteria,
    ]
    return join_text(need.title, need.context, rest)


class Wishes(NamedTuple):
    """What a need asks for one by one; `told` is where its sentences are taken from otherwise."""

    essential: tuple[str, ...] = ()
    desirable: tuple[str, ...] = ()
    outcome: str = ""
    told: str | None = None


def need_wishes(need: NeedTexts) -> Wishes:
    """The criteria of a need and its expected outcome, as written.

    The context tells why, and asks for nothing.
    """
    return Wishes(
        tuple(need.essential_criteria),
        tuple(need.desirable_criteria),
        need.expected_outcome,
        join_text(need.title, "", [need.description]),
    )
