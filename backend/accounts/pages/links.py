"""Links that letters carry.

Opening one changes nothing: programs that look for harm in mail open every link. The page has a
button that uses it.
"""

from fastapi import APIRouter
from starlette.responses import Response

from backend.accounts import own, signing_in, signing_up
from backend.accounts.onetime import Purpose, find
from backend.accounts.pages.forms import Form
from backend.accounts.pages.paths import after_sign_in
from backend.accounts.pages.visit import SentDep, SignInFirst, Visit, VisitDep, let_in
from backend.models import OneTimeLink, Person
from backend.organisations.members import find_same

router = APIRouter(prefix="/account/links")

GONE = 410


@router.get("/{purpose}/{secret}")
def show(found: VisitDep, purpose: Purpose, secret: str) -> Response:
    """What the link does, and the button that does it."""
    link = find(found.session, purpose, secret)
    if link is None or (purpose == "email" and not _is_own(found, link)):
        return _over(found, purpose)
    return _page(found, link, Form(found.lang))


@router.post("/{purpose}/{secret}")
def use(found: VisitDep, purpose: Purpose, secret: str, fields: SentDep) -> Response:
    """Do what the link is for; it works once."""
    if purpose == "reset":
        return _reset(found, secret, Form(found.lang, fields))
    if purpose == "email":
        return _new_email(found, secret)
    if purpose == "enter":
        person = signing_in.enter(found.session, secret)
        return _over(found, purpose) if person is None else _in(found, person, "")
    person = signing_up.confirm(found.session, secret)
    return _over(found, purpose) if person is None else _in(found, person, "confirmed")


def _new_email(found: Visit, secret: str) -> Response:
    link = find(found.session, "email", secret)
    own_link = link is not None and _is_own(found, link)
    if not own_link or own.confirm_new_email(found.session, secret) is None:
        return _over(found, "email")
    return found.go("/account/security", done="email")


def _is_own(found: Visit, link: OneTimeLink) -> bool:
    """Whether the link is that of whoever is signed in: an address that was mistyped must not let
    its owner in. Raises SignInFirst."""
    if found.person is None:
        raise SignInFirst
    return found.person.id == link.person_id


def _reset(found: Visit, secret: str, form: Form) -> Response:
    link = find(found.session, "reset", secret)
    if link is None:
        return _over(found, "reset")
    owner = found.session.get_one(Person, link.person_id)
    password = form.new_password("password", owner.name, owner.email, owner.email.split("@")[0])
    if not form.ok:
        return _page(found, link, form, 422)
    person = signing_in.reset(found.session, secret, password)
    return _over(found, "reset") if person is None else _in(found, person, "password")


def _in(found: Visit, person: Person, done: str) -> Response:
    """Whoever reads letters to the address of an account may enter it."""
    target = f"/account?lang={person.lang}&done={done}" if done else after_sign_in("", person.lang)
    return let_in(found, person, target)


def _page(found: Visit, link: OneTimeLink, form: Form, status: int = 200) -> Response:
    place = link.detail.get("organisation")
    known = find_same(found.session, place["name"], place["siren"]) if place else None
    return found.page(
        "link.html",
        status,
        purpose=link.purpose,
        form=form,
        owner=found.session.get_one(Person, link.person_id),
        detail=link.detail,
        known=known,
        person=None,
    )


def _over(found: Visit, purpose: Purpose) -> Response:
    return found.page(
        "link_over.html", GONE, purpose=purpose, form=Form(found.lang), here="/account/sign-in"
    )
