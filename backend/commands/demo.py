"""`passerelle demo`: fictional records, and what the product makes of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, TaskID

from backend.commands.common import (
    ASIDE,
    OUT,
    Exit,
    Language,
    environment,
    fail,
    load_matcher,
    open_database,
    print_json,
    progress_bar,
)
from backend.commands.kept import kept_list
from backend.commands.show import show_matches

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.imports.run import Summary
    from backend.imports.targets import RecordKind
    from backend.matches.matcher import Matcher
    from backend.matches.schemas import MatchList

SOURCE = "demo"
SHOWN_NEED = "demo-n-01"
SAMPLES: "dict[RecordKind, str]" = {"solution": "solutions.jsonl", "need": "needs.jsonl"}


def demo(
    lang: Annotated[Language, typer.Option(help="Language of the reasons.")] = Language.FR,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Load the fictional records, then show the five best pairings of one need.

    A second run changes nothing, and never what was edited here.
    """
    with environment():
        engine = open_database()
        written = _load(engine)
        _add_people(engine)
        found = _best(engine, lang)
        engine.dispose()
    if as_json:
        matches = found.model_dump(mode="json") if found else None
        print_json({"written": written, "matches": matches})
        return
    word = "loaded" if written else "already there"
    ASIDE.print(f"The demo records (fictional) are {word}: {sum(written.values())} written.")
    if found and found.subject:
        show_matches(found, found.subject.title, lang)
    else:
        OUT.print("The need that the demo shows was removed: `passerelle search` still works.")


def _add_people(engine: "Engine") -> None:
    """The fictional people, who can be entered when the service says it is a demonstration."""
    from backend.accounts.demo import add_people
    from backend.database import writing

    with writing(engine) as session:
        add_people(session)


def _load(engine: "Engine") -> "dict[str, int]":
    """Import what is new or changed in the samples; the number written by kind."""
    from backend.settings import PROJECT_ROOT

    folder = PROJECT_ROOT / "data" / "samples"
    waiting = {kind: _import(engine, kind, folder / name, None) for kind, name in SAMPLES.items()}
    if not any(summary.created + summary.updated for summary in waiting.values()):
        return {}
    matcher = load_matcher()
    with progress_bar() as bar:
        return {
            kind: _written(_import(engine, kind, folder / name, matcher, bar))
            for kind, name in SAMPLES.items()
        }


def _import(
    engine: "Engine",
    kind: "RecordKind",
    file: Path,
    matcher: "Matcher | None",
    bar: Progress | None = None,
) -> "Summary":
    """Import a file of samples; without a matcher, only look at what there is to do."""
    from backend.imports.report import Report
    from backend.imports.run import Options, run_import

    options = Options(kind, SOURCE, dry_run=matcher is None, keep_edited=True, matcher=matcher)
    task = bar.add_task(f"Demo {kind}s", total=None, detail="") if bar else TaskID(0)

    def show(position: int, size: int, summary: "Summary") -> None:
        if bar:
            bar.update(task, completed=position, total=size, detail=f"{summary.read} records")

    with Report(None) as report:
        summary = run_import(engine, file, options, report, show)
    if summary.refused or report.warnings:
        note = report.examples[0]
        fail(f"{file.name}, row {note.row}, {note.field}: {note.why}", Exit.UNMET)
    return summary


def _written(summary: "Summary") -> int:
    return summary.created + summary.updated


def _best(engine: "Engine", lang: Language) -> "MatchList | None":
    from sqlalchemy import select

    from backend.database import make_session
    from backend.matches.schemas import MatchQuery
    from backend.matches.service import match_need
    from backend.models import Need

    wanted = select(Need.id).where(Need.source == SOURCE, Need.external_id == SHOWN_NEED)
    with make_session(engine) as session:
        need_id = session.scalar(wanted)
        if need_id is None:
            return None
        if kept := kept_list(session, need_id, 5, lang):
            return kept
        query = MatchQuery(limit=5, lang=lang.value)
        found = match_need(session, load_matcher(), need_id, query)
        session.commit()
        return found
