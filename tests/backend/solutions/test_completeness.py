"""What would make a solution easier to find, the most useful first."""

from dataclasses import dataclass, field, replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from backend.solutions.completeness import ENOUGH, WORTH, Missing, completeness
from tests.factories import solution_payload


@dataclass(frozen=True)
class Sheet:
    """What is read of a solution."""

    summary: str = ""
    description: str = ""
    perimeters: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    beneficiaries: list[str] = field(default_factory=list)
    price_band: str | None = None
    maturity: int | None = None
    client_references: list[str] = field(default_factory=list)
    contact_email: str | None = None
    contact_phone: str | None = None


FULL = Sheet(
    summary="x" * 80,
    description="x" * 400,
    perimeters=["country:FR"],
    themes=["water"],
    beneficiaries=["agents"],
    price_band="10k_40k",
    maturity=9,
    client_references=["Ville de Sète"],
    contact_phone="0400000000",
)


def test_points_add_up_to_a_hundred() -> None:
    assert sum(WORTH.values()) == 100
    assert completeness(FULL).points == 100
    assert completeness(FULL).missing == ()
    assert completeness(Sheet()).points == 0


def test_empty_sheet_lacks_its_texts_first() -> None:
    parts = [lacking.part for lacking in completeness(Sheet()).missing]
    assert parts == [
        *("description", "summary", "perimeters", "themes", "beneficiaries"),
        *("price_band", "maturity", "client_references", "contact"),
    ]


def test_half_a_description_earns_half_its_points() -> None:
    found = completeness(replace(FULL, description="x" * (ENOUGH["description"] // 2)))
    assert found.missing == (Missing("description", 15, short=True),)
    assert found.points == 85


@given(st.integers(0, 900), st.integers(0, 500))
def test_a_longer_text_is_never_worth_less(length: int, more: int) -> None:
    before = completeness(replace(FULL, description="x" * length))
    after = completeness(replace(FULL, description="x" * (length + more)))
    assert before.points <= after.points <= 100


@pytest.mark.parametrize("part", sorted(WORTH))
def test_each_part_that_is_missing_is_told_with_its_worth(part: str) -> None:
    gone = {"contact": {"contact_phone": None}}.get(part, {part: type(getattr(FULL, part, ""))()})
    if part in ("price_band", "maturity"):
        gone = {part: None}
    (lacking,) = completeness(replace(FULL, **gone)).missing  # type: ignore[arg-type]
    assert (lacking.part, lacking.points, lacking.short) == (part, WORTH[lacking.part], False)


def test_only_those_who_may_change_a_solution_are_told(
    client: TestClient, visitor: TestClient
) -> None:
    made = client.post("/v1/solutions", json=solution_payload()).json()
    assert made["completeness"] == {
        "points": 59,
        "missing": [
            {"part": "description", "points": 27, "short": True},
            {"part": "summary", "points": 10, "short": True},
            {"part": "client_references", "points": 4, "short": False},
        ],
    }
    assert visitor.get(f"/v1/solutions/{made['id']}").json()["completeness"] is None
    assert client.get("/v1/solutions").json()["items"][0]["completeness"]["points"] == 59
