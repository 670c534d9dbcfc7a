"""`passerelle migrate`: the newest shape of the database, with the territories."""

from typing import Annotated

import typer

from backend.commands.common import OUT, environment, open_database, print_json


def migrate(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Bring the database to the newest shape and load the territories. Repeats are harmless."""
    with environment():
        from backend.migrations import current

        engine = open_database()
        revision = current(engine)
        engine.dispose()
    if as_json:
        print_json({"revision": revision})
    else:
        OUT.print(f"The database is at revision {revision}.")
