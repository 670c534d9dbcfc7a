"""Signing in through a provider of OpenID Connect."""

import json
import logging
from dataclasses import asdict

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backend import messages
from backend.accounts.identities import account_of
from backend.accounts.pages.drawing import language_of, refusal
from backend.accounts.pages.paths import after_sign_in, own_path
from backend.accounts.pages.visit import SEE_OTHER, VisitDep, let_in
from backend.accounts.provider import Asked, ProviderError, answer, new_question, question
from backend.problems import Problem
from backend.settings import Settings, get_settings

router = APIRouter(prefix="/account/provider")
logger = logging.getLogger(__name__)

# What was asked stays in the browser that asked: whoever comes back with another's answer does
# not have it. Its page cannot read it, and with this prefix no other host can set it.
COOKIE = "__Host-passerelle-provider"
MINUTES = 10


@router.get("")
def ask(found: VisitDep, wanted: str = Query("", alias="next")) -> Response:
    """Off to the provider. A link and not a form: browsers hold forms to our own origin."""
    asked = new_question()
    try:
        url = question(_settings(), asked)
    except ProviderError as error:
        return _refused(found.request, error)
    kept = json.dumps({**asdict(asked), "next": own_path(wanted), "lang": found.lang})
    response = RedirectResponse(url, SEE_OTHER)
    response.set_cookie(
        COOKIE,
        kept.encode().hex(),
        max_age=60 * MINUTES,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/callback")
def come_back(found: VisitDep) -> Response:
    """Back from the provider, with its answer."""
    settings = _settings()
    try:
        kept = _kept(found.request)
        asked = Asked(kept["state"], kept["nonce"], kept["verifier"])
        told = answer(settings, asked, found.request.query_params)
    except ProviderError as error:
        return _forget(_refused(found.request, error))
    person = account_of(found.session, told, kept["lang"])
    if person is None:
        return _forget(_refused(found.request, ProviderError("no address that was checked")))
    return _forget(let_in(found, person, after_sign_in(kept["next"], person.lang)))


def _settings() -> Settings:
    settings = get_settings()
    if not settings.oidc_issuer:
        raise Problem(404, "not-found", "no-account-page")
    return settings


def _kept(request: Request) -> dict[str, str]:
    """What the browser kept since it asked. Raises ProviderError."""
    try:
        kept = json.loads(bytes.fromhex(request.cookies.get(COOKIE, "")))
        return {name: str(kept[name]) for name in ("state", "nonce", "verifier", "next", "lang")}
    except (ValueError, KeyError, TypeError) as error:
        raise ProviderError("the browser did not ask, or too long ago") from error


def _refused(request: Request, error: ProviderError) -> Response:
    """One page, whatever was wrong: the log says what."""
    logger.warning("sign-in through the provider failed: %s", error)
    detail = messages.detail("provider", language_of(request), {})
    return refusal(request, 400, "provider", detail)


def _forget(response: Response) -> Response:
    """What was asked counts once."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response
