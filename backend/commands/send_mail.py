"""`passerelle send-mail`: sends the letters that are due."""

import time
from collections import Counter
from typing import Annotated

import typer

from backend.commands.common import ASIDE, OUT, Exit, environment, fail, open_database, print_json

TOLD = {
    "sent": "sent",
    "refused": "refused for good",
    "failed": "to be tried again",
    "unreachable": "kept, as the mail server could not be used",
}


def send_mail(
    watch: Annotated[bool, typer.Option("--watch", help="Go on until Ctrl-C.")] = False,
    every: Annotated[int, typer.Option(help="Seconds between two rounds.", min=1)] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Send the letters that are due: once, or again and again with --watch.

    Several can run at once, and beside the served pages: no letter is sent twice.
    """
    with environment():
        from backend.settings import get_settings

        settings = get_settings()
        if not settings.smtp_host:
            fail(
                "No mail server is set: name one with PASSERELLE_SMTP_HOST. "
                "Until then letters wait in the outbox.",
                Exit.ENVIRONMENT,
            )
        engine = open_database()
        if watch:
            ASIDE.print(f"Sending what is due every {every} s. Ctrl-C stops it.")
        from backend.mail.rounds import gather_and_send

        while True:
            done = gather_and_send(engine, settings)
            _tell(done, as_json=as_json)
            if not watch:
                break
            time.sleep(every)
        engine.dispose()
    if done["unreachable"]:
        raise typer.Exit(Exit.ENVIRONMENT)


def _tell(done: Counter[str], *, as_json: bool) -> None:
    if as_json:
        print_json({state: done[state] for state in TOLD})
        return
    parts = [f"{done[state]} {words}" for state, words in TOLD.items() if done[state]]
    OUT.print(f"Letters: {', '.join(parts) or 'none is due'}.", highlight=False)
