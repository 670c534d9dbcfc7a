"""`passerelle evaluate`: how good the ranking is on judged sets."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.commands import tables
from backend.commands.common import print_json, spinner
from backend.commands.judged import Ranker, refusals, say_set

if TYPE_CHECKING:
    from backend.matches.measuring import Measured, Suite, Variant


def evaluate(  # noqa: PLR0913, PLR0917 - each option is a parameter
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", help="Holds corpus.jsonl, queries.jsonl, qrels.tsv; or folders that do."
        ),
    ],
    ranker: Annotated[Ranker, typer.Option(help="Which ranking.")] = Ranker.HYBRID,
    without: Annotated[
        list[str] | None, typer.Option(metavar="SIGNAL", help="Switch a signal off; repeatable.")
    ] = None,
    no_history: Annotated[
        bool, typer.Option("--no-history", help="No earlier need is known to any query.")
    ] = False,
    leave_source_out: Annotated[
        bool,
        typer.Option(
            "--leave-source-out", help="Learn for each set from the sets of other sources only."
        ),
    ] = False,
    ablations: Annotated[
        bool, typer.Option("--ablations", help="Each signal switched off in turn.")
    ] = False,
    bands: Annotated[
        bool, typer.Option("--bands", help="Whether the bands keep their word.")
    ] = False,
    other: Annotated[
        Ranker | None, typer.Option("--compare", help="Paired bootstrap against a ranking.")
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(help="Write a TREC run file; for several sets, a folder of them."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Measure nDCG@10, recall@10, MRR@10 and speed on one judged set, or on each in a folder."""
    with refusals():
        from backend.matches.measuring import folder_suite, variant, write_runs

        off = [*(without or ()), *(["history"] if no_history else [])]
        ranking = variant(ranker.value, off)
        with spinner("Encoding the sets"):
            suite = folder_suite(folder, leave_source_out, say_set)
        with spinner("Measuring"):
            measured = suite.measure(ranking)
            more = _more(suite, ranking, measured, ablations, bands, other)
        if run is not None:
            write_runs(measured.runs, f"passerelle-{ranker.value}", run)
    how = {"ranker": ranker.value, "without": sorted(off), "leave_source_out": leave_source_out}
    if as_json:
        print_json(_as_json(suite, measured, how, more))
    else:
        _show(measured, _title(ranker, off, leave_source_out), more)


def _more(
    suite: "Suite",
    ranking: "Variant",
    measured: "Measured",
    ablations: bool,
    bands: bool,
    other: Ranker | None,
) -> dict[str, Any]:
    """What was asked for beside the measures, by its name."""
    from backend.matches.measuring import report, variant

    found: dict[str, Any] = {}
    if ablations:
        found["ablations"] = suite.ablate(ranking, measured)
    if bands:
        tops = suite.bands(ranking)
        found["bands"] = {name: report([one]) for name, one in tops.items()}
        if len(tops) > 1:
            found["bands"]["all sets"] = report(list(tops.values()))
    if other is not None:
        against = suite.measure(variant(other.value, ranking.off))
        found["comparison"] = {other.value: suite.compare(measured.runs, against.runs)}
    return found


def _as_json(
    suite: "Suite", measured: "Measured", how: dict[str, Any], more: dict[str, Any]
) -> dict[str, Any]:
    from backend.matches.measuring import means, source_names

    beside = {name: {key: asdict(one) for key, one in held.items()} for name, held in more.items()}
    sets = {name: asdict(found) for name, found in measured.evaluations.items()}
    if len(sets) == 1:
        return {**next(iter(sets.values())), **how, **beside}
    averages = {name: asdict(mean) for name, mean in means(measured.evaluations.values()).items()}
    return {"sets": sets, "means": averages, "sources": source_names(suite), **how, **beside}


def _title(ranker: Ranker, off: list[str], leave_source_out: bool) -> str:
    title = f"{ranker.value} ranking"
    if off:
        title += f" without {', '.join(sorted(off))}"
    return f"{title}, learned from other sources" if leave_source_out else title


def _show(measured: "Measured", title: str, more: dict[str, Any]) -> None:
    tables.show(tables.sets(measured.evaluations, title))
    if "bands" in more:
        tables.show(tables.bands(more["bands"]))
    if "ablations" in more:
        tables.show(tables.comparisons(more["ablations"], "without"))
    if "comparison" in more:
        tables.show(tables.comparisons(more["comparison"], "above"))
