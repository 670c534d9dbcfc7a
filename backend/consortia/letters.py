"""What people are told of joint answers."""

from backend.i18n import words
from backend.introductions.letters import KIND, link
from backend.mail.letters import Letter
from backend.models import Person


def invitation(person: Person, who: str, need: str, solution: str) -> Letter:
    """Somebody invites one's solution to answer a need together."""
    _ = words(person.lang).gettext
    body = _("{who} invites your solution “{solution}” to answer this need together: “{need}”.")
    said = body.format(who=who, solution=solution, need=need)
    address = link("introductions?show=consortia", person)
    return Letter(KIND, _("An invitation to answer a need together"), f"{said}\n\n{address}\n")
