"""Signing in through a provider of OpenID Connect: what is said to it, and what it answers."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from backend.settings import Settings

TIMEOUT_SECONDS = 10.0
# Signatures that only the provider can make; with HS256 the client's secret could make them too.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY_SECONDS = 60


class ProviderError(Exception):
    """The provider's answer cannot be trusted, or there is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent along with the question, and must come back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who the provider says has signed in; `email` "" unless it has checked it."""

    issuer: str
    subject: str
    email: str
    name: str


def new_question() -> Asked:
    """Three secrets of 43 to 64 characters."""
    return Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))


def question(settings: Settings, asked: Asked) -> str:
    """The address at the provider where people prove who they are."""
    about = _discover(settings.oidc_issuer)
    with _client(settings, about) as client:
        url, _ = client.create_authorization_url(
            about["authorization_endpoint"],
            state=asked.state,
            nonce=asked.nonce,
            code_verifier=asked.verifier,
        )
    return str(url)


def answer(settings: Settings, asked: Asked, query: Mapping[str, str]) -> Told:
    """Who has signed in, from what the provider added to the address of our page.

    Raises ProviderError.
    """
    if not secrets.compare_digest(query.get("state", "").encode(), asked.state.encode()):
        raise ProviderError("the state is not the one that was sent")
    if query.get("iss", settings.oidc_issuer) != settings.oidc_issuer:
        raise ProviderError("another provider answers")
    if "code" not in query:
        raise ProviderError(f"no code: {query.get('error', 'no reason given')[:100]}")
    about = _discover(settings.oidc_issuer)
    try:
        return _exchange(settings, about, asked, query["code"])
    except (AuthlibBaseError, JoseError, httpx.HTTPError, ValueError, KeyError) as error:
        raise ProviderError(str(error)[:300]) from error


def redirect_uri(settings: Settings) -> str:
    """Our page that the provider sends people back to; to be registered there."""
    return f"{settings.public_url.rstrip('/')}/account/provider/callback"


def _client(settings: Settings, about: Mapping[str, Any]) -> OAuth2Client:
    # What a provider that lists none understands is basic (OpenID Connect Discovery, 3).
    known = about.get("token_endpoint_auth_methods_supported", ())
    way = "client_secret_post" if "client_secret_post" in known else "client_secret_basic"
    return OAuth2Client(
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        scope=settings.oidc_scopes,
        redirect_uri=redirect_uri(settings),
        code_challenge_method="S256",
        token_endpoint_auth_method=way,
        timeout=TIMEOUT_SECONDS,
    )


def _exchange(settings: Settings, about: Mapping[str, Any], asked: Asked, code: str) -> Told:
    with _client(settings, about) as client:
        token = client.fetch_token(about["token_endpoint"], code=code, code_verifier=asked.verifier)
        keys = KeySet.import_key_set(_read(httpx.get(about["jwks_uri"], timeout=TIMEOUT_SECONDS)))
        identity = _identity(settings, token["id_token"], keys, asked.nonce)
        said = _userinfo(settings, client.get(about["userinfo_endpoint"]), keys)
    if said.get("sub") != identity["sub"]:
        raise ProviderError("the token and the user information are about two people")
    known = {**identity, **said}
    verified = known.get("email_verified") in (True, "true")
    return Told(
        issuer=settings.oidc_issuer,
        subject=str(identity["sub"]),
        email=str(known.get("email") or "").strip().lower() if verified else "",
        name=_name(known),
    )


def _identity(settings: Settings, token: str, keys: KeySet, nonce: str) -> Mapping[str, Any]:
    """The claims of the ID token: from this provider, for us, in answer to our question."""
    claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
    JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(claims)
    if claims.get("azp", settings.oidc_client_id) != settings.oidc_client_id:
        raise ProviderError("the token was made for another client")
    return claims


def _userinfo(settings: Settings, response: httpx.Response, keys: KeySet) -> Mapping[str, Any]:
    """What the provider tells of the person: JSON, or a signed token as ProConnect sends."""
    response.raise_for_status()
    if not response.headers.get("content-type", "").startswith("application/jwt"):
        said: Mapping[str, Any] = _read(response)
        return said
    claims = jwt.decode(response.text, keys, algorithms=ALGORITHMS).claims
    JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": settings.oidc_client_id},
    ).validate(claims)
    return claims


def _name(known: Mapping[str, Any]) -> str:
    """`name`, or given and family name; ProConnect calls the latter usual_name."""
    family = known.get("family_name") or known.get("usual_name")
    parts = (str(part) for part in (known.get("given_name"), family) if part)
    name = str(known.get("name") or " ".join(parts))
    return " ".join(name.split())[:200]


@lru_cache(maxsize=4)
def _discover(issuer: str) -> Mapping[str, Any]:
    """Where the provider answers; read once a process. Raises ProviderError."""
    url = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    try:
        about: Mapping[str, Any] = _read(httpx.get(url, timeout=TIMEOUT_SECONDS))
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderError(f"the provider does not describe itself: {error}") from error
    if about.get("issuer") != issuer:
        raise ProviderError(f"the provider calls itself {about.get('issuer')!r}, not {issuer!r}")
    return about


def _read(response: httpx.Response) -> Any:
    """The JSON object of an answer. Raises ProviderError, httpx.HTTPError, ValueError."""
    response.raise_for_status()
    content = response.json()
    if not isinstance(content, dict):
        raise ProviderError("the provider does not answer with a JSON object")
    return content
