"""Which columns a person last chose for their exports."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from backend.accounts.viewer import Viewer
from backend.database import begin_write
from backend.models import ColumnChoice
from backend.shortlists.columns import COLUMNS, DEFAULT

EXPORT = "shortlist"


def chosen_columns(session: Session, viewer: Viewer) -> list[str]:
    """The columns in their order; those of everybody before a first choice."""
    kept = session.get(ColumnChoice, (viewer.person_id, EXPORT))
    # A column that is no longer offered is left out.
    known = [name for name in kept.columns if name in COLUMNS] if kept else []
    return known or list(DEFAULT)


def choose_columns(session: Session, columns: Sequence[str], viewer: Viewer) -> list[str]:
    """Remember a choice; none goes back to the columns of everybody."""
    begin_write(session)
    kept = session.get(ColumnChoice, (viewer.person_id, EXPORT))
    if kept is None:
        kept = ColumnChoice(person_id=viewer.person_id, export=EXPORT, columns=[])
        session.add(kept)
    kept.columns = list(columns)
    session.flush()
    return chosen_columns(session, viewer)
