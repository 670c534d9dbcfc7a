"""TREC run files: `qid Q0 docid rank score tag`, a line a result."""

import math
from collections.abc import Mapping
from pathlib import Path

from matching.evaluation.judged import JudgedSetError
from matching.evaluation.measures import Run

_SUFFIX = ".run"


def write_run(run: Run, tag: str, file: Path) -> None:
    """Write a run file."""
    lines = (
        f"{query} Q0 {document} {place} {score:.6f} {tag}\n"
        for query, found in run.items()
        for place, (document, score) in enumerate(found, start=1)
    )
    file.write_text("".join(lines), encoding="utf-8")


def write_runs(runs: Mapping[str, Run], tag: str, place: Path) -> None:
    """One set's run as the file `place`, several as `<set>.run` in the folder `place`."""
    if len(runs) == 1:
        write_run(next(iter(runs.values())), tag, place)
        return
    place.mkdir(parents=True, exist_ok=True)
    for name, run in runs.items():
        write_run(run, tag, place / f"{name}{_SUFFIX}")


def read_run(file: Path) -> Run:
    """Read a run file, each query's documents best first. Raises JudgedSetError.

    Order is that of the scores, as trec_eval has it, then of the file; the rank column is not read.
    """
    found: dict[str, list[tuple[str, float]]] = {}
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    query, document, score = _result(file, number, line)
                    found.setdefault(query, []).append((document, score))
    except (OSError, UnicodeDecodeError) as error:
        raise JudgedSetError(f"{file} cannot be read: {error}") from error
    return {q: sorted(results, key=lambda result: -result[1]) for q, results in found.items()}


def _result(file: Path, number: int, line: str) -> tuple[str, str, float]:
    try:
        query, _, document, _, score, _ = line.split()
        value = float(score)
    except ValueError:
        value = math.nan
    if math.isnan(value):
        raise JudgedSetError(f"{file}, line {number}: expected qid Q0 docid rank score tag.")
    return query, document, value


def run_of(place: Path, name: str) -> Run:
    """The run of the set `name`: the file `place`, or `<name>.run` in the folder `place`."""
    return read_run(place / f"{name}{_SUFFIX}" if place.is_dir() else place)
