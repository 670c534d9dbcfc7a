"""`passerelle remind`: reminders, questions and ends that are due.

The service does it by itself where it sends letters; elsewhere, run it once a day.
"""

from typing import Annotated

import typer

from backend.commands.common import OUT, environment, open_database, print_json


def remind(
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Write the letters that are due about introductions, and end those that stand still.

    Running it again writes nothing twice; the letters leave with the others.
    """
    from backend.introductions.reminders import settle
    from backend.models.base import now

    with environment():
        letters, expired = settle(open_database(), now())
    if as_json:
        print_json({"letters": letters, "expired": expired})
        return
    OUT.print(f"{letters} letters written, {expired} introductions ended after 60 days.")
