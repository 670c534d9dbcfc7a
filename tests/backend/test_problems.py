"""Every error is application/problem+json, on every route."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError, OperationalError

from backend import messages
from backend.app import create_api
from backend.problems import BODY_LIMIT, MEDIA_TYPE, field_name
from backend.responses import SLUGS
from tests.factories import solution_payload
from tests.fakes import FakeMatcher

METHODS = {"get", "post", "put", "patch", "delete"}
UNKNOWN = "01890000-0000-7000-8000-000000000000"


def routes(api: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of every route under /v1."""
    return [
        (method, path, operation)
        for path, item in api.openapi()["paths"].items()
        if path.startswith("/v1")
        for method, operation in item.items()
    ]


def check_problem(answer: Any, status: int) -> dict[str, Any]:
    """The body of a problem that has all its parts."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("urn:passerelle:problem:")
    assert body["title"]
    assert body["detail"]
    return body


def test_every_route_describes_itself(api: FastAPI) -> None:
    found = routes(api)
    assert len(found) >= 30
    assert len({operation["operationId"] for _, _, operation in found}) == len(found)
    for _, path, operation in found:
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        declared = operation["responses"]
        reads_lists_only = path in {"/v1/themes", "/v1/vocabularies"}
        assert {"500"} <= set(declared), path
        assert ({"422", "503"} <= set(declared)) != reads_lists_only, path
        assert ("404" in declared) == ("{" in path), path
        assert ("412" in declared) == ("if-match" in parameters(operation)), path
        for status, response in declared.items():
            if int(status) >= 400:
                assert list(response["content"]) == [MEDIA_TYPE], (path, status)


def test_every_body_has_an_example(api: FastAPI) -> None:
    schemas = api.openapi()["components"]["schemas"]
    bodies = [
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        for _, _, operation in routes(api)
        if "requestBody" in operation
    ]
    assert len(bodies) >= 8
    for reference in bodies:
        assert schemas[reference.rpartition("/")[2]]["examples"], reference


def test_every_reference_of_the_document_resolves(api: FastAPI) -> None:
    document = api.openapi()
    schemas = document["components"]["schemas"]

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [ref for value in node.values() for ref in references(value)]
        if isinstance(node, list):
            return [ref for value in node for ref in references(value)]
        return []

    assert {ref.rpartition("/")[2] for ref in references(document)} <= set(schemas)


def test_every_path_refuses_other_methods_naming_those_allowed(
    api: FastAPI, client: TestClient
) -> None:
    for path, item in api.openapi()["paths"].items():
        if not path.startswith("/v1"):
            continue
        allowed = {method for method in item if method in METHODS}
        for method in METHODS - allowed:
            url = path.replace("{", "").replace("}", "")
            answer = client.request(method, url)
            check_problem(answer, 405)
            offered = {name.strip().lower() for name in answer.headers["allow"].split(",")}
            assert offered - {"head", "options"} <= allowed
            assert offered & allowed


def test_every_record_that_does_not_exist_is_not_found(api: FastAPI, client: TestClient) -> None:
    for method, path, operation in routes(api):
        if "404" not in operation["responses"]:
            continue
        url = path
        for name, schema in parameters(operation).items():
            url = url.replace(f"{{{name}}}", schema.get("enum", [UNKNOWN])[0])
        body = {} if method == "patch" else example(api, operation)
        answer = client.request(method, url, json=body, headers={"If-Match": '"1"'})
        check_problem(answer, 404)


def parameters(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The schemas of what an operation takes beside its body, by name."""
    return {one["name"]: one["schema"] for one in operation.get("parameters", ())}


def example(api: FastAPI, operation: dict[str, Any]) -> Any:
    """A body that the operation takes, None when it takes none."""
    if "requestBody" not in operation:
        return None
    reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    schema = api.openapi()["components"]["schemas"][reference.rpartition("/")[2]]
    return schema["examples"][0]


def test_every_body_that_is_not_json_is_refused(api: FastAPI, client: TestClient) -> None:
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    for method, path, operation in routes(api):
        if "requestBody" in operation:
            for content in (b"{", b"\xff\xfe", b""):
                answer = client.request(
                    method, path.replace("{", "").replace("}", ""), content=content, headers=headers
                )
                assert answer.status_code in {400, 404, 422}, (path, content)
                check_problem(answer, answer.status_code)


def test_body_that_is_not_an_object_is_refused(client: TestClient) -> None:
    for body in ([], "text", 1, None):
        check_problem(client.post("/v1/solutions", json=body), 422)


def test_body_that_is_too_large_is_refused(client: TestClient) -> None:
    content = b"x" * (BODY_LIMIT + 1)
    answer = client.post("/v1/search", content=content)
    body = check_problem(answer, 413)
    assert body["detail"] == "The body may not exceed 2 MB."

    def chunks() -> Any:
        for _ in range(5):
            yield b"x" * 500_000

    check_problem(client.post("/v1/search", content=chunks()), 413)


def test_unknown_address_is_not_found_in_the_language_asked(client: TestClient) -> None:
    body = check_problem(client.get("/v1/nothing", headers={"Accept-Language": "fr"}), 404)
    assert body["title"] == "Introuvable"


def test_unforeseen_error_is_logged_and_told_without_its_internals(
    api: FastAPI, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    @api.get("/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret of the house")

    body = check_problem(client.get("/v1/broken"), 500)
    assert "secret" not in str(body)
    assert "secret of the house" in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("SELECT 1", {}, Exception("no route to host")), 503),
        (IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed")), 409),
    ],
)
def test_database_errors_are_problems(
    api: FastAPI, client: TestClient, error: Exception, status: int
) -> None:
    @api.get("/v1/broken")
    def broken() -> None:
        raise error

    answer = client.get("/v1/broken")
    body = check_problem(answer, status)
    assert "route" not in str(body)
    assert "UNIQUE" not in str(body)
    assert answer.headers.get("retry-after") == ("3" if status == 503 else None)


def test_failed_commit_is_not_acknowledged(
    api: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    monkeypatch.setattr("sqlalchemy.orm.Session.commit", fail)
    check_problem(client.post("/v1/solutions", json=solution_payload()), 503)
    monkeypatch.undo()
    assert client.get("/v1/solutions").json()["total"] == 0


def test_database_that_is_not_there_is_told() -> None:
    engine = create_api_engine()
    app = create_api(engine, FakeMatcher())  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        check_problem(client.get("/v1/solutions"), 503)
    engine.dispose()


def create_api_engine() -> Any:
    """A database where no one listens."""
    from backend.database import create_engine

    return create_engine("postgresql+psycopg://127.0.0.1:9/none?connect_timeout=1")


def test_field_name_reads_like_a_path() -> None:
    assert field_name(("body", "client_references", 0, "name")) == "client_references[0].name"
    assert field_name(("query", "limit")) == "limit"
    assert field_name(("body",)) == "body"


def test_sentences_hold_the_same_values_in_both_languages() -> None:
    tables = (messages.TITLES, messages.DETAILS, messages.FIELD_ERRORS)
    for english, french in [pair for table in tables for pair in table.values()]:
        values = [
            sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in (english, french)
        ]
        assert values[0] == values[1], english


def test_every_declared_error_has_its_sentences() -> None:
    for slug, detail in SLUGS.values():
        assert slug in messages.TITLES
        assert detail in messages.DETAILS
