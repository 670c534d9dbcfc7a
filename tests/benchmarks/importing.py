"""Rows a second of `passerelle import`, encoding deferred."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.texts import needs, varied

_ROWS = 10_000


def measure(folder: Path) -> dict[str, Any]:
    """Import 10,000 needs from a CSV file into an empty place, then the same file again."""
    folder.mkdir(parents=True)
    file = folder / "needs.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["external_id", "title", "description", "lang"])
        writer.writeheader()
        writer.writerows(varied(needs(), _ROWS))
    first, again = _run(folder, file), _run(folder, file)
    return {
        "rows": _ROWS,
        "rows_per_second": round(_ROWS / first["seconds"]),
        "unchanged_rows_per_second": round(_ROWS / again["seconds"]),
    }


def _run(folder: Path, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "backend.cli", "import", "needs", str(file)]
    done = subprocess.run(
        [*command, "--defer-encoding", "--json"],
        env={**os.environ, "PASSERELLE_DATA_DIR": str(folder)},
        check=True,
        stdout=subprocess.PIPE,
    )
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary
