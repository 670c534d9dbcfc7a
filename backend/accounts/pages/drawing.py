"""Draws a page from its template, in the reader's language."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from backend import messages
from backend.accounts.pages.paths import address
from backend.i18n import words
from backend.messages import Language
from backend.settings import get_settings

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
NAMES: Mapping[Language, str] = {"fr": "Français", "en": "English"}


def language_of(request: Request) -> Language:
    """The language in the address, as everywhere on the site; French unless it says otherwise."""
    return "en" if request.query_params.get("lang") == "en" else "fr"


def draw(
    request: Request, template: str, status: int = 200, /, here: str = "", **values: Any
) -> Response:
    """The page of a template. `here` is the path at which it can be read again.

    Never kept by browsers: what it shows ends with the session.
    """
    lang = language_of(request)
    # A path that a form is sent to cannot be opened by a link.
    path = here or request.url.path
    wanted = request.query_params.get("next", "")
    own: dict[str, Any] = {
        "_": words(lang).gettext,
        "lang": lang,
        "person": None,
        "form": None,
        "next": "",
        "demo": get_settings().demo,
        "path": path,
        "link": lambda target, **query: address(target, lang, **query),
        "switch": [(code, name, address(path, code, next=wanted)) for code, name in NAMES.items()],
        "date": lambda instant: format_date(instant, "long", locale=lang),
        "moment": lambda instant: format_datetime(instant, "medium", locale=lang),
    }
    html = TEMPLATES.get_template(template).render(own | values)
    headers = {"Cache-Control": "no-store", "Content-Language": lang}
    return HTMLResponse(re.sub(r"\n\s*\n+", "\n", html), status, headers)


def refusal(
    request: Request,
    status: int,
    slug: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The page that says in one sentence why something was refused."""
    title = messages.title(slug, language_of(request))
    answer = draw(request, "refused.html", status, here="/account", title=title, detail=detail)
    answer.headers.update(headers or {})
    return answer
