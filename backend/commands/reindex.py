"""`passerelle reindex`: encodes what waits, in batches that are kept."""

import time
from typing import Annotated

import typer

from backend.commands.common import (
    OUT,
    environment,
    load_matcher,
    open_database,
    print_json,
    progress_bar,
)


def reindex(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Encode the records that wait for it. Stopped at any moment, it can be run again."""
    with environment():
        from backend.database import reading
        from backend.imports.encode import count_pending, encode_pending

        engine = open_database()
        matcher = load_matcher()
        with reading(engine) as session:
            waiting = count_pending(session, matcher.model)
        started = time.perf_counter()
        with progress_bar() as bar:
            task = bar.add_task("Encoding", total=waiting, detail=f"{waiting:,} records")
            done = encode_pending(engine, matcher, lambda count: bar.advance(task, count))
        seconds = time.perf_counter() - started
        engine.dispose()
    rate = done / seconds if done else 0.0
    if as_json:
        print_json(
            {
                "model": matcher.model,
                "encoded": done,
                "seconds": round(seconds, 2),
                "records_per_second": round(rate, 1),
            }
        )
    else:
        OUT.print(f"{done:,} records encoded in {seconds:.1f} s ({rate:.1f}/s).", highlight=False)
