"""`passerelle exposure`: how evenly records have been shown."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from backend.commands.common import OUT, Kind, environment, open_database, print_json

if TYPE_CHECKING:
    from backend.matches.schemas import ExposureOut


def exposure(
    kind: Annotated[Kind, typer.Option(help="Which records.")] = Kind.SOLUTIONS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Say how many published records no list has shown, and how evenly the others were."""
    with environment():
        from backend.database import reading
        from backend.matches.exposure import report

        engine = open_database()
        with reading(engine) as session:
            found = report(session, "solution" if kind is Kind.SOLUTIONS else "need")
        engine.dispose()
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        OUT.print(_table(found))


def _table(found: "ExposureOut") -> Table:
    table = Table(title=f"Lists that have shown {found.kind}", show_header=False)
    table.add_row("Published", str(found.published))
    table.add_row("Never shown in a list", str(found.never_shown))
    table.add_row("Lists", str(found.lists))
    table.add_row("Gini (0: evenly, 1: one takes all)", _number(found.gini))
    table.add_row("Share of the most shown tenth", _number(found.top_decile_share))
    return table


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
