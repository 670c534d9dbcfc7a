"""`passerelle parity`: does the language one asks in change the list one gets?"""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from backend.commands import tables
from backend.commands.common import print_json, spinner
from backend.commands.judged import refusals, say_set


def parity(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A judged set whose answers are translations."),
    ],
    corpus: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask these records (JSON Lines) instead of the set's."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Ask one corpus each query and its twin in the other language, and compare the lists."""
    with refusals():
        from backend.matches.measuring import measure_parity, variant

        with spinner("Measuring"):
            found = measure_parity(folder, variant(), corpus, say_set)
    if as_json:
        print_json({name: asdict(one) for name, one in found.items()})
    else:
        tables.show(tables.parity(found))
