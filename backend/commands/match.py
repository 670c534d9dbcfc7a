"""`passerelle match`: the solutions that answer a need."""

from typing import TYPE_CHECKING, Annotated

import typer

from backend.commands.common import (
    Exit,
    Language,
    environment,
    fail,
    load_matcher,
    open_database,
    print_json,
)
from backend.commands.show import show_matches

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def match(
    need_id: Annotated[str, typer.Argument(help="Id of the need, or SOURCE:EXTERNAL_ID.")],
    limit: Annotated[int, typer.Option(help="How many candidates.", min=1, max=100)] = 10,
    lang: Annotated[Language, typer.Option(help="Language of the reasons.")] = Language.FR,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """List the solutions that answer a need, with the reasons. The list is kept as a snapshot."""
    with environment():
        from backend.database import make_session
        from backend.matches.schemas import MatchQuery
        from backend.matches.service import match_need
        from backend.problems import Problem

        engine = open_database()
        with make_session(engine) as session:
            record_id = _find(session, need_id)
            matcher = load_matcher()
            try:
                query = MatchQuery(limit=limit, lang=lang.value)
                found = match_need(session, matcher, record_id, query)
            except Problem:
                fail(f"There is no need {need_id!r}: check its id.", Exit.UNMET)
            session.commit()
        engine.dispose()
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        show_matches(found, found.subject.title if found.subject else need_id, lang)


def _find(session: "Session", given: str) -> str:
    """The id of `SOURCE:EXTERNAL_ID`; anything else is taken for an id."""
    from sqlalchemy import select

    from backend.models import Need

    source, colon, external_id = given.partition(":")
    if not colon:
        return given
    wanted = select(Need.id).where(Need.source == source, Need.external_id == external_id)
    return session.scalar(wanted) or given
