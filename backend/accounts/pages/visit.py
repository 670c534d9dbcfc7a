"""Who opens a page, and the cookie that tells."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from backend.accounts.identify import COOKIE, SAFE
from backend.accounts.pages.devices import device
from backend.accounts.pages.drawing import draw, language_of
from backend.accounts.pages.paths import address
from backend.accounts.sessions import (
    KEY_PREFIX,
    LIFETIME,
    end_session,
    is_stale,
    note_use,
    open_session,
    recognise,
)
from backend.accounts.viewer import ANONYMOUS, Viewer
from backend.database import begin_write, writing
from backend.dependencies import SessionDep
from backend.messages import Language
from backend.models import Person

SEE_OTHER = 303


class SignInFirst(Exception):  # noqa: N818 - not an error: the answer is the page to sign in
    """The page is somebody's own."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page: who asks, in which language, with which session."""

    request: Request
    session: Session
    lang: Language
    viewer: Viewer
    person: Person | None
    secret: str | None

    @property
    def engine(self) -> Engine:
        """The database, for what is kept whatever becomes of the request."""
        engine: Engine = self.request.app.state.engine
        return engine

    @property
    def machine(self) -> str:
        """The address that the request comes from; that of the proxy's client behind one."""
        return self.request.client.host if self.request.client else ""

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """A page for this reader."""
        return draw(self.request, template, status, **{"person": self.person, **values})

    def go(self, path: str, **query: str) -> Response:
        """On to another page of ours, so that reloading it sends nothing again."""
        return RedirectResponse(address(path, self.lang, **query), SEE_OTHER)


def visit(request: Request, session: SessionDep) -> Visit:
    """Who sends the request, by their cookie: it counts for forms too, whose origin is checked."""
    secret = request.cookies.get(COOKIE)
    viewer, found = ANONYMOUS, None
    # A key is for programs; some may only read.
    if secret and not secret.startswith(KEY_PREFIX):
        viewer, found = recognise(session, secret)
    if found is not None and is_stale(found):
        with writing(request.app.state.engine) as noting:
            note_use(noting, found)
    person = session.get(Person, viewer.person_id) if viewer.person_id else None
    kept = secret if person is not None else None
    return Visit(request, session, language_of(request), viewer, person, kept)


def own_visit(found: Annotated[Visit, Depends(visit, scope="function")]) -> Visit:
    """The same for somebody who is signed in. Raises SignInFirst."""
    if found.person is None:
        raise SignInFirst
    return found


VisitDep = Annotated[Visit, Depends(visit, scope="function")]
OwnVisitDep = Annotated[Visit, Depends(own_visit, scope="function")]


async def sent(request: Request) -> dict[str, str]:
    """The fields of the form that was sent, the last one of a name; files are refused."""
    async with request.form(max_files=0, max_fields=50) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


SentDep = Annotated[dict[str, str], Depends(sent)]


def to_sign_in(request: Request, _error: SignInFirst) -> Response:
    """Sign in, then come back."""
    back = request.url.path if request.method in SAFE else "/account"
    lang = language_of(request)
    target = address("/account/sign-in", lang, next=address(back, lang))
    return RedirectResponse(target, SEE_OTHER)


def let_in(found: Visit, person: Person, target: str) -> Response:
    """Sign `person` in and go to `target`, a path of ours.

    The secret is new at each sign-in, and the one before ends: a secret that somebody planted
    in the browser is worth nothing.
    """
    begin_write(found.session)
    if old := found.request.cookies.get(COOKIE):
        end_session(found.session, old)
    agent = found.request.headers.get("user-agent", "")
    secret = open_session(found.session, person, device(agent))
    answer = RedirectResponse(target, SEE_OTHER)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(LIFETIME.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
    return answer


def let_out(found: Visit) -> Response:
    """End the session on the server, and forget it in the browser."""
    if old := found.request.cookies.get(COOKIE):
        begin_write(found.session)
        end_session(found.session, old)
    answer = found.go("/account/sign-in", done="signed-out")
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return answer
