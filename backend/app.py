"""The API as an application of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from sqlalchemy import Engine

from backend import __version__, docs, health, problems
from backend.accounts import routes as accounts
from backend.activity import routes as activity
from backend.alerts import routes as alerts
from backend.background import in_background
from backend.consortia import routes as consortia
from backend.criteria import routes as criteria
from backend.database import create_engine
from backend.introductions import routes as introductions
from backend.mail import routes as mail
from backend.matches import routes as matches
from backend.matches.provider import MatcherLoader
from backend.moderation import routes as moderation
from backend.needs import routes as needs
from backend.organisations import keeping_routes
from backend.organisations import member_routes as members
from backend.organisations import routes as organisations
from backend.people import routes as people
from backend.references import routes as references
from backend.searches import routes as searches
from backend.security import BodyLimit
from backend.settings import get_settings
from backend.shortlists import routes as shortlists
from backend.solutions import routes as solutions
from backend.statistics import routes as statistics
from backend.territories import routes as territories
from backend.vocabularies import routes as vocabularies
from backend.vocabularies.service import refresh

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher

DESCRIPTION = (
    "Connects those who offer solutions with the local authorities and businesses that have "
    "needs. Errors are `application/problem+json`, in English or French by Accept-Language. "
    "A change bears the version it is based on in `If-Match`; lists are read with `cursor`."
)
ROUTERS = (
    accounts,
    alerts,
    mail,
    solutions,
    needs,
    criteria,
    matches,
    shortlists,
    introductions,
    consortia,
    references,
    searches,
    organisations,
    members,
    territories,
    vocabularies,
    moderation,
    activity,
    people,
    keeping_routes,
    statistics,
)


def create_api(engine: Engine | None = None, matcher: "Matcher | None" = None) -> FastAPI:
    """The API, whose paths start with /v1: served under /api, whoever serves it.

    `engine` is that of the settings unless given; `matcher` is loaded in the background unless
    given.
    """
    app = FastAPI(
        title="Passerelle",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": "/api"}],
        dependencies=[Depends(_fresh_words)],
    )
    app.state.engine = engine or create_engine(get_settings().url)
    app.state.owns_engine = engine is None
    app.state.matcher = MatcherLoader(app.state.engine, matcher)
    problems.install(app)
    app.add_middleware(BodyLimit, limit=problems.BODY_LIMIT)
    for module in ROUTERS:
        app.include_router(module.router)
    app.include_router(docs.router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    return app


def _fresh_words(request: Request) -> None:
    """Each request sees what operators last changed in the closed lists."""
    refresh(request.app.state.engine)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the matcher while the service already answers; close the database at the end.

    Letters are sent meanwhile, where a mail server is set.
    """
    app.state.matcher.start()
    with in_background(app.state.engine, get_settings(), app.state.matcher):
        yield
    if app.state.owns_engine:
        app.state.engine.dispose()


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the schema of the errors that all routes share."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            servers=app.servers,
        )
        template = "#/components/schemas/{model}"
        problem = problems.ProblemOut.model_json_schema(ref_template=template)
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        schema["paths"]["/health"] = health.description()
        parts |= problem.pop("$defs", {}) | {"ProblemOut": problem}
        app.openapi_schema = schema
    return app.openapi_schema
