"""Every error as application/problem+json (RFC 9457)."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend import messages
from backend.messages import Language

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
BODY_LIMIT = 2_000_000
RETRY_AFTER_SECONDS = "3"
Handler = Callable[[Request, Exception], Response]


class FieldProblem(BaseModel):
    """One field of the request and what is wrong with it."""

    field: str
    message: str


class ProblemOut(BaseModel):
    """The body of every error."""

    type: str = Field(examples=["urn:passerelle:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no solution with the id '42'."])
    errors: list[FieldProblem] | None = None


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """An error to answer with: raise it anywhere below a route."""

    def __init__(
        self,
        status: int,
        slug: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(f"{status} {slug}: {detail} {values}")
        self.status, self.slug, self.detail = status, slug, detail
        self.headers, self.values = dict(headers or {}), values


class InvalidField(Problem):
    """A field that is well formed but wrong here, such as an unknown territory."""

    def __init__(self, field: str, kind: str, **values: Any) -> None:
        super().__init__(422, "validation", "validation", **values)
        self.field, self.kind = field, kind


def not_found(kind: str, record_id: str) -> Problem:
    """404: no such record."""
    return Problem(404, "not-found", "no-object", kind=kind, id=record_id)


def answer(
    status: int,
    slug: str,
    detail: str,
    language: Language,
    errors: Sequence[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response of one problem; `detail` is the sentence itself."""
    body = ProblemOut(
        type=f"urn:passerelle:problem:{slug}",
        title=messages.title(slug, language),
        status=status,
        detail=detail,
        errors=list(errors) if errors else None,
    )
    content = body.model_dump(exclude_none=True)
    every = {"Content-Language": language, "Cache-Control": "no-store", **(headers or {})}
    return JSONResponse(content, status, headers=every, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make `app` answer every error as a problem."""
    # Starlette gives each handler the errors of its own class, but its types do not say so.
    app.add_exception_handler(Problem, cast("Handler", _on_problem))
    app.add_exception_handler(RequestValidationError, cast("Handler", _on_validation))
    app.add_exception_handler(HTTPException, cast("Handler", _on_http))
    app.add_exception_handler(IntegrityError, _on_integrity)
    for error in (OperationalError, InterfaceError, PoolTimeoutError):
        app.add_exception_handler(error, _on_database)
    app.add_middleware(UnknownErrors)


def language_of(request: Request) -> Language:
    """The language to answer in."""
    return messages.preferred(request.headers.get("accept-language"))


def _on_problem(request: Request, error: Problem) -> Response:
    language = language_of(request)
    errors = None
    if isinstance(error, InvalidField):
        text = messages.field_error(error.kind, language, error.values, error.kind)
        errors = [FieldProblem(field=error.field, message=text)]
    detail = messages.detail(error.detail, language, error.values)
    return answer(error.status, error.slug, detail, language, errors, error.headers)


def _on_validation(request: Request, error: RequestValidationError) -> Response:
    language = language_of(request)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        text = messages.detail("unreadable", language, {})
        return answer(400, "bad-request", text, language)
    errors = [_field_problem(item, language) for item in found]
    return answer(422, "validation", messages.detail("validation", language, {}), language, errors)


def _field_problem(item: Mapping[str, Any], language: Language) -> FieldProblem:
    values = item.get("ctx") or {}
    text = messages.field_error(item["type"], language, values, item["msg"])
    return FieldProblem(field=field_name(item["loc"]), message=text)


def field_name(location: Sequence[str | int]) -> str:
    """`("body", "client_references", 0, "name")` -> `client_references[0].name`."""
    parts = location[1:] if len(location) > 1 else location
    name = ""
    for part in parts:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name


def _on_http(request: Request, error: HTTPException) -> Response:
    language = language_of(request)
    headers = dict(error.headers or {})
    slug, key = {
        400: ("bad-request", "unreadable"),
        404: ("not-found", "no-page"),
        405: ("method-not-allowed", "method"),
        413: ("too-large", "too-large"),
    }.get(error.status_code, ("http", "http"))
    allow = next((v for k, v in headers.items() if k.lower() == "allow"), "")
    values = {"method": request.method, "allow": allow, "limit": BODY_LIMIT // 1_000_000}
    detail = messages.detail(key, language, values)
    return answer(error.status_code, slug, detail, language, headers=headers)


def too_large(request: Request) -> Response:
    """413: the body is larger than `BODY_LIMIT`."""
    language = language_of(request)
    detail = messages.detail("too-large", language, {"limit": BODY_LIMIT // 1_000_000})
    return answer(413, "too-large", detail, language)


def _on_integrity(request: Request, error: Exception) -> Response:
    logger.warning("refused by the database: %s", getattr(error, "orig", error))
    language = language_of(request)
    return answer(409, "conflict", messages.detail("conflict", language, {}), language)


def _on_database(request: Request, error: Exception) -> Response:
    cause = error.orig if isinstance(error, DBAPIError) else error
    logger.error("the database does not answer: %s", cause)
    language = language_of(request)
    detail = messages.detail("database", language, {})
    headers = {"Retry-After": RETRY_AFTER_SECONDS}
    return answer(503, "unavailable", detail, language, headers=headers)


class UnknownErrors:
    """ASGI middleware: logs what no one foresaw, answers 500 without the internals."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            logger.exception("%s %r failed", scope["method"], scope["path"])
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        language = language_of(Request(scope))
        detail = messages.detail("internal", language, {})
        await answer(500, "internal", detail, language)(scope, receive, send)
