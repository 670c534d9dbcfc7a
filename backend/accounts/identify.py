"""Who sends a request, from its header or its cookie."""

from typing import Annotated

from fastapi import Depends, Request

from backend.accounts.sessions import is_stale, note_use, recognise
from backend.accounts.viewer import ANONYMOUS, Viewer
from backend.database import writing
from backend.dependencies import SessionDep
from backend.problems import Problem

COOKIE = "__Host-passerelle"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def identify(request: Request, session: SessionDep) -> Viewer:
    """The person behind the request, or nobody.

    The pages and programs send `Authorization: Bearer ...`. A browser's cookie counts for
    reading only: another site can make a browser send it, but then nothing is changed by it.

    Raises Problem 401 for a session or key that has ended, 403 for a key that may only read.
    """
    secret = bearer(request)
    given = secret or (request.cookies.get(COOKIE) if request.method in SAFE else None)
    if not given:
        return ANONYMOUS
    viewer, found = recognise(session, given)
    if found is None:
        if secret:
            raise Problem(401, "unauthenticated", "session-ended", headers=CHALLENGE)
        return ANONYMOUS
    if request.method not in SAFE and not viewer.writes:
        raise Problem(403, "forbidden", "reads-only")
    if is_stale(found):
        with writing(request.app.state.engine) as noting:
            note_use(noting, found)
    return viewer


CHALLENGE = {"WWW-Authenticate": 'Bearer realm="passerelle"'}
ViewerDep = Annotated[Viewer, Depends(identify, scope="function")]


def bearer(request: Request) -> str | None:
    """The secret in the Authorization header, if it is of the kind Bearer."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() or None if scheme.lower() == "bearer" else None
