"""How one signs in: address, password, sessions, keys."""

from fastapi import APIRouter
from starlette.responses import Response

from backend.accounts import own, service
from backend.accounts.pages.forms import Form
from backend.accounts.pages.visit import OwnVisitDep, SentDep, Visit
from backend.accounts.schemas import TokenIn, TokenMade
from backend.accounts.secrets import hash_secret
from backend.i18n import words
from backend.models import Person

router = APIRouter(prefix="/account")

DAYS = ("30", "90", "365")


@router.get("/security")
def show(found: OwnVisitDep, done: str = "") -> Response:
    """All that opens the account."""
    return _page(found, done=done)


@router.post("/email")
def change_email(found: OwnVisitDep, fields: SentDep) -> Response:
    """Send a link to the new address; the account keeps the former one until it is used."""
    form = Form(found.lang, fields)
    email = form.email()
    if form.ok:
        _check_password(found, form, "email_current")
    if not form.ok:
        return _page(found, 422, email=form)
    own.ask_new_email(found.engine, found.session, found.viewer.actor, email)
    return found.go("/account/sent", what="email")


@router.post("/password")
def change_password(found: OwnVisitDep, fields: SentDep) -> Response:
    """Choose a password; other browsers are signed out."""
    form = Form(found.lang, fields)
    person = _person(found)
    password = form.new_password("password", person.name, person.email, person.email.split("@")[0])
    if form.ok:
        _check_password(found, form, "current")
    if not form.ok:
        return _page(found, 422, password=form)
    here = hash_secret(found.secret or "")
    own.change_password(found.session, person.id, password, here)
    return found.go("/account/security", done="password")


@router.post("/sessions/{session_id}/end")
def end_session(found: OwnVisitDep, session_id: str) -> Response:
    """Sign out of another browser."""
    service.end_own_session(found.session, session_id, found.viewer)
    return found.go("/account/security", done="session")


@router.post("/keys")
def make_key(found: OwnVisitDep, fields: SentDep) -> Response:
    """Make a key; this page alone shows it."""
    _ = words(found.lang).gettext
    form = Form(found.lang, fields)
    name = form.name("name")[:100]
    days = form.choice("days", DAYS, _("Choose until when the key works."))
    if form.ok and any(
        key.name == name for key in service.list_tokens(found.session, found.viewer)
    ):
        # So that a form sent twice makes one key.
        form.refuse("name", _("You have a key of this name: end it first, or choose another name."))
    if not form.ok:
        return _page(found, 422, key=form)
    wanted = TokenIn(
        name=name, scopes=["read", "write"] if form.raw("write") else ["read"], days=int(days)
    )
    made = service.make_token(found.session, wanted, found.viewer)
    return _page(found, made=made)


@router.post("/keys/{token_id}/end")
def end_key(found: OwnVisitDep, token_id: str) -> Response:
    """End a key."""
    service.revoke_token(found.session, token_id, found.viewer)
    return found.go("/account/security", done="key")


def _person(found: Visit) -> Person:
    return found.session.get_one(Person, found.viewer.actor)


def _check_password(found: Visit, form: Form, field: str) -> None:
    _ = words(found.lang).gettext
    if not own.knows_password(found.engine, _person(found), form.raw(field)):
        form.refuse(field, _("This is not your present password."))


def _page(
    found: Visit,
    status: int = 200,
    *,
    email: Form | None = None,
    password: Form | None = None,
    key: Form | None = None,
    made: TokenMade | None = None,
    done: str = "",
) -> Response:
    return found.page(
        "security.html",
        status,
        here="/account/security",
        email=email or Form(found.lang),
        password=password or Form(found.lang),
        key=key or Form(found.lang, {"days": "90"}),
        made=made,
        has_password=_person(found).password_hash is not None,
        sessions=service.list_sessions(found.session, found.viewer, found.secret),
        keys=service.list_tokens(found.session, found.viewer),
        done=done,
    )
