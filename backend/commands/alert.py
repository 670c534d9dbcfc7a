"""`passerelle alert`: writes the letters about new matches."""

from dataclasses import asdict
from typing import Annotated

import typer

from backend.commands.common import OUT, environment, load_matcher, open_database, print_json


def alert(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Tell people of new matches for their records, and of news of their saved searches.

    Looks at what was published or changed since the last time; letters are then sent by
    `passerelle send-mail`. Stopped at any moment, it can be run again.
    """
    with environment():
        from backend.alerts.searches import tell_searches
        from backend.alerts.telling import Run, tell_new_matches

        engine = open_database()
        matcher = load_matcher()
        done = Run(0, 0, more=True)
        while done.more:
            run = tell_new_matches(engine, matcher)
            done = Run(done.records + run.records, done.letters + run.letters, run.more)
        searches = tell_searches(engine, matcher)
        engine.dispose()
    if as_json:
        told = asdict(done)
        print_json({name: told[name] for name in ("records", "letters")} | {"searches": searches})
    else:
        OUT.print(
            f"{done.records:,} changed records: {done.letters:,} letters. "
            f"Saved searches: {searches:,} letters.",
            highlight=False,
        )
