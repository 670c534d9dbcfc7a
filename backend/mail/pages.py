"""The page that stops letters without signing in, reached from the letters themselves.

Opening it changes nothing: programs that look at links beforehand stop nobody's letters. What a
mail program posts by itself (RFC 8058) comes from no page of ours, unlike the forms of accounts.
"""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend import messages
from backend.accounts.pages.drawing import draw, language_of, refusal
from backend.database import reading, writing
from backend.i18n import words
from backend.mail.letters import Kind
from backend.mail.unsubscribe import PATH, look_up, stop


def unsubscribe_routes(engine: Engine) -> list[BaseRoute]:
    """Where the page is; before the routes of accounts, which hold forms to their origin."""
    path = f"{PATH}/{{secret}}"
    return [
        Route(path, partial(show, engine), methods=["GET"]),
        Route(path, partial(confirm, engine), methods=["POST"]),
    ]


def show(engine: Engine, request: Request) -> Response:
    """What the link would stop, and the button that does."""
    with reading(engine) as session:
        found = look_up(session, request.path_params["secret"])
    if found is None:
        return _unknown(request)
    return _page(request, found.kinds, stopped=found.stopped)


def confirm(engine: Engine, request: Request) -> Response:
    """Stop them. A repeat is harmless."""
    with writing(engine) as session:
        found = stop(session, request.path_params["secret"])
    if found is None:
        return _unknown(request)
    return _page(request, found.kinds, stopped=True)


def _page(request: Request, kinds: Sequence[Kind], *, stopped: bool) -> Response:
    names = kind_names(language_of(request))
    told = [names[kind] for kind in kinds]
    return draw(request, "unsubscribe.html", kinds=told, stopped=stopped)


def _unknown(request: Request) -> Response:
    lang = language_of(request)
    detail = messages.detail("no-unsubscribe-link", lang, {})
    return refusal(request, 404, "not-found", detail)


def kind_names(lang: str) -> dict[Kind, str]:
    """What the letters of each kind are about."""
    _ = words(lang).gettext
    return {
        "introduction": _("Introductions: answers, messages and next steps"),
        "moderation": _("Publication of your records: what was decided, and why"),
        "match": _("New matches for your records"),
        "search": _("News of the searches you saved"),
        "reminder": _("Reminders of what waits for you"),
    }
