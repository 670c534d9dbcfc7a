"""Whether the service can do its work."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend import __version__
from backend.matches.provider import MatcherLoader
from backend.migrations import is_current

EXAMPLE = {
    "status": "ready",
    "checks": {"database": "ok", "encoder": "ok", "index": "ok"},
    "version": __version__,
}


class Health(BaseModel):
    """Ready only when every check is ok."""

    status: str
    checks: dict[str, str]
    version: str


def health_route(api: FastAPI) -> Route:
    """/health, beside the API rather than in it: 200 when ready, 503 naming what is not."""

    def health(_request: Request) -> Response:
        found = check(api.state.engine, api.state.matcher)
        status = 200 if found.status == "ready" else 503
        return JSONResponse(found.model_dump(), status, {"Cache-Control": "no-store"})

    return Route("/health", health)


def check(engine: Engine, matcher: MatcherLoader) -> Health:
    """The state of each part: "ok", "loading", "failed", or what is wrong."""
    checks = {"database": _database(engine), **matcher.checks}
    if all(state == "ok" for state in checks.values()):
        status = "ready"
    else:
        status = "loading" if "loading" in checks.values() else "failed"
    return Health(status=status, checks=checks, version=__version__)


def _database(engine: Engine) -> str:
    try:
        return "ok" if is_current(engine) else "not migrated"
    except SQLAlchemyError:
        return "failed"


def description() -> dict[str, Any]:
    """The OpenAPI path item of /health, which is at the root and not under /api."""
    content = {"application/json": {"schema": Health.model_json_schema(), "example": EXAMPLE}}
    operation = {
        "tags": ["service"],
        "summary": "Is the service ready",
        "operationId": "health",
        "responses": {
            "200": {"description": "Ready", "content": content},
            "503": {"description": "Not ready; the checks tell why", "content": content},
        },
    }
    return {"servers": [{"url": "/"}], "get": operation}
