"""Places of a list: what is moved, how far, and what never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.arrange import Arrangement, Candidate, Position, arrange, spread, welcome
from matching.calibrate import band

ALL = Arrangement(group=True, spread=True, newcomers=True)
THEMES = st.sets(st.sampled_from(["water", "mobility", "energy"]), max_size=2).map(frozenset)


@st.composite
def ranked(draw: st.DrawFn) -> list[Candidate]:
    """A list as it is ranked: probabilities never rise, what repeats stands under what does not."""
    chances = sorted(draw(st.lists(st.floats(0, 1), max_size=45)), reverse=True)
    heads: list[int] = []
    candidates = []
    for place, chance in enumerate(chances):
        repeats = draw(st.none() | st.sampled_from(heads)) if heads else None
        if repeats is None:
            heads.append(place)
        candidates.append(
            Candidate(
                chance,
                band(chance),
                repeats,
                draw(THEMES),
                draw(st.booleans()),
                draw(st.integers(0, 45)),
                draw(st.booleans()),
            )
        )
    return candidates


def a_list(
    count: int, *, new: Sequence[int] = (), chance: float = 0.2, above_null: bool = True
) -> list[Candidate]:
    return [
        Candidate(chance, band(chance), new=place in new, by_text=place, above_null=above_null)
        for place in range(count)
    ]


def about(*themes: str, chance: float = 0.4) -> list[Candidate]:
    """Candidates with one theme each; "" for one that says none."""
    return [Candidate(chance, band(chance), themes=frozenset({theme} - {""})) for theme in themes]


@given(ranked())
def test_nothing_wanted_changes_nothing(candidates: list[Candidate]) -> None:
    assert arrange(candidates, Arrangement()) == [Position(p) for p in range(len(candidates))]


@given(ranked(), st.builds(Arrangement, st.booleans(), st.booleans(), st.booleans()))
def test_every_candidate_is_kept_once_and_the_first_stays(
    candidates: list[Candidate], wanted: Arrangement
) -> None:
    places = arrange(candidates, wanted)
    found = [p for place in places for p in (place.candidate, *place.similar)]
    assert sorted(found) == list(range(len(candidates)))
    assert not places or places[0].candidate == 0


@given(ranked())
def test_grouped_candidates_stand_under_the_best_in_their_order(
    candidates: list[Candidate],
) -> None:
    for place in arrange(candidates, Arrangement(group=True)):
        held = [p for p, other in enumerate(candidates) if other.repeats == place.candidate]
        assert list(place.similar) == held


@given(ranked())
def test_spread_keeps_bands_in_order_and_moves_nobody_far(candidates: list[Candidate]) -> None:
    order = spread(candidates)
    assert [candidates[p].band for p in order] == [c.band for c in candidates]
    assert all(abs(place - at) <= 3 for at, place in enumerate(order))
    passed = [
        candidates[over].probability - candidates[place].probability
        for at, place in enumerate(order)
        for over in order[at + 1 :]
        if over < place
    ]
    assert all(less <= 0.1 for less in passed)


@given(ranked())
def test_newcomers_take_one_place_in_ten_and_never_the_first_nine(
    candidates: list[Candidate],
) -> None:
    order, raised = welcome(candidates)
    at = sorted(order.index(place) for place in raised)
    assert set(at) <= set(range(9, len(candidates), 10))
    assert all(candidates[place].new for place in raised)
    assert all(candidates[place].above_null for place in raised)
    assert all(candidates[place].by_text < 30 for place in raised)
    stayed = [place for place in order if place not in raised]
    assert stayed == sorted(stayed)


@given(ranked(), st.integers(0, 45))
def test_longer_list_begins_like_a_shorter_one_of_the_same_ranking(
    candidates: list[Candidate], length: int
) -> None:
    whole = arrange(candidates, ALL)
    assert arrange(candidates, ALL)[:length] == whole[:length]


def test_newcomer_takes_the_tenth_place() -> None:
    order, raised = welcome(a_list(20, new=[13, 15]))
    assert order == [*range(9), 13, *range(9, 13), *range(14, 20)]
    assert raised == {13}


def test_each_ten_give_their_last_place() -> None:
    order, raised = welcome(a_list(30, new=[24, 26, 29]))
    assert (order[9], order[19], raised) == (24, 26, {24, 26})


def test_no_place_is_given_where_a_newcomer_stands_already() -> None:
    candidates = a_list(20, new=[2, 13])
    assert welcome(candidates) == (list(range(20)), frozenset())


@pytest.mark.parametrize("chance", [0.01, 0.4, 0.9])
def test_newcomer_of_any_band_is_welcome(chance: float) -> None:
    assert welcome(a_list(20, new=[13], chance=chance))[1] == {13}


def test_no_place_is_given_to_a_text_no_nearer_than_those_off_the_subject() -> None:
    candidates = a_list(20, new=[13], above_null=False)
    assert welcome(candidates) == (list(range(20)), frozenset())


def test_newcomer_is_among_the_first_thirty_by_its_text() -> None:
    candidates = a_list(40, new=[32])
    assert welcome(candidates) == (list(range(40)), frozenset())
    # Facts put it lower than its text does.
    candidates[32] = replace(candidates[32], by_text=29)
    assert welcome(candidates)[0][9] == 32


def test_list_of_fewer_than_ten_gives_no_place() -> None:
    assert welcome(a_list(9, new=[8])) == (list(range(9)), frozenset())


def test_neighbours_of_one_theme_are_kept_apart() -> None:
    assert spread(about("water", "water", "mobility", "energy")) == [0, 2, 1, 3]


def test_spread_stops_at_the_band_and_at_a_clear_difference() -> None:
    less = [*about("water", "water", chance=0.4), *about("mobility", chance=0.28)]
    other_band = [*about("water", "water", chance=0.26), *about("mobility", chance=0.24)]
    assert spread(less) == spread(other_band) == [0, 1, 2]


def test_spread_reaches_three_places_and_no_further() -> None:
    water = ["water"] * 4
    assert spread(about(*water, "energy")) == [0, 4, 1, 2, 3]
    assert spread(about(*water, "water", "energy"))[1] == 1


def test_unknown_themes_are_neither_moved_up_nor_made_to_wait() -> None:
    assert spread(about("water", "water", "", "mobility")) == [0, 3, 1, 2]
    assert spread(about("water", "", "water")) == [0, 1, 2]


def test_newcomer_is_marked_and_keeps_what_stands_under_it() -> None:
    candidates = a_list(14, new=[11])
    candidates[12] = Candidate(0.2, "uncertain", repeats=11)
    places = arrange(candidates, Arrangement(group=True, newcomers=True))
    assert places[9] == Position(11, (12,), newcomer=True)
    assert [place.newcomer for place in places].count(True) == 1
