"""One's own account: name, language, organisations."""

from fastapi import APIRouter
from starlette.responses import Response

from backend.accounts import own, service
from backend.accounts.pages.forms import Form
from backend.accounts.pages.sign_up import kinds, read_organisation
from backend.accounts.pages.visit import OwnVisitDep, SentDep, Visit
from backend.database import begin_write
from backend.i18n import words
from backend.models import Person
from backend.organisations import members

router = APIRouter(prefix="/account")


@router.get("")
def show(found: OwnVisitDep, done: str = "") -> Response:
    """Who one is on this site, and for whom one acts."""
    return _page(found, done=done)


@router.post("/profile")
def change(found: OwnVisitDep, fields: SentDep) -> Response:
    """Change one's name and language."""
    _ = words(found.lang).gettext
    form = Form(found.lang, fields)
    name = form.name("name")
    lang = form.choice("lang", ("fr", "en"), _("Choose a language."))
    if not form.ok:
        return _page(found, 422, profile=form)
    own.change_profile(found.session, found.viewer.actor, name=name, lang=lang)
    return found.go("/account", done="profile")


@router.post("/organisations")
def join(found: OwnVisitDep, fields: SentDep) -> Response:
    """Ask to join an organisation, or register one that nobody has."""
    form = Form(found.lang, fields)
    role, place = read_organisation(form, found.lang)
    if role is None or place is None:
        return _page(found, 422, join=form)
    begin_write(found.session)
    person = found.session.get_one(Person, found.viewer.actor)
    made = members.join_or_register(found.session, person, place, role)
    return found.go("/account", done="asked" if made.status == "requested" else "joined")


@router.post("/organisations/{organisation_id}/leave")
def leave(found: OwnVisitDep, organisation_id: str) -> Response:
    """End one's own part in an organisation."""
    members.leave(found.session, organisation_id, found.viewer)
    return found.go("/account", done="left")


def _page(
    found: Visit,
    status: int = 200,
    *,
    profile: Form | None = None,
    join: Form | None = None,
    done: str = "",
) -> Response:
    me = service.show_me(found.session, found.viewer)
    person = me.person
    current = {"name": person.name, "lang": person.lang} if person else {}
    return found.page(
        "account.html",
        status,
        here="/account",
        profile=profile or Form(found.lang, current),
        join=join or Form(found.lang),
        belongings=me.belongings,
        kinds=kinds(found.lang),
        done=done,
    )
