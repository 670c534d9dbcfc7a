"""The command `passerelle`."""

import typer

from backend.commands.alert import alert
from backend.commands.compare import compare
from backend.commands.create_operator import create_operator
from backend.commands.demo import demo
from backend.commands.evaluate import evaluate
from backend.commands.exposure import exposure
from backend.commands.import_ import import_file
from backend.commands.match import match
from backend.commands.migrate import migrate
from backend.commands.parity import parity
from backend.commands.reindex import reindex
from backend.commands.remind import remind
from backend.commands.search import search
from backend.commands.send_mail import send_mail
from backend.commands.serve import serve
from backend.commands.tune import tune

app = typer.Typer(
    name="passerelle",
    help="Matches needs with solutions: serve the site, import files, search, measure.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, verb in (
    ("serve", serve),
    ("demo", demo),
    ("import", import_file),
    ("match", match),
    ("search", search),
    ("reindex", reindex),
    ("remind", remind),
    ("exposure", exposure),
    ("evaluate", evaluate),
    ("compare", compare),
    ("parity", parity),
    ("tune", tune),
    ("migrate", migrate),
    ("alert", alert),
    ("send-mail", send_mail),
    ("create-operator", create_operator),
):
    app.command(name)(verb)


def main() -> None:
    """Entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
