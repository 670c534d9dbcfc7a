"""`passerelle create-operator`: somebody who runs the site."""

from typing import TYPE_CHECKING, Annotated

import typer

from backend.commands.common import ASIDE, OUT, Exit, Language, environment, fail, open_database

if TYPE_CHECKING:
    from sqlalchemy import Engine


def create_operator(
    email: Annotated[str, typer.Option(help="Their e-mail address.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    lang: Annotated[Language, typer.Option(help="Language of their letters.")] = Language.FR,
) -> None:
    """Make somebody an operator and print the link, once, by which they choose a password."""
    from pydantic import TypeAdapter, ValidationError

    from backend.fields import Email, Name

    try:
        address = TypeAdapter[str](Email).validate_python(email).lower()
        shown = TypeAdapter[str](Name).validate_python(name)
    except ValidationError:
        fail("Give an e-mail address and a name of 200 characters at most.", Exit.USAGE)
    with environment():
        engine = open_database()
        url = _create(engine, address, shown, lang.value)
        engine.dispose()
    ASIDE.print("Operator. This link works once, for one hour; it is not shown again:")
    OUT.print(url, soft_wrap=True, highlight=False, markup=False)


def _create(engine: "Engine", email: str, name: str, lang: str) -> str:
    """The link by which the operator of that address chooses a password."""
    from backend.accounts.onetime import issue
    from backend.accounts.signing_in import find_reader
    from backend.activity.service import record
    from backend.database import writing
    from backend.models import Person
    from backend.models.base import now

    with writing(engine) as session:
        person = find_reader(session, email)
        if person is None:
            person = Person(email=email, name=name, lang=lang)
            session.add(person)
        person.operator, person.disabled_at = True, None
        person.email_confirmed_at = person.email_confirmed_at or now()
        session.flush()
        record(session, "system", "make_operator", "person", person.id)
        return issue(session, person, "reset")
