"""Writes a shortlist as a file that can be defended: reasons, criteria, date, and how it came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.folding import fold
from backend.i18n import words
from backend.matches.wording import Language
from backend.models.base import now
from backend.needs.schemas import NeedOut
from backend.needs.service import get_need
from backend.shortlists.choice import chosen_columns
from backend.shortlists.columns import COLUMNS, Row, Table, Words, cells
from backend.shortlists.csv_file import write_csv
from backend.shortlists.dates import local, told_day
from backend.shortlists.pdf_file import write_pdf
from backend.shortlists.queries import entries, results_of, show_entries
from backend.shortlists.schemas import EntryOut
from backend.shortlists.telling import tell
from backend.shortlists.xlsx_file import write_xlsx

Format = Literal["csv", "xlsx", "pdf"]
TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


class File(NamedTuple):
    """A file to send."""

    name: str
    media_type: str
    content: bytes


def export(
    session: Session,
    need_id: str,
    viewer: Viewer,
    form: Format,
    language: Language,
    columns: Sequence[str],
) -> File:
    """The shortlist with those columns, or with the ones the viewer last chose.

    Raises Problem 404, or 503 where the machine cannot write PDF.
    """
    _ = words(language).gettext
    need = get_need(session, need_id, viewer)
    listed = entries(session, need_id)
    shown = show_entries(session, listed, viewer)
    results = results_of(session, listed)
    rows = [
        Row(
            entry.model_copy(update={"added_at": local(entry.added_at)}),
            tell(results.get(entry.solution_id), language),
            language,
        )
        for entry in shown
    ]
    names = list(columns) or chosen_columns(session, viewer)
    table = _table(need, shown, rows, names, language)
    content = {
        "csv": lambda: write_csv(table),
        "xlsx": lambda: write_xlsx(table, _("Shortlist"), _("About")),
        "pdf": lambda: write_pdf(table),
    }[form]()
    return File(f"{file_stem(_('Shortlist'), need.title)}.{form}", TYPES[form], content)


def _table(
    need: NeedOut,
    shown: Sequence[EntryOut],
    rows: Sequence[Row],
    names: Sequence[str],
    language: Language,
) -> Table:
    _ = words(language).gettext
    mention = mention_of(shown, _)
    return Table(
        title=_("Shortlist: {need}").format(need=need.title),
        need=need,
        language=language,
        names=[entry.title for entry in shown],
        heads=[COLUMNS[name].title(_) for name in names],
        wide=[COLUMNS[name].wide for name in names],
        rows=cells(names, rows),
        about=about(need, shown, now(), mention, language),
        mention=mention,
    )


def about(
    need: NeedOut, shown: Sequence[EntryOut], at: datetime, mention: str, language: Language
) -> list[tuple[str, str]]:
    """What must stand beside the list wherever it goes."""
    _ = words(language).gettext
    lists = sorted({entry.snapshot_id for entry in shown if entry.snapshot_id})
    pairs = [
        (_("Need"), need.title),
        (_("Authority"), need.organisation.name if need.organisation else ""),
        (_("Exported on"), told_day(at, language)),
        (_("Lists it was taken from"), "\n".join(lists)),
        (_("How it was made"), mention),
    ]
    return [(name, text) for name, text in pairs if text]


def mention_of(shown: Sequence[EntryOut], _: Words) -> str:
    """Whether an algorithm took part (CRPA, articles L311-3-1 and R311-3-1-1)."""
    if not any(entry.snapshot_id for entry in shown):
        return _("These solutions were not taken from a ranked list: no algorithm took part.")
    return _(
        "An algorithm took part: it ordered the solutions and gave the reasons quoted here; people "
        "chose and decided. On request, the authority says to what degree and how it took part, "
        "which data it used and where they come from, its parameters and their weights, and what "
        "it computed (French code of relations between the public and the administration, articles "
        "L311-3-1 and R311-3-1-1). Each list is kept under the number given here."
    )


def file_stem(word: str, title: str) -> str:
    """A name of letters, digits and hyphens that every system takes."""
    plain = "".join(char if char.isalnum() and char.isascii() else "-" for char in fold(title))
    return "-".join(filter(None, [fold(word), *plain.split("-")]))[:80].rstrip("-")
