"""The text of a solution, as encoded and searched."""

from typing import Protocol

from backend.records.text import join_text


class SolutionTexts(Protocol):
    """The texts of a solution, stored or not yet."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def description(self) -> str: ...


def solution_text(solution: SolutionTexts) -> str:
    """`title. summary`, then the description on a new line; empty parts are left out."""
    return join_text(solution.title, solution.summary, [solution.description])
