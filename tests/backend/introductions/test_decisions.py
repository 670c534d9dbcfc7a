"""What may happen to an introduction: the table, and what holds whatever is tried."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.introductions.decisions import (
    FINAL,
    MOVES,
    OTHER,
    PROGRESS,
    SIDES,
    STATUSES,
    Outcome,
    Said,
    Side,
    Status,
    after_consent,
    after_outcomes,
    after_reading,
    agree,
    allowed,
    asks_outcome,
    awaited,
    contacts_shown,
    expires,
    may_consent,
    may_say_outcome,
    reminder,
)
from backend.vocabularies.service import entries

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NONE: frozenset[Side] = frozenset()
BOTH: frozenset[Side] = frozenset(SIDES)
LEADER: frozenset[Side] = frozenset({"leader"})
AUTHORITY: frozenset[Side] = frozenset({"authority"})


def days(number: int) -> datetime:
    return START + timedelta(days=number)


def test_statuses_are_those_of_the_vocabulary() -> None:
    assert list(STATUSES) == list(entries("introduction_statuses"))
    assert {"not_interested", "deal", "closed", "expired"} == FINAL


@pytest.mark.parametrize(
    ("status", "side", "consented", "expected"),
    [
        ("contacted", "leader", NONE, {"interested", "not_interested"}),
        ("contacted", "authority", NONE, {"unreachable", "closed"}),
        ("seen", "leader", NONE, {"interested", "not_interested"}),
        ("interested", "authority", LEADER, {"unreachable", "closed"}),
        ("interested", "leader", LEADER, {"not_interested"}),
        ("in_progress", "authority", BOTH, {"met", "unreachable", "closed"}),
        ("in_progress", "leader", BOTH, {"met", "unreachable", "closed"}),
        ("unreachable", "authority", AUTHORITY, {"closed"}),
        ("unreachable", "leader", AUTHORITY, {"interested", "not_interested"}),
        ("unreachable", "leader", BOTH, {"in_progress", "not_interested"}),
        ("met", "leader", BOTH, {"closed"}),
        ("pilot", "authority", BOTH, {"closed"}),
        ("deal", "authority", BOTH, set()),
    ],
)
def test_allowed_statuses_are_those_of_the_table(
    status: Status, side: Side, consented: frozenset[Side], expected: set[Status]
) -> None:
    assert allowed(status, side, consented) == expected


@pytest.mark.parametrize("status", sorted(FINAL))
def test_final_status_is_never_left(status: Status) -> None:
    for side, consented in product(SIDES, (NONE, LEADER, AUTHORITY, BOTH)):
        assert allowed(status, side, consented) == frozenset()
        assert not may_consent(status, side, consented)
        assert after_consent(status, consented) == status
        assert after_reading(status, side) == status
        assert after_outcomes(status, Said("deal"), Said("deal")) == status


def test_either_side_can_end_whatever_is_open() -> None:
    for status, side in product(MOVES, SIDES):
        assert allowed(status, side, BOTH) & {"closed", "not_interested"}, (status, side)


def test_consents_of_both_put_them_in_touch() -> None:
    assert after_consent("contacted", AUTHORITY) == "contacted"
    assert after_consent("seen", LEADER) == "interested"
    assert after_consent("interested", BOTH) == "in_progress"
    assert after_consent("contacted", BOTH) == "in_progress"
    assert after_consent("unreachable", BOTH) == "unreachable"
    assert [contacts_shown(given) for given in (NONE, LEADER, AUTHORITY, BOTH)] == [
        *(False, False, False, True)
    ]


def test_only_a_leader_who_opens_what_is_asked_has_seen_it() -> None:
    assert after_reading("contacted", "leader") == "seen"
    assert after_reading("contacted", "authority") == "contacted"
    assert after_reading("in_progress", "leader") == "in_progress"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Said("deal", "10k_40k"), Said("deal", "10k_40k"), True),
        (Said("deal", "10k_40k"), Said("deal"), True),
        (Said("deal", "10k_40k"), Said("deal", "40k_90k"), False),
        (Said("deal"), Said("pilot"), False),
        (Said("deal"), None, False),
        (None, None, False),
    ],
)
def test_outcome_is_confirmed_when_both_say_the_same(
    first: Said | None, second: Said | None, expected: bool
) -> None:
    assert agree(first, second) is expected
    assert agree(second, first) is expected


def test_status_follows_the_outcome_both_say() -> None:
    assert after_outcomes("in_progress", Said("met"), Said("met")) == "met"
    assert after_outcomes("in_progress", Said("deal"), Said("deal")) == "deal"
    assert after_outcomes("pilot", Said("met"), Said("met")) == "pilot"
    assert after_outcomes("met", Said("nothing"), Said("nothing")) == "closed"
    assert after_outcomes("met", Said("deal"), None) == "met"


def test_answer_is_awaited_of_who_has_not_given_it() -> None:
    assert awaited("contacted", NONE) == LEADER
    assert awaited("seen", NONE) == LEADER
    assert awaited("interested", LEADER) == AUTHORITY
    assert awaited("interested", NONE) == BOTH
    assert awaited("in_progress", BOTH) == frozenset()


def test_reminders_are_two_and_then_silence() -> None:
    due = [reminder(START, days(number)) for number in (0, 8, 9, 20, 21, 400)]
    assert due == [None, None, 1, 1, 2, 2]


def test_outcome_is_asked_after_45_days_of_who_has_not_said() -> None:
    assert not asks_outcome("met", START, said=False, at=days(44))
    assert asks_outcome("met", START, said=False, at=days(45))
    assert asks_outcome("in_progress", START, said=False, at=days(45))
    assert not asks_outcome("met", START, said=True, at=days(45))
    assert not asks_outcome("interested", START, said=False, at=days(45))


def test_introduction_expires_after_60_days_without_a_move() -> None:
    assert [expires("seen", START, days(number)) for number in (59, 60)] == [False, True]
    assert not expires("deal", START, days(600))
    assert not expires("pilot", START, days(600))


class Life:
    """An introduction lived as `service` does, with the dates of its changes."""

    def __init__(self) -> None:
        self.status: Status = "contacted"
        self.consents: frozenset[Side] = frozenset()
        self.said: dict[Side, Said] = {}
        self.path: list[tuple[Status, datetime]] = [("contacted", START)]

    def change(self, status: Status, at: datetime) -> None:
        if status != self.status:
            self.status = status
            self.path.append((status, at))

    def act(self, deed: str, side: Side, value: object, at: datetime) -> None:
        if deed == "move" and value in allowed(self.status, side, self.consents):
            self.change(value, at)  # type: ignore[arg-type]
        if deed == "consent" and may_consent(self.status, side, self.consents):
            self.consents |= {side}
            self.change(after_consent(self.status, self.consents), at)
        if deed == "read":
            self.change(after_reading(self.status, side), at)
        if deed == "outcome" and may_say_outcome(self.status):
            self.said[side] = Said(value)  # type: ignore[arg-type]
            theirs = self.said.get(OTHER[side])
            self.change(after_outcomes(self.status, self.said[side], theirs), at)


OUTCOMES: tuple[Outcome, ...] = ("met", "pilot", "deal", "nothing")
DEEDS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from(SIDES), st.sampled_from(STATUSES)),
    st.tuples(st.sampled_from(("consent", "read")), st.sampled_from(SIDES), st.none()),
    st.tuples(st.just("outcome"), st.sampled_from(SIDES), st.sampled_from(OUTCOMES)),
)


@given(st.lists(DEEDS, max_size=30))
def test_whatever_is_tried_the_rules_hold(deeds: list[tuple[str, Side, object]]) -> None:
    life = Life()
    for day, (deed, side, value) in enumerate(deeds, start=1):
        life.act(deed, side, value, days(day))
    statuses = [status for status, _ in life.path]
    dates = [at for _, at in life.path]
    assert not FINAL.intersection(statuses[:-1])
    assert dates == sorted(set(dates))
    if set(PROGRESS).intersection(statuses):
        assert contacts_shown(life.consents)
    if "deal" in statuses:
        assert life.said["authority"] == life.said["leader"] == Said("deal")
