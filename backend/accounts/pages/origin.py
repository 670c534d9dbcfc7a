"""Refuses forms that another site sends in somebody's name."""

from urllib.parse import urlsplit

from starlette.requests import Request

from backend.accounts.identify import SAFE
from backend.problems import Problem


def check_origin(request: Request) -> None:
    """Raise Problem 403 for a form that does not come from a page of ours.

    Every browser in use sends Sec-Fetch-Site, or at least Origin, with a form, and no page can
    forge either. Together with SameSite=Lax, by which another site's form comes without our
    cookie, no secret in each form is needed: that secret would protect nothing these do not, and
    would make a form that was left open overnight fail. The form of signing in is held to this
    too: otherwise somebody could be signed in to an account that is not theirs.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        own = site in {"same-origin", "none"}
    else:
        origin = request.headers.get("origin", "")
        own = urlsplit(origin).netloc == request.headers.get("host", "") != ""
    if not own:
        raise Problem(403, "forbidden", "other-site")
