"""Whether the service can do its work."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from backend import __version__
from backend.matches.provider import MatcherLoader
from backend.migrations import is_current

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """Ready only when every check is ok."""

    status: str
    checks: dict[str, str]
    version: str


@router.get(
    "/health",
    summary="Is the service ready",
    operation_id="health",
    responses={503: {"model": Health, "description": "Not ready; the check that fails is named"}},
)
def health(request: Request, response: Response) -> Health:
    """503 until database, encoder and index are ready."""
    found = check(request.app.state.engine, request.app.state.matcher)
    response.status_code = 200 if found.status == "ready" else 503
    response.headers["Cache-Control"] = "no-store"
    return found


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
