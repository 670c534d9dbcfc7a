"""Runs the real command in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.backend.imports.files import write

# Whoever runs the tests in the background may have made its children deaf to Ctrl-C.
HEARING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
COMMAND = (sys.executable, "-c", HEARING + "from backend.cli import main; main()")


def environment_of(data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of a command whose records are kept in `data_dir`."""
    kept = {name: value for name, value in os.environ.items() if "PASSERELLE" not in name}
    return {**kept, "PASSERELLE_DATA_DIR": str(data_dir), "COLUMNS": "200", **more}


def run(data_dir: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `passerelle words...` to its end."""
    return subprocess.run(
        [*COMMAND, *words],
        env=environment_of(data_dir, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def run_json(data_dir: Path, *words: str) -> Any:
    """What `passerelle words... --json` prints; nothing else may be on its output."""
    return json.loads(run(data_dir, *words, "--json").stdout)


def many_needs(path: Path, count: int) -> Path:
    """A CSV of that many needs, each with one theme."""
    rows = "".join(f"n{number};Besoin {number};mobility\n" for number in range(count))
    return write(path, f"id;titre;theme\n{rows}")
