"""What people are told of introductions, each in their own language."""

from dataclasses import dataclass
from typing import Final, Literal

from backend.i18n import words
from backend.mail.letters import Letter
from backend.models import Person
from backend.settings import get_settings
from backend.vocabularies.service import label

KIND: Final = "introduction"


@dataclass(frozen=True, slots=True)
class Told:
    """What the letters of one introduction to one side name.

    `other` is the organisation on the other side, None where it is not told.
    """

    introduction_id: str
    need: str
    solution: str
    other: str | None


def asked(person: Person, told: Told) -> Letter:
    """An authority asks for an introduction."""
    _ = words(person.lang).gettext
    body = _(
        "{other} would like to be put in touch with you about “{solution}”, for this need: "
        "“{need}”.\n\nSay whether you are interested. Your contact is shown only if you agree, "
        "and only once both sides have agreed."
    )
    return _letter(person, told, KIND, _("An authority asks for an introduction"), body)


def offered(person: Person, told: Told) -> Letter:
    """A project leader is interested in a need."""
    _ = words(person.lang).gettext
    body = _(
        "{other} is interested in your need “{need}” and offers “{solution}”.\n\nYour contact is "
        "shown only if you agree, and only once both sides have agreed."
    )
    return _letter(person, told, KIND, _("A project leader is interested in your need"), body)


def moved(person: Person, told: Told, status: str) -> Letter:
    """The other side gave the introduction another status."""
    _ = words(person.lang).gettext
    subject = _("Your introduction: {status}").format(
        status=label("introduction_statuses", status, person.lang).lower()
    )
    body = _(
        "{other} has changed where this introduction stands.\n\nNeed: “{need}”\n"
        "Solution: “{solution}”"
    )
    return _letter(person, told, KIND, subject, body)


def in_touch(person: Person, told: Told) -> Letter:
    """Both sides have consented."""
    _ = words(person.lang).gettext
    body = _(
        "Both sides have agreed: each can now read the other's contact.\n\nNeed: “{need}”\n"
        "Solution: “{solution}”"
    )
    return _letter(person, told, KIND, _("You are put in touch"), body)


def consented(person: Person, told: Told) -> Letter:
    """The other side has consented and waits."""
    _ = words(person.lang).gettext
    body = _(
        "{other} agrees to show its contact to you, once you agree as well.\n\nNeed: “{need}”\n"
        "Solution: “{solution}”"
    )
    return _letter(person, told, KIND, _("Your agreement is waited for"), body)


def message(person: Person, told: Told) -> Letter:
    """There is something to read. The text itself stays on the site."""
    _ = words(person.lang).gettext
    body = _("{other} has written to you about the need “{need}” and “{solution}”.")
    return _letter(person, told, KIND, _("A message is waiting for you"), body)


def said_outcome(person: Person, told: Told) -> Letter:
    """The other side said what came of it."""
    _ = words(person.lang).gettext
    body = _(
        "{other} has said what came of your introduction. Say whether you see it the same way.\n\n"
        "Need: “{need}”\nSolution: “{solution}”"
    )
    return _letter(person, told, KIND, _("What came of it is to be confirmed"), body)


def reminder(person: Person, told: Told, number: Literal[1, 2]) -> Letter:
    """An answer is waited for; the second says that it is the last."""
    _ = words(person.lang).gettext
    body = _("{other} waits for your answer about the need “{need}” and “{solution}”.")
    if number == 2:
        body += "\n\n" + _("This is the last reminder about this introduction.")
    return _letter(person, told, "reminder", _("An answer is waited for"), body)


def ask_outcome(person: Person, told: Told) -> Letter:
    """What came of an introduction."""
    _ = words(person.lang).gettext
    body = _(
        "Some weeks ago you were put in touch about the need “{need}” and “{solution}”. What came "
        "of it? A meeting, a pilot, a deal, or nothing: it takes one minute, and is asked once."
    )
    return _letter(person, told, "reminder", _("What came of your introduction?"), body)


def link(path: str, person: Person) -> str:
    """The address of a page in the language of a person; `path` holds its query already."""
    return f"{get_settings().public_url.rstrip('/')}/{path}&lang={person.lang}"


def _letter(person: Person, told: Told, kind: str, subject: str, body: str) -> Letter:
    _ = words(person.lang).gettext
    other = told.other or _("A local authority that is not named yet")
    said = body.format(other=other, need=told.need, solution=told.solution)
    address = link(f"introduction?id={told.introduction_id}", person)
    return Letter(kind, subject, f"{said}\n\n{address}\n")
