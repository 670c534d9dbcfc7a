"""`passerelle tune`: learn what the ranking needs to know of an encoder from judged sets."""

from pathlib import Path
from typing import Annotated

import typer

from backend.commands.common import ASIDE, OUT, print_json
from backend.commands.judged import refusals


def tune(
    folder: Annotated[
        Path, typer.Option("--from", metavar="DIR", help="Judged sets to learn from.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Learn mean vectors and calibration for the encoder in use, and keep them with the code."""
    with refusals():
        from backend.matches.measuring import tune_folder

        file = tune_folder(folder, lambda name: ASIDE.print(f"Encoding {name}"))
    if as_json:
        print_json({"file": str(file)})
    else:
        OUT.print(f"Kept in {file}", soft_wrap=True)
