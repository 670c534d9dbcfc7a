"""Opening an account."""

from typing import cast

from fastapi import APIRouter, Query
from starlette.responses import Response

from backend.accounts.pages.forms import Form
from backend.accounts.pages.visit import SentDep, Visit, VisitDep
from backend.accounts.signing_up import SignUp, sign_up
from backend.accounts.throttle import admit
from backend.accounts.viewer import ROLES, Role
from backend.i18n import words
from backend.organisations.schemas import OrganisationIn
from backend.vocabularies.service import entries

router = APIRouter(prefix="/account")


@router.get("/sign-up")
def show(found: VisitDep, role: str = Query("")) -> Response:
    """What an account needs: a name, an address, perhaps an organisation."""
    return _page(found, Form(found.lang, {"lang": found.lang, "role": role}))


@router.post("/sign-up")
def ask(found: VisitDep, fields: SentDep) -> Response:
    """Send the letter that confirms the address."""
    form = Form(found.lang, fields)
    asked = _read(form, found.lang)
    if not form.ok:
        return _page(found, form, 422)
    admit(found.engine, f"letters:{asked.email}")
    sign_up(found.session, asked)
    return found.go("/account/sent", what="confirm")


def _read(form: Form, lang: str) -> SignUp:
    _ = words(lang).gettext
    name, email = form.name("name"), form.email()
    spoken = form.choice("lang", ("fr", "en"), _("Choose a language."))
    password = None
    if form.raw("password"):
        password = form.new_password("password", name, email, email.partition("@")[0])
    role, place = None, None
    if form.raw("role") or form.raw("organisation").strip():
        role, place = read_organisation(form, lang)
    return SignUp(name, email, spoken, password, role, place)


def read_organisation(form: Form, lang: str) -> tuple[Role | None, OrganisationIn | None]:
    """The organisation that a form describes, and the part asked for in it."""
    _ = words(lang).gettext
    role = form.choice("role", ROLES, _("Choose what you do there."))
    kind = form.choice("kind", entries("organisation_kinds"), _("Choose a kind of organisation."))
    name, siren = form.name("organisation"), form.siren()
    if not form.ok:
        return None, None
    return cast("Role", role), OrganisationIn(name=name, kind=kind, siren=siren)


def kinds(lang: str) -> list[tuple[str, str]]:
    """The kinds of organisations to choose from."""
    return [(code, entry[lang]) for code, entry in entries("organisation_kinds").items()]


def _page(found: Visit, form: Form, status: int = 200) -> Response:
    return found.page("sign_up.html", status, form=form, kinds=kinds(found.lang), person=None)
