"""What the verbs share: exit codes, consoles, failures in one sentence, the database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.matches.matcher import Matcher

# What is asked for goes to the standard output, everything else beside it.
OUT = Console()
ASIDE = Console(stderr=True)


class Exit(IntEnum):
    """What the exit code of the command means."""

    OK = 0
    UNMET = 1
    USAGE = 2
    ENVIRONMENT = 3
    INTERRUPTED = 130


class Language(StrEnum):
    """The languages of the reasons."""

    FR = "fr"
    EN = "en"


class Kind(StrEnum):
    """The kinds of records, in the plural as in the API's addresses."""

    SOLUTIONS = "solutions"
    NEEDS = "needs"


def fail(sentence: str, code: Exit) -> NoReturn:
    """Say one sentence and leave."""
    ASIDE.print(f"[bold red]{escape(sentence)}[/]", soft_wrap=True, highlight=False)
    raise typer.Exit(code)


def print_json(content: Any) -> None:
    """The only thing on the standard output with --json."""
    OUT.file.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def spinner(words: str) -> Iterator[None]:
    """Shows that something is going on; nothing where nobody watches."""
    if not ASIDE.is_terminal:
        yield
        return
    with ASIDE.status(escape(words)):
        yield


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar with an estimate of the time left, erased at the end."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[detail]}"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=ASIDE,
        transient=True,
        disable=not ASIDE.is_terminal,
    ) as bar:
        yield bar


@contextmanager
def environment() -> Iterator[None]:
    """Turns what the machine refuses (disk, database, settings) into one sentence, exit 3.

    Ctrl-C leaves with 130: whatever was committed stays.
    """
    from pydantic import ValidationError
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except KeyboardInterrupt:
        fail("Interrupted. What was saved is kept: run the command again to go on.", Exit(130))
    except DBAPIError as error:
        fail(_database_sentence(str(error.orig).strip()), Exit.ENVIRONMENT)
    except ValidationError as error:
        first = error.errors()[0]
        name = "PASSERELLE_" + "_".join(map(str, first["loc"])).upper()
        fail(f"The setting {name} is not valid: {first['msg']}.", Exit.ENVIRONMENT)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        fail(f"The system refuses: {error.strerror or error}{where}.", Exit.ENVIRONMENT)


def open_database() -> "Engine":
    """The database of the settings, in its newest shape, with the territories."""
    from backend.database import create_engine, writing
    from backend.migrations import is_current, upgrade
    from backend.settings import get_settings
    from backend.territories.load import load_territories
    from backend.vocabularies.service import read_changes

    settings = get_settings()
    if not settings.database_url:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = create_engine(_url())
    with spinner("Preparing the database"):
        if not is_current(engine):
            upgrade(engine)
        with writing(engine) as session:
            load_territories(session)
            read_changes(session)
    return engine


def existing_database() -> "Engine | None":
    """The database as it is, or None when there is none or it is of an older shape."""
    from sqlalchemy import make_url

    from backend.database import create_engine
    from backend.migrations import is_current

    url = make_url(_url())
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None
    engine = create_engine(_url())
    return engine if is_current(engine) else None


def _url() -> str:
    from backend.settings import get_settings

    try:
        return get_settings().url
    except ValueError as error:
        fail(f"{error}.", Exit.ENVIRONMENT)


def load_matcher() -> "Matcher":
    """The matcher of the settings; leaves with 3 when its encoder cannot be loaded."""
    with spinner("Loading the encoder"):
        from backend.matches.matcher import ModelError, WeightsError
        from backend.matches.provider import get_matcher

        try:
            return get_matcher()
        except (ModelError, WeightsError) as error:
            fail(str(error), Exit.ENVIRONMENT)


def _database_sentence(why: str) -> str:
    from backend.settings import get_settings

    place = get_settings().database_url.rpartition("@")[2] or get_settings().data_dir
    if "full" in why:
        return f"The disk is full: free some space where the database is ({place})."
    return f"The database ({place}) cannot be used: {why.splitlines()[0]}."
