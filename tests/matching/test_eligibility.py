"""Hard filters, and what each hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.eligibility import Criteria, FactTable, eligible_rows
from matching.perimeters import COUNTRY
from matching.types import Facts, Hidden
from tests.matching.fakes import PERIMETERS

TODAY = date(2025, 3, 31)
FILTERS = [
    *("deadline", "perimeter", "theme", "beneficiary"),
    *("label", "language", "maturity_min", "price_band"),
]


def table(*facts: Facts) -> FactTable:
    held = FactTable()
    for one in facts:
        held.append(one)
    return held


def filtered(
    held: FactTable, criteria: Criteria, today: date = TODAY
) -> tuple[list[bool], list[Hidden]]:
    mask, hidden = eligible_rows(held.published, held.fails(criteria, PERIMETERS, today))
    return mask.tolist(), hidden


def passes(facts: Facts, **asked: Any) -> bool:
    return filtered(table(facts), Criteria(**asked))[0] == [True]


def test_nothing_asked_shows_every_published_record() -> None:
    assert filtered(table(Facts(), Facts(published=False)), Criteria()) == ([True, False], [])


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        ([], True),  # unknown is not "no"
        (["departement:1"], True),
        (["commune:b"], True),
        (["region:2", "commune:a"], True),
        ([COUNTRY], True),
        (["departement:3"], False),
        (["commune:unknown"], False),
    ],
)
def test_perimeter_keeps_what_touches_and_what_does_not_say(
    offered: list[str], shown: bool
) -> None:
    facts = Facts(perimeters=frozenset(offered))
    assert passes(facts, perimeters=("epci:across",)) is shown


def test_perimeter_of_the_whole_country_hides_nothing() -> None:
    assert passes(Facts(perimeters=frozenset(["commune:unknown"])), perimeters=(COUNTRY,))


@pytest.mark.parametrize(
    ("declared", "asked", "shown"),
    [
        (["water.flood-risk"], ("water",), True),
        (["water"], ("water",), True),
        (["water.flood-risk"], ("water.flood-risk",), True),
        (["nature.trees", "water.flood-risk"], ("culture", "water"), True),
        (["water.flood-risk"], ("water.leaks",), False),
        (["water"], ("water.leaks",), False),
        (["waterways.x"], ("water",), False),
        ([], ("water",), False),  # what is asked by hand must be declared
    ],
)
def test_theme_asked_must_be_declared_and_a_group_asks_for_its_leaves(
    declared: list[str], asked: tuple[str, ...], shown: bool
) -> None:
    assert passes(Facts(themes=frozenset(declared)), themes=asked) is shown


@pytest.mark.parametrize("name", ["beneficiaries", "labels", "languages"])
def test_asked_codes_are_alternatives_and_must_be_declared(name: str) -> None:
    asked = {name: ("x", "y")}
    assert passes(Facts(**{name: frozenset(["y", "z"])}), **asked)
    assert not passes(Facts(**{name: frozenset(["z"])}), **asked)
    assert not passes(Facts(), **asked)


@pytest.mark.parametrize(("maturity", "shown"), [(6, True), (7, True), (5, False), (None, False)])
def test_maturity_is_a_floor_that_unknown_does_not_reach(maturity: int | None, shown: bool) -> None:
    assert passes(Facts(maturity=maturity), maturity_min=6) is shown


@pytest.mark.parametrize(("money", "shown"), [(0, True), (2, True), (1, False), (None, False)])
def test_price_band_is_one_of_those_asked(money: int | None, shown: bool) -> None:
    assert passes(Facts(money=money), money=(0, 2)) is shown


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [(None, True), (TODAY, True), (TODAY + timedelta(1), True), (TODAY - timedelta(1), False)],
)
def test_deadline_is_open_through_its_last_day(deadline: date | None, shown: bool) -> None:
    assert passes(Facts(deadline=deadline)) is shown


def test_relax_sets_one_filter_aside() -> None:
    closed = Facts(deadline=date(2020, 1, 1), themes=frozenset(["water"]))
    assert not passes(closed, themes=("nature",), relax=frozenset(["deadline"]))
    assert passes(closed, themes=("nature",), relax=frozenset(["deadline", "theme"]))


def test_a_filter_that_matches_nothing_shows_nothing() -> None:
    held = table(Facts(), Facts())
    assert filtered(held, Criteria(labels=("rgaa",))) == (
        [False, False],
        [Hidden("label", 2, 2)],
    )


def test_hidden_counts_failures_and_what_relaxing_would_gain() -> None:
    water, trees = frozenset(["water"]), frozenset(["nature.trees"])
    held = table(
        Facts(themes=water, maturity=9),
        Facts(themes=trees, maturity=9),
        Facts(themes=trees, maturity=2),
        Facts(themes=trees, maturity=9, published=False),
    )
    assert filtered(held, Criteria(themes=("water",), maturity_min=5)) == (
        [True, False, False, False],
        [Hidden("theme", 2, 1), Hidden("maturity_min", 1, 0)],
    )


def test_dropped_row_is_neither_shown_nor_counted() -> None:
    held = table(Facts(labels=frozenset(["rgaa"])), Facts())
    held.drop(1)
    assert filtered(held, Criteria(labels=("rgaa",))) == ([True, False], [])


def test_table_without_rows_has_nothing_to_filter() -> None:
    criteria = Criteria(themes=("water",), perimeters=("commune:a",), money=(1,), maturity_min=3)
    assert filtered(FactTable(), criteria) == ([], [])


THEMES = ["water", "water.leaks", "nature.trees"]
PLACES = ["commune:a", "departement:3", "commune:unknown", COUNTRY]


def some(codes: list[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), max_size=2)


FACTS = st.builds(
    Facts,
    published=st.booleans(),
    themes=some(THEMES),
    beneficiaries=some(["youth", "seniors"]),
    labels=some(["rgaa", "hds"]),
    languages=some(["fr", "en"]),
    perimeters=some(PLACES),
    maturity=st.none() | st.integers(1, 9),
    money=st.none() | st.integers(0, 5),
    deadline=st.none() | st.dates(date(2025, 3, 29), date(2025, 4, 2)),
)
CRITERIA = st.builds(
    Criteria,
    themes=some(THEMES).map(tuple),
    beneficiaries=some(["youth", "seniors"]).map(tuple),
    labels=some(["rgaa", "hds"]).map(tuple),
    languages=some(["fr", "en"]).map(tuple),
    perimeters=some(PLACES).map(tuple),
    maturity_min=st.none() | st.integers(1, 9),
    money=st.sets(st.integers(0, 5), max_size=3).map(tuple),
    relax=st.frozensets(st.sampled_from(FILTERS), max_size=3),
)


@given(facts=st.lists(FACTS, max_size=12), criteria=CRITERIA)
def test_relaxing_one_filter_adds_exactly_its_gain(facts: list[Facts], criteria: Criteria) -> None:
    held = table(*facts)
    shown, hidden = filtered(held, criteria)
    told = {entry.filter: entry for entry in hidden}
    for name in FILTERS:
        relaxed, _ = filtered(held, replace(criteria, relax=criteria.relax | {name}))
        gain = told[name].gain if name in told else 0
        assert sum(relaxed) == sum(shown) + gain
    assert not set(told) & criteria.relax
    assert all(0 <= entry.gain <= entry.count <= held.published.sum() for entry in hidden)


@given(facts=st.lists(FACTS, max_size=12), criteria=CRITERIA)
def test_relaxing_everything_shows_all_that_is_published(
    facts: list[Facts], criteria: Criteria
) -> None:
    held = table(*facts)
    shown, hidden = filtered(held, replace(criteria, relax=frozenset(FILTERS)))
    assert shown == held.published.tolist()
    assert hidden == []
    assert np.all(held.published[filtered(held, criteria)[0]])
