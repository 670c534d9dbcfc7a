"""In which states a record may be left, and by whom."""

from backend.moderation.transitions import (
    AUTHOR_MOVES,
    DECIDED_FROM,
    NEEDS_REMARK,
    RESULTS,
    author_may_move,
    decision_allowed,
)
from backend.vocabularies.service import entries


def test_transitions_name_the_states_of_the_list_and_all_of_them() -> None:
    states = set(entries("statuses"))
    assert set(AUTHOR_MOVES) == states | {None}
    assert set().union(*AUTHOR_MOVES.values(), RESULTS.values()) == states
    assert set().union(*DECIDED_FROM.values()) == states - {"archived"}


def test_authors_publish_nothing_that_is_not_published() -> None:
    reaching = {former for former in AUTHOR_MOVES if author_may_move(former, "published")}
    assert reaching == {"published"}


def test_authors_make_no_decision_of_an_operator() -> None:
    for decision in ("request_edits", "reject", "archive"):
        assert not any(author_may_move(former, RESULTS[decision]) for former in AUTHOR_MOVES)


def test_edits_asked_for_lead_back_to_submission_and_then_publication() -> None:
    assert decision_allowed("submitted", "request_edits")
    assert author_may_move("edits_requested", "submitted")
    assert decision_allowed("submitted", "publish")
    assert decision_allowed("published", "archive")
    assert author_may_move("rejected", "submitted")
    assert not decision_allowed("archived", "publish")


def test_decisions_that_send_a_record_back_say_why() -> None:
    assert {"request_edits", "reject"} == NEEDS_REMARK
