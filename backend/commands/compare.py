"""`passerelle compare`: whether one ranking is better than another, from their run files."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from backend.commands import tables
from backend.commands.common import print_json
from backend.commands.judged import refusals


def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="A TREC run file, or a folder.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="What it is held against.")],
    judged: Annotated[
        Path, typer.Option(metavar="DIR", help="The judged set, or a folder of them.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Paired bootstrap of nDCG@10 between two run files, or folders of them (<set>.run)."""
    with refusals():
        from backend.matches.measuring import compare_runs

        found = compare_runs(first, second, judged)
    if as_json:
        print_json(asdict(found))
    else:
        names = {f"{first.name} over {second.name}": found}
        tables.show(tables.comparisons(names, "rankings"))
