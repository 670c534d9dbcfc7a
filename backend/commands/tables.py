"""Tables of measures for a person to read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from backend.commands.common import OUT

if TYPE_CHECKING:
    from backend.matches.measuring import BandReport, Comparison, Evaluation, Parity


_WIDE = 160


def show(table: Table) -> None:
    """Print a table; where nobody watches, as wide as it needs to be."""
    (OUT if OUT.is_terminal else Console(width=_WIDE)).print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(*columns, title=title)
    # A name cut short is no name.
    table.columns[0].overflow = "fold"
    return table


def sets(measured: "Mapping[str, Evaluation]", title: str) -> Table:
    """A row a set, then the means."""
    from backend.matches.measuring import means

    table = _table(
        title, "set", "languages", "nDCG@10", "recall@10", "MRR@10", "queries/s", "queries",
        "documents",
    )  # fmt: skip
    for name, found in measured.items():
        figures = (f"{value:.3f}" for value in (found.ndcg10, found.recall10, found.mrr10))
        speed, sizes = f"{found.queries_per_second:.1f}", (found.queries, found.documents)
        table.add_row(name, found.tongues, *figures, speed, *map(str, sizes))
    if len(measured) > 1:
        table.add_section()
        for name, mean in means(measured.values()).items():
            figures = (f"{value:.3f}" for value in (mean.ndcg10, mean.recall10, mean.mrr10))
            table.add_row(f"mean of {mean.sets}", name, *figures, style="bold")
    return table


def bands(reports: "Mapping[str, BandReport]") -> Table:
    """A row a set: AUC, calibration error, the hard test; share, precision, off-topic a band."""
    names = next(iter(reports.values())).bands
    table = _table(
        "First results: share / precision / off-topic share of each band; removed: the share "
        "called strong once the right answers are out of the corpus",
        "set", "AUC", "ECE", "removed", *names,
    )  # fmt: skip
    for name, found in reports.items():
        cells = [
            f"{_share(one.share)} / {_share(one.precision)} / {_share(one.off_topic)}"
            for one in found.bands.values()
        ]
        figures = _share(found.auc), _share(found.calibration_error), _share(found.bereft)
        table.add_row(name, *figures, *cells)
    return table


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def comparisons(found: "Mapping[str, Comparison]", column: str) -> Table:
    """A row a comparison: the difference with its interval, and how many sets agree."""
    table = _table(
        "nDCG@10, paired bootstrap", column, "difference", "95 % interval", "resamples above 0",
        "sets better / worse",
    )  # fmt: skip
    for name, one in found.items():
        table.add_row(
            name,
            f"{one.difference:+.4f}",
            f"{one.low:+.4f} to {one.high:+.4f}",
            f"{one.above:.3f}",
            f"{one.better} / {one.worse} of {one.sets}",
        )
    return table


def parity(found: "Mapping[str, Parity]") -> Table:
    """A row a set of pairs."""
    table = _table(
        "The same need in two languages", "set", "same first", "overlap@10", "RBO@10", "pairs",
        "documents",
    )  # fmt: skip
    for name, one in found.items():
        figures = (f"{value:.3f}" for value in (one.top1, one.overlap10, one.rbo10))
        table.add_row(name, *figures, str(one.pairs), str(one.documents))
    return table
