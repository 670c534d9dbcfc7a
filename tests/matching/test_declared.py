"""What declared answers hide and say."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from matching.declared import refused, with_declared
from matching.types import Polarity, Reason


@dataclass(frozen=True)
class Given:
    """An answer, as the database keeps it."""

    answer: str
    essential: bool = True
    criterion: str = "Sans coupure d'eau"
    note: str | None = None


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [
        ([Given("no")], True),
        ([Given("yes"), Given("no")], True),
        ([Given("partly")], False),
        ([Given("yes")], False),
        ([Given("no", essential=False)], False),
        ([], False),
    ],
)
def test_only_a_no_to_an_essential_criterion_refuses(answers: list[Given], hidden: bool) -> None:
    assert refused({"a": answers, "b": [Given("yes")]}) == ({"a"} if hidden else set())


@pytest.mark.parametrize(
    ("answer", "polarity"), [("yes", "fits"), ("partly", "unknown"), ("no", "misses")]
)
def test_with_declared_says_what_was_answered(answer: str, polarity: Polarity) -> None:
    (reason,) = with_declared([], [Given(answer, note="La nuit.")])
    assert (reason.kind, reason.polarity, reason.values) == (
        "declared",
        polarity,
        {"note": "La nuit."},
    )
    assert (reason.aspect, reason.aspect_kind) == ("Sans coupure d'eau", "essential")
    (other,) = with_declared([], [Given(answer, essential=False)])
    assert (other.aspect_kind, other.values) == ("desirable", {})


def test_with_declared_closes_the_open_question_and_keeps_the_rest() -> None:
    given = Given("yes")
    opened = Reason("criterion", "unknown", aspect=given.criterion, aspect_kind="essential")
    others = [
        Reason("criterion", "unknown", quote="La nuit.", aspect=given.criterion),
        Reason("criterion", "fits", quote="Sans coupure.", aspect=given.criterion),
        Reason("criterion", "unknown", aspect="Autre chose"),
        Reason("budget", "unknown"),
    ]
    assert with_declared([opened, *others], [given])[:-1] == tuple(others)
    assert with_declared([opened], []) == (opened,)
