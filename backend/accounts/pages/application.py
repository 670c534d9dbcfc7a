"""The pages of accounts as an application, beside the API."""

import logging
from typing import cast

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend import messages
from backend.accounts.pages import assets, links, organisations, profile, provider, security
from backend.accounts.pages import sign_in as sign_in_pages
from backend.accounts.pages import sign_up as sign_up_pages
from backend.accounts.pages.drawing import language_of, refusal
from backend.accounts.pages.origin import check_origin
from backend.accounts.pages.visit import SignInFirst, to_sign_in
from backend.problems import Handler, InvalidField, Problem
from backend.security import BodyLimit

logger = logging.getLogger(__name__)

BODY_LIMIT = 100_000
MODULES = (
    assets,
    sign_in_pages,
    sign_up_pages,
    links,
    provider,
    profile,
    security,
    organisations,
)


def account_routes(engine: Engine) -> list[BaseRoute]:
    """Where the pages are: /account and everything under it."""
    app = create_pages(engine)
    return [Route("/account", app), Route("/account/{rest:path}", app)]


def create_pages(engine: Engine) -> FastAPI:
    """The pages; their routes bear whole paths."""
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(check_origin)],
    )
    app.state.engine = engine
    app.add_middleware(BodyLimit, limit=BODY_LIMIT)
    for module in MODULES:
        app.include_router(module.router)
    # Starlette gives each handler the errors of its own class, but its types do not say so.
    app.add_exception_handler(SignInFirst, cast("Handler", to_sign_in))
    app.add_exception_handler(Problem, cast("Handler", _on_problem))
    app.add_exception_handler(HTTPException, cast("Handler", _on_http))
    app.add_exception_handler(RequestValidationError, _on_unreadable)
    app.add_exception_handler(IntegrityError, _on_conflict)
    for error in (DBAPIError, PoolTimeoutError):
        app.add_exception_handler(error, _on_database)
    app.add_exception_handler(Exception, _on_unknown)
    return app


def _on_problem(request: Request, error: Problem) -> Response:
    language = language_of(request)
    detail = messages.detail(error.detail, language, error.values)
    if isinstance(error, InvalidField):
        detail = f"{error.field} {messages.field_error(error.kind, language, error.values, '')}"
    return refusal(request, error.status, error.slug, detail, error.headers)


def _on_http(request: Request, error: HTTPException) -> Response:
    slug, key = {
        404: ("not-found", "no-account-page"),
        405: ("not-found", "no-account-page"),
        413: ("too-large", "too-large"),
    }.get(error.status_code, ("http", "http"))
    detail = messages.detail(key, language_of(request), {"limit": BODY_LIMIT / 1_000_000})
    return refusal(request, error.status_code, slug, detail, error.headers)


def _on_unreadable(request: Request, _error: Exception) -> Response:
    detail = messages.detail("no-account-page", language_of(request), {})
    return refusal(request, 404, "not-found", detail)


def _on_conflict(request: Request, error: Exception) -> Response:
    logger.warning("refused by the database: %s", getattr(error, "orig", error))
    detail = messages.detail("conflict", language_of(request), {})
    return refusal(request, 409, "conflict", detail)


def _on_database(request: Request, error: Exception) -> Response:
    logger.error("the database does not answer: %s", getattr(error, "orig", error))
    detail = messages.detail("database", language_of(request), {})
    return refusal(request, 503, "unavailable", detail, {"Retry-After": "3"})


def _on_unknown(request: Request, _error: Exception) -> Response:
    detail = messages.detail("internal", language_of(request), {})
    return refusal(request, 500, "internal", detail)
