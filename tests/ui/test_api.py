"""Whatever the API answers, a page gets an answer or one kind of error."""

from __future__ import annotations

import httpx
import pytest

from ui.api import ApiError, Client


def client(answer: httpx.Response | Exception) -> tuple[Client, list[httpx.Request]]:
    """A client whose server always gives the same answer, and the requests it received."""
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Client("http://api.test/api/", lambda: "en", httpx.MockTransport(handle)), requests


def failure(answer: httpx.Response | Exception) -> ApiError:
    with pytest.raises(ApiError) as caught:
        client(answer)[0].need("n1")
    return caught.value


def test_answer_is_given_as_it_is() -> None:
    api, requests = client(httpx.Response(200, json={"id": "n1", "title": "Besoin"}))

    assert api.need("n1") == {"id": "n1", "title": "Besoin"}
    assert str(requests[0].url) == "http://api.test/api/v1/needs/n1"
    assert requests[0].headers["Accept-Language"] == "en"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (httpx.ConnectError("refused"), "unreachable"),
        (httpx.RemoteProtocolError("cut"), "unreachable"),
        (httpx.ReadTimeout("slow"), "slow"),
        (httpx.Response(404, json={"detail": "?"}), "not_found"),
        (httpx.Response(412, json={}), "conflict"),
        (httpx.Response(428, json={}), "conflict"),
        (httpx.Response(422, json={}), "invalid"),
        (httpx.Response(413, json={}), "refused"),
        (httpx.Response(500, text="<html>"), "broken"),
        (httpx.Response(502, json=["not a problem"]), "broken"),
        (httpx.Response(503, json={"detail": "Loading."}), "busy"),
        (httpx.Response(200, text="not json"), "broken"),
    ],
)
def test_failure_is_one_kind_of_error(answer: httpx.Response | Exception, problem: str) -> None:
    assert failure(answer).problem == problem


def test_refused_fields_are_named_with_their_messages() -> None:
    errors = [{"field": "title", "message": "Too long."}, {"field": "themes.0", "message": "No."}]
    error = failure(httpx.Response(422, json={"detail": "Two fields.", "errors": errors}))

    assert error.detail == "Two fields."
    assert error.fields == (("title", "Too long."), ("themes.0", "No."))


def test_change_carries_the_version_that_was_read() -> None:
    api, requests = client(httpx.Response(200, json={"id": "n1"}))
    api.update("needs", "n1", 3, {"status": "published"})

    assert requests[0].method == "PATCH"
    assert requests[0].headers["If-Match"] == '"3"'


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("../organisations", "/api/v1/needs/%2E%2E%2Forganisations"),
        ("a?b#c", "/api/v1/needs/a%3Fb%23c"),
        ("", "/api/v1/needs/-"),
    ],
)
def test_id_from_the_address_bar_cannot_reach_another_route(typed: str, path: str) -> None:
    api, requests = client(httpx.Response(200, json={}))
    api.need(typed)

    assert requests[0].url.raw_path.decode() == path


def test_territories_are_read_from_a_list_or_a_page() -> None:
    found = [{"code": "region:76", "kind": "region", "name": "Occitanie"}]

    assert client(httpx.Response(200, json=found))[0].territories("occ") == found
    assert client(httpx.Response(200, json={"items": found}))[0].territories("occ") == found
