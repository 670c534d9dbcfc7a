"""Signing in and out."""

from fastapi import APIRouter, Query
from starlette.responses import Response

from backend.accounts import signing_in
from backend.accounts.demo import PEOPLE, find_character
from backend.accounts.pages.forms import Form
from backend.accounts.pages.paths import after_sign_in, own_path
from backend.accounts.pages.visit import SentDep, Visit, VisitDep, let_in, let_out
from backend.i18n import words
from backend.problems import Problem
from backend.settings import get_settings

router = APIRouter(prefix="/account")


@router.get("/sign-in")
def show(found: VisitDep, wanted: str = Query("", alias="next"), done: str = "") -> Response:
    """The ways to sign in."""
    if found.person is not None and done != "signed-out":
        return found.go("/account")
    return _page(found, Form(found.lang), own_path(wanted), done=done)


@router.post("/sign-in")
def sign_in(found: VisitDep, fields: SentDep) -> Response:
    """By address and password."""
    _ = words(found.lang).gettext
    form, wanted = Form(found.lang, fields), own_path(fields.get("next", ""))
    email = form.email()
    if not form.raw("password"):
        form.refuse("password", _("Enter your password, or ask for a link below."))
    if not form.ok:
        return _page(found, form, wanted, 422)
    person = signing_in.by_password(
        found.engine, found.session, email, form.raw("password"), found.machine
    )
    if person is None:
        form.refuse("email", _("The address or the password is wrong."))
        return _page(found, form, wanted, 422)
    return let_in(found, person, after_sign_in(wanted, person.lang))


@router.post("/sign-in/link")
def send_link(found: VisitDep, fields: SentDep) -> Response:
    """By a letter, whether the address has an account or not."""
    form = Form(found.lang, {"link_email": fields.get("link_email", "")})
    email = form.email("link_email")
    if not form.ok:
        return _page(found, form, own_path(fields.get("next", "")), 422)
    signing_in.send_entry(found.engine, found.session, email)
    return found.go("/account/sent", what="enter")


@router.post("/demo")
def enter_demo(found: VisitDep, fields: SentDep) -> Response:
    """As somebody fictional; only where all is."""
    person = find_character(found.session, fields.get("who", "")) if get_settings().demo else None
    if person is None or person.disabled_at is not None:
        raise Problem(404, "not-found", "no-account-page")
    return let_in(found, person, after_sign_in(fields.get("next", ""), found.lang))


@router.post("/sign-out")
def sign_out(found: VisitDep) -> Response:
    """Here; other browsers stay signed in."""
    return let_out(found)


@router.get("/forgotten")
def show_forgotten(found: VisitDep) -> Response:
    """Where a new password is asked for."""
    return found.page("forgotten.html", form=Form(found.lang))


@router.post("/forgotten")
def send_reset(found: VisitDep, fields: SentDep) -> Response:
    """By a letter, whether the address has an account or not."""
    form = Form(found.lang, fields)
    email = form.email()
    if not form.ok:
        return found.page("forgotten.html", 422, form=form)
    signing_in.send_reset(found.engine, found.session, email)
    return found.go("/account/sent", what="reset")


@router.get("/sent")
def show_sent(found: VisitDep, what: str = "") -> Response:
    """What to do now that a letter is under way."""
    known = what if what in {"confirm", "enter", "reset", "email"} else "confirm"
    settings = get_settings()
    unsent = settings.demo and not settings.smtp_host
    return found.page("sent.html", what=known, unsent=unsent)


def _page(found: Visit, form: Form, wanted: str, status: int = 200, *, done: str = "") -> Response:
    settings = get_settings()
    people = PEOPLE if settings.demo and find_character(found.session, "operator") else {}
    return found.page(
        "sign_in.html",
        status,
        here="/account/sign-in",
        form=form,
        next=wanted,
        done=done,
        people=people,
        provider=settings.oidc_name or settings.oidc_issuer if settings.oidc_issuer else "",
        person=None,
    )
