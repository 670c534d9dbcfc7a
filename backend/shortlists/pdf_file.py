"""A shortlist as a document to print or to hand on: tagged, with a title and a language."""

from datetime import datetime
from functools import cache
from typing import Any, NoReturn

from jinja2 import Environment, PackageLoader

from backend.i18n import words
from backend.matches.wording import Language
from backend.problems import Problem
from backend.shortlists.columns import Table, Value
from backend.shortlists.dates import told_day


def write_pdf(table: Table) -> bytes:
    """PDF/UA-1. Raises Problem 503 where the machine lacks what draws it."""
    html = _templates().get_template("shortlist.html")
    page = html.render(
        table=table, _=words(table.language).gettext, told=lambda v: _told(v, table.language)
    )
    # Imported here: it takes a second, and the system's libraries may be missing.
    try:
        from weasyprint import HTML
    except OSError as error:
        raise Problem(503, "unavailable", "no-pdf") from error
    document: Any = HTML(string=page, url_fetcher=_refuse)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return written


def _told(value: Value, language: Language) -> str:
    return told_day(value, language) if isinstance(value, datetime) else str(value)


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    """Nothing is fetched for a document: it holds all it shows."""
    raise ValueError(f"a document asked for {url!r}")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("backend.shortlists", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
