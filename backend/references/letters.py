"""What people are told of client references."""

from backend.i18n import words
from backend.introductions.letters import KIND, link
from backend.mail.letters import Letter
from backend.models import Person


def request(person: Person, who: str, solution: str) -> Letter:
    """A project leader asks one's organisation to confirm that it is a client."""
    _ = words(person.lang).gettext
    body = _(
        "{who} names your organisation as a client of “{solution}” and asks you to confirm it."
    )
    said = body.format(who=who, solution=solution)
    address = link("introductions?show=references", person)
    return Letter(KIND, _("A client reference to confirm"), f"{said}\n\n{address}\n")


def answered(person: Person, name: str, solution: str, solution_id: str, confirmed: bool) -> Letter:
    """The client has answered."""
    _ = words(person.lang).gettext
    body = (
        _("{name} confirms that it is a client of “{solution}”.")
        if confirmed
        else _("{name} does not confirm that it is a client of “{solution}”.")
    )
    said = body.format(name=name, solution=solution)
    address = link(f"solution?id={solution_id}", person)
    return Letter(KIND, _("Your client reference was answered"), f"{said}\n\n{address}\n")
