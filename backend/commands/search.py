"""`passerelle search`: records that answer a text."""

from typing import Annotated

import typer

from backend.commands.common import (
    Exit,
    Kind,
    Language,
    environment,
    fail,
    load_matcher,
    open_database,
    print_json,
)
from backend.commands.show import show_matches


def search(
    text: Annotated[str, typer.Argument(help="What is needed, or offered, in plain words.")],
    kind: Annotated[Kind, typer.Option(help="What to look for.")] = Kind.SOLUTIONS,
    limit: Annotated[int, typer.Option(help="How many candidates.", min=1, max=100)] = 10,
    lang: Annotated[Language, typer.Option(help="Language of the reasons.")] = Language.FR,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Search in plain words, in French or English. Nothing of it is kept."""
    with environment():
        from pydantic import ValidationError

        from backend.database import reading
        from backend.matches import service
        from backend.matches.schemas import SearchIn

        try:
            query = SearchIn(text=text, kind=kind.value, limit=limit)
        except ValidationError:
            fail("The text must hold 1 to 20,000 characters, none of them control.", Exit.USAGE)
        engine = open_database()
        with reading(engine) as session:
            found = service.search(session, load_matcher(), query, lang.value)
        engine.dispose()
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        show_matches(found, text if len(text) < 80 else f"{text[:79]}…", lang)
