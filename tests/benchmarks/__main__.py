"""Write one JSON table of all measurements: `python -m tests.benchmarks --out bench.json`."""

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from matching.weights import ensure_default_model
from tests.benchmarks import encoding, importing, latency, memory, stages

SIZES = (1_000, 10_000)
RECORDS = (10_000, 100_000)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("bench.json"))
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--records", type=int, nargs="*", default=RECORDS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as name:
        place = Path(name)
        models = place / "models"
        ensure_default_model(models)
        table: dict[str, object] = {
            "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
            "import": importing.measure(place / "import"),
            "matches": [latency.measure(place / f"n{n}", n, models) for n in asked.sizes],
            "in_process": [stages.measure(place / f"s{n}", n, models) for n in asked.sizes],
            "memory": [memory.measure(n, models) for n in asked.records],
            "encode": encoding.measure(models),
        }
    text = json.dumps(table, indent=2)
    asked.out.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
