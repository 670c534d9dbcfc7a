"""`passerelle evaluate`: how good the ranking is on judged sets."""

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from backend.commands.common import OUT, Exit, environment, fail, print_json, spinner

if TYPE_CHECKING:
    from backend.matches.measuring import Evaluation


class Ranker(StrEnum):
    """The rankings that can be measured."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Holds corpus.jsonl, queries.jsonl, qrels.tsv; or folders that do."
        ),
    ],
    ranker: Annotated[Ranker, typer.Option(help="Which ranking.")] = Ranker.HYBRID,
    run: Annotated[Path | None, typer.Option(help="Write a TREC run file (one set).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Measure nDCG@10, recall@10, MRR@10 and speed on one judged set, or on each in a folder."""
    folders = _sets(folder)
    if run is not None and len(folders) > 1:
        fail("--run takes one judged set: name its own folder.", Exit.USAGE)
    measured = {}
    with environment():
        for one in folders:
            with spinner(f"Measuring {one.name}"):
                measured[one.name] = _measure(one, ranker, run)
    if as_json:
        sets = {name: asdict(found) for name, found in measured.items()}
        print_json(sets if len(folders) > 1 or folders[0] != folder else sets[folder.name])
    else:
        _show(measured, ranker)


def _sets(folder: Path) -> list[Path]:
    if (folder / "corpus.jsonl").exists():
        return [folder]
    inside = sorted(path.parent for path in folder.glob("*/corpus.jsonl"))
    if not inside:
        fail(
            f"{folder} holds no judged set: give a folder with corpus.jsonl, queries.jsonl and "
            "qrels.tsv.",
            Exit.USAGE,
        )
    return inside


def _measure(folder: Path, ranker: Ranker, run: Path | None) -> "Evaluation":
    from backend.matches.measuring import (
        JudgedSetError,
        ModelError,
        WeightsError,
        evaluate_folder,
    )

    try:
        return evaluate_folder(folder, ranker.value, run)
    except JudgedSetError as error:
        fail(str(error), Exit.USAGE)
    except (ModelError, WeightsError) as error:
        fail(str(error), Exit.ENVIRONMENT)


def _show(measured: "dict[str, Evaluation]", ranker: Ranker) -> None:
    table = Table(
        "set", "nDCG@10", "recall@10", "MRR@10", "queries/s", "queries", "documents",
        title=f"{ranker.value} ranking",
    )  # fmt: skip
    # A name cut short is no name.
    table.columns[0].overflow = "fold"
    for name, found in measured.items():
        table.add_row(
            name,
            f"{found.ndcg10:.3f}",
            f"{found.recall10:.3f}",
            f"{found.mrr10:.3f}",
            f"{found.queries_per_second:.1f}",
            str(found.queries),
            str(found.documents),
        )
    if len(measured) > 1:
        means = [
            sum(getattr(found, name) for found in measured.values()) / len(measured)
            for name in ("ndcg10", "recall10", "mrr10")
        ]
        table.add_row("mean", *(f"{mean:.3f}" for mean in means), "", "", "", style="bold")
    OUT.print(table)
