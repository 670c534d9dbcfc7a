"""Who is shown which pages in the header, and where each role begins."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import OpenPage, shown
from tests.ui.stub import Stub, me_with, need, solution

NOBODY = {"person": None, "belongings": [], "demo": False}
READING = ["needs", "solutions"]
LEADER = ["leader-my_solutions", "leader-answered_needs", "leader-introductions"]
LEADER += ["leader-new_solution"]
STAFF = ["staff-my_needs", "staff-introductions", "staff-my_searches", "staff-new_need"]
OPERATING = ("desk", "moderation", "people", "organisations", "words", "activity", "letters")
OPERATOR = [f"operator-{name}" for name in (*OPERATING, "figures")]


def led_to(app: AppTest, prefix: str) -> list[str]:
    """The pages of the header whose name begins with the prefix, in their order."""
    keys = [str(getattr(element, "key", "")) for element in app.main]
    names = [key.removeprefix("pa-nav-").removesuffix("-here") for key in keys if "pa-nav-" in key]
    return [name for name in names if name.startswith(prefix)]


@pytest.mark.parametrize(
    ("me", "expected"),
    [
        (NOBODY, [*READING, "new_need", "new_solution"]),
        (me_with(), [*READING, "new_need", "new_solution"]),
        (me_with("project_leader"), [*READING, *LEADER]),
        (me_with("authority_staff"), [*READING, *STAFF]),
        (me_with("project_leader", "authority_staff"), [*READING, *LEADER, *STAFF]),
        (me_with(operator=True), [*READING, *OPERATOR]),
    ],
)
def test_header_leads_to_what_the_reader_works_with(
    stub: Stub, open_page: OpenPage, me: dict[str, Any], expected: list[str]
) -> None:
    stub.me = me
    app = open_page("/")

    groups = ("leader", "staff", "operator")
    assert [name for name in led_to(app, "") if name not in groups] == expected


def test_roles_are_named_when_there_are_several(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader", "authority_staff")
    page = shown(open_page("/?lang=en"))

    assert page.count('<p class="pa-role">') == 2
    assert page.index("Project leader</p>") < page.index("Local authority</p>")


@pytest.mark.parametrize(
    ("me", "heading"),
    [
        (NOBODY, "Bring local needs and the solutions that meet them together"),
        (me_with("project_leader"), "My solutions"),
        (me_with("authority_staff"), "My needs"),
    ],
)
def test_role_begins_on_its_first_page(
    stub: Stub, open_page: OpenPage, me: dict[str, Any], heading: str
) -> None:
    stub.me = me

    assert f'<h1 class="pa-title">{heading}</h1>' in shown(open_page("/start?lang=en"))


def test_own_records_are_asked_for_in_one_request(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("project_leader")
    stub.solutions = [solution(1, status="draft"), solution(2), solution(3, status="archived")]
    app = open_page("/my-solutions?lang=en")

    asked = [query for method, path, query in stub.calls if path == "/solutions"]
    assert [query["mine"] for query in asked] == [["true"]]
    assert led_to_records(app) == ["s1", "s2"]
    assert "Draft</span>" in shown(app)


def test_visitor_is_asked_to_sign_in_for_own_records(stub: Stub, open_page: OpenPage) -> None:
    stub.me = NOBODY
    stub.needs = [need(1)]
    page = shown(open_page("/my-needs?lang=en"))

    assert "/account/sign-in?lang=en" in page
    assert [path for _method, path, _body in stub.calls if path == "/needs"] == []


def test_archiving_is_asked_twice(stub: Stub, open_page: OpenPage) -> None:
    stub.me = me_with("authority_staff")
    stub.needs = [need(1), need(2)]
    app = open_page("/my-needs?lang=en")
    app = app.button(key="archive-n1").click().run()
    assert "Archive it? It leaves every list" in shown(app)
    app = app.button(key="keep-n1").click().run()
    assert "Archive it?" not in shown(app)
    assert stub.needs[0]["status"] == "published"
    app = app.button(key="archive-n1").click().run()
    app = app.button(key="sure-n1").click().run()

    assert stub.needs[0]["status"] == "archived"
    assert led_to_records(app) == ["n2"]


def led_to_records(app: AppTest) -> list[str]:
    keys = [str(getattr(element, "key", "")) for element in app.main]
    return [key.removeprefix("pa-own-do-") for key in keys if key.startswith("pa-own-do-")]
