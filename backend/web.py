"""The service on one origin: the pages, the API under /api, /account and /health.

uvicorn calls `create_app` (pages and API) or `create_api_app` (API alone).
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp
from streamlit import config, file_util

from backend import messages, problems
from backend.accounts.pages.application import account_routes
from backend.app import create_api
from backend.health import health_route
from backend.mail.pages import unsubscribe_routes
from backend.pages import CompressedFiles, LocalisedPages
from backend.security import SecurityHeaders, content_security_policy, script_hashes
from backend.settings import PROJECT_ROOT, get_settings

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def create_app(api: FastAPI | None = None) -> ASGIApp:
    """The pages at /, the API under /api, /account, /health."""
    api = api or create_api()
    folder = Path(file_util.get_static_dir())
    html = (folder / "index.html").read_text(encoding="utf-8")
    # Streamlit looks for .streamlit/config.toml beside this path: ours is at the root, wherever
    # the command is given from.
    config._main_script_path = str(PROJECT_ROOT / "app.py")  # noqa: SLF001 - no public way
    answer_to(get_settings().host_names)
    return st.App(
        PROJECT_ROOT / "ui" / "app.py",
        lifespan=_lifespan_of(api),
        routes=_routes(api),
        middleware=[
            Middleware(SecurityHeaders, content_security_policy(script_hashes(html))),
            Middleware(CompressedFiles, folder),
            Middleware(LocalisedPages, html),
        ],
    )


def _routes(api: FastAPI) -> list[BaseRoute]:
    """What both applications answer besides the pages."""
    engine = api.state.engine
    return [
        *unsubscribe_routes(engine),
        *account_routes(engine),
        health_route(api),
        Mount("/api", api),
    ]


def answer_to(names: list[str]) -> None:
    """Let pages open a connection under these host names too; under others it is refused."""
    known = list(config.get_option("server.allowedHosts"))
    config.set_option("server.allowedHosts", list(dict.fromkeys([*known, *names])))


def create_api_app(api: FastAPI | None = None) -> ASGIApp:
    """The API under /api, /account, and /health; no other pages."""
    api = api or create_api()
    return Starlette(
        lifespan=_lifespan_of(api),
        routes=_routes(api),
        middleware=[
            Middleware(SecurityHeaders, content_security_policy()),
            Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4),
        ],
        exception_handlers={404: _nothing_here},
    )


def _lifespan_of(api: FastAPI) -> Lifespan:
    """A mounted application's own start and stop are not run by the one it is mounted on."""

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        async with api.router.lifespan_context(api):
            yield

    return lifespan


def _nothing_here(request: Request, _error: Exception) -> Response:
    language = problems.language_of(request)
    detail = messages.detail("no-page", language, {})
    return problems.answer(404, "not-found", detail, language)
