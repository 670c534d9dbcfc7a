"""A project leader's first page, and the needs that their solutions answer."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.conftest import OpenPage, shown
from tests.ui.stub import Stub, me_with, need, solution

COMPLETENESS = {
    "points": 68,
    "missing": [
        {"part": "description", "points": 27, "short": True},
        {"part": "contact", "points": 3, "short": False},
    ],
}


@pytest.fixture
def stub(stub: Stub) -> Stub:
    stub.me = me_with("project_leader")
    stub.solutions = [
        solution(1, completeness=COMPLETENESS),
        solution(2, status="draft", completeness={"points": 100, "missing": []}),
    ]
    stub.needs = [need(n) for n in range(1, 6)]
    introduced(stub)
    return stub


def introduced(stub: Stub, *waiting: bool) -> None:
    """One introduction of the first solution for each; whether it waits for the leader."""
    items = [
        {"id": f"i{number}", "solution": {"id": "s1"}, "awaits_you": awaits}
        for number, awaits in enumerate(waiting)
    ]
    stub.given["GET /introductions"] = {"items": items, "total": len(items)}


def test_introductions_are_counted_and_what_waits_comes_first(
    stub: Stub, open_page: OpenPage
) -> None:
    introduced(stub, True, False)
    page = shown(open_page("/my-solutions?lang=en"))

    assert page.index("1 introduction awaits you.") < page.index("close to what you offer")
    assert "<p>2 introductions</p>" in page


def requests(stub: Stub) -> list[str]:
    return [path for _method, path, _body in stub.calls if path not in ("/me", "/vocabularies")]


def test_first_page_says_how_complete_each_is_and_what_helps_most(
    stub: Stub, open_page: OpenPage
) -> None:
    page = shown(open_page("/my-solutions?lang=en"))

    assert "Complete at 68 %" in page
    assert "First to complete: Description: say more" in page
    assert "Complete at 100 %" in page


def test_first_page_sends_one_request_a_list(stub: Stub, open_page: OpenPage) -> None:
    open_page("/my-solutions")

    assert requests(stub) == ["/solutions", "/me/matches", "/introductions"]


def test_close_needs_are_counted(stub: Stub, open_page: OpenPage) -> None:
    page = shown(open_page("/my-solutions?lang=en"))

    assert "4 needs are close to what you offer." in page
    assert "#pairings" in page
    assert "4 needs close to it" in page


def test_drafts_alone_are_compared_with_nothing(stub: Stub, open_page: OpenPage) -> None:
    stub.solutions = stub.solutions[1:]
    open_page("/my-solutions")

    assert requests(stub) == ["/solutions"]


def test_failing_comparison_leaves_the_solutions(stub: Stub, open_page: OpenPage) -> None:
    stub.fail["GET /me/matches"] = (503, {})
    page = shown(open_page("/my-solutions?lang=en"))

    assert "Complete at 68 %" in page
    assert "close to what you offer" not in page


def test_needs_are_listed_solution_by_solution_with_reasons(
    stub: Stub, open_page: OpenPage
) -> None:
    app = open_page("/answered-needs?lang=fr")
    page = shown(app)

    assert requests(stub) == ["/me/matches"]
    assert '<h2 class="pa-section">Solution 1</h2>' in page
    assert "Solution 2" not in page
    assert page.count('class="pa-rank"') == 3
    assert "Même thématique" in page


@pytest.mark.parametrize("me", [me_with(), me_with("authority_staff")])
def test_others_are_told_how_to_begin(stub: Stub, open_page: OpenPage, me: dict[str, Any]) -> None:
    stub.me = me
    page = shown(open_page("/answered-needs?lang=en"))

    assert "You have not registered a solution yet" in page
    assert requests(stub) == []
